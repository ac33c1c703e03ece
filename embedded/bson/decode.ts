/** BSON bytes -> values. Written for speed: every read and every scanned document goes through here. */
import { StoreError } from "../errors.ts";
import {
	Binary,
	BSONRegExp,
	Decimal128,
	type Doc,
	double,
	MaxKey,
	MinKey,
	newDoc,
	ObjectId,
	Timestamp,
	type Value,
} from "./values.ts";

/** Nesting a document may have. MongoDB stores 180 levels, commands wrap documents in a few more. */
const MAX_DEPTH = 200;
const SHORT_STRING = 24;

const invalid = (what: string): StoreError => new StoreError("InvalidBSON", `Invalid BSON: ${what}`);

/** What is being read, and how far. Decoding never waits, so nobody else sees them. */
let bytes: Buffer = Buffer.alloc(0);
let at = 0;

/**
 * Decodes the document that starts at `offset`.
 * Throws InvalidBSON when lengths or types don't hold; never reads outside the document.
 */
export function decode(source: Buffer, offset = 0): Doc {
	bytes = source;
	at = offset;
	return readDocument(source.length, 0);
}

/** The name of the first field: the command of an OP_MSG body. Empty for an empty document. */
export function firstFieldName(source: Buffer): string {
	return source.length > 5 ? source.toString("utf8", 5, source.indexOf(0, 5)) : "";
}

/** Enters the document at the current position; returns the position of its closing zero. */
function enter(limit: number, depth: number): number {
	if (depth > MAX_DEPTH) throw new StoreError("Overflow", `BSON is nested deeper than ${MAX_DEPTH} levels`);
	if (at + 5 > limit) throw invalid("document is cut short");
	const length = bytes.readInt32LE(at);
	const end = at + length - 1;
	if (length < 5 || end >= limit) throw invalid(`document of ${length} bytes`);
	if (bytes[end] !== 0) throw invalid("document without an end");
	at += 4;
	return end;
}

function readDocument(limit: number, depth: number): Doc {
	const end = enter(limit, depth);
	const doc = newDoc();
	while (at < end) {
		const type = bytes[at] ?? 0;
		const start = at + 1;
		at = zeroAfter(start, end);
		const name = fieldName(start, at++);
		doc[name] = readValue(type, end, depth);
	}
	at = end + 1;
	return doc;
}

function readArray(limit: number, depth: number): Value[] {
	const end = enter(limit, depth);
	const array: Value[] = [];
	while (at < end) {
		const type = bytes[at] ?? 0;
		at = zeroAfter(at + 1, end) + 1;
		array.push(readValue(type, end, depth));
	}
	at = end + 1;
	return array;
}

function readValue(type: number, end: number, depth: number): Value {
	switch (type) {
		case 0x01:
			return double(bytes.readDoubleLE(pass(8, end)));
		case 0x02:
			return readString(end);
		case 0x03:
			return readDocument(end, depth + 1);
		case 0x04:
			return readArray(end, depth + 1);
		case 0x05:
			return readBinary(end);
		case 0x07:
			return new ObjectId(copy(12, end));
		case 0x08:
			return bytes[pass(1, end)] === 1;
		case 0x09:
			return readDate(end);
		case 0x0a:
			return null;
		case 0x0b:
			return readRegex(end);
		case 0x10:
			return bytes.readInt32LE(pass(4, end));
		case 0x11: {
			const start = pass(8, end);
			return new Timestamp({ i: bytes.readUInt32LE(start), t: bytes.readUInt32LE(start + 4) });
		}
		case 0x12:
			return bytes.readBigInt64LE(pass(8, end));
		case 0x13:
			return new Decimal128(copy(16, end));
		case 0x7f:
			return new MaxKey();
		case 0xff:
			return new MinKey();
		default:
			throw invalid(`type ${type} is not supported by the embedded store`);
	}
}

/** Moves past so many bytes; returns where they start. */
function pass(length: number, end: number): number {
	const start = at;
	at += length;
	if (length < 0 || at > end) throw invalid("value is cut short");
	return start;
}

function copy(length: number, end: number): Buffer {
	const start = pass(length, end);
	return Buffer.from(bytes.subarray(start, at));
}

const readLength = (end: number): number => bytes.readInt32LE(pass(4, end));

/** BSON dates reach further than JavaScript's: those 270,000 years away are refused rather than changed. */
function readDate(end: number): Date {
	const date = new Date(Number(bytes.readBigInt64LE(pass(8, end))));
	if (Number.isNaN(date.getTime())) throw new StoreError("BadValue", "dates beyond the year 275760 are not supported");
	return date;
}

function readRegex(end: number): BSONRegExp {
	const pattern = readCString(end);
	const options = readCString(end);
	if (!/^[ilmsux]*$/.test(options)) throw invalid(`regular expression options "${options}"`);
	return new BSONRegExp(pattern, options);
}

function readCString(end: number): string {
	const start = at;
	at = zeroAfter(start, end);
	return bytes.toString("utf8", start, at++);
}

/** Subtype 2 (old generic) carries its length twice; the inner one is dropped here and written again by encode(). */
function readBinary(end: number): Binary {
	const length = readLength(end);
	const subtype = bytes[pass(1, end)] ?? 0;
	const content = copy(length, end);
	return new Binary(subtype === Binary.SUBTYPE_BYTE_ARRAY ? content.subarray(4) : content, subtype);
}

/** Short ASCII strings are built by hand: a call into the engine's decoder costs more than 24 characters. */
function readString(end: number): string {
	const length = readLength(end);
	const start = pass(length, end);
	const stop = at - 1;
	if (length < 1 || bytes[stop] !== 0) throw invalid(`string of ${length} bytes`);
	if (length > SHORT_STRING) return bytes.toString("utf8", start, stop);
	let text = "";
	for (let i = start; i < stop; i++) {
		const byte = bytes[i] ?? 0;
		if (byte > 0x7f) return bytes.toString("utf8", start, stop);
		text += String.fromCharCode(byte);
	}
	return text;
}

function zeroAfter(from: number, end: number): number {
	let zero = from;
	while (zero < end && bytes[zero] !== 0) zero++;
	if (zero >= end) throw invalid("name without an end");
	return zero;
}

/** Field names repeat: a small direct-mapped cache from their bytes to one shared string. */
const CACHE_SLOTS = 4096;
const CACHED_NAME = 40;
const cachedBytes: (Buffer | undefined)[] = new Array(CACHE_SLOTS).fill(undefined);
const cachedNames: string[] = new Array(CACHE_SLOTS).fill("");

function fieldName(start: number, end: number): string {
	const length = end - start;
	if (length > CACHED_NAME) return bytes.toString("utf8", start, end);
	let hash = length;
	for (let i = start; i < end; i++) hash = (hash * 31 + (bytes[i] ?? 0)) | 0;
	const slot = hash & (CACHE_SLOTS - 1);
	const known = cachedBytes[slot];
	if (known !== undefined && known.length === length) {
		let same = 0;
		while (same < length && known[same] === bytes[start + same]) same++;
		if (same === length) return cachedNames[slot] ?? "";
	}
	const name = bytes.toString("utf8", start, end);
	cachedBytes[slot] = Buffer.from(bytes.subarray(start, end));
	cachedNames[slot] = name;
	return name;
}
