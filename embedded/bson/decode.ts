/** BSON bytes -> values. Written for speed: every read and every scanned document goes through here. */
import { StoreError } from "../errors.ts";
import {
	Binary,
	BSONRegExp,
	BSONSymbol,
	BsonUndefined,
	Code,
	DbPointer,
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

/**
 * Decodes the document that starts at `offset`.
 * Throws InvalidBSON when lengths or types don't hold; never reads outside the document.
 */
export function decode(bytes: Buffer, offset = 0): Doc {
	return documentAt(bytes, offset, bytes.length, 0);
}

/** The value of one top-level field, or undefined, without decoding the rest of the document. */
export function rawField(bytes: Buffer, name: string, offset = 0): Value {
	const end = documentEnd(bytes, offset, bytes.length);
	let at = offset + 4;
	while (at < end) {
		const type = bytes[at] ?? 0;
		const nameEnd = zeroAfter(bytes, at + 1, end);
		const value = nameEnd + 1;
		if (nameEnd - at - 1 === name.length && bytes.toString("latin1", at + 1, nameEnd) === name) {
			return valueAt(bytes, type, value, end, 0);
		}
		at = value + valueSize(bytes, type, value, end);
	}
	return undefined;
}

/** The name of the first field: the command of an OP_MSG body. Empty for an empty document. */
export function firstFieldName(bytes: Buffer, offset = 0): string {
	const end = documentEnd(bytes, offset, bytes.length);
	return end === offset + 4 ? "" : bytes.toString("utf8", offset + 5, zeroAfter(bytes, offset + 5, end));
}

/** Position of the closing zero of the document at `offset`, checked to lie before `limit`. */
function documentEnd(bytes: Buffer, offset: number, limit: number): number {
	if (offset + 5 > limit) throw invalid("document is cut short");
	const length = bytes.readInt32LE(offset);
	if (length < 5 || offset + length > limit) throw invalid(`document of ${length} bytes`);
	const end = offset + length - 1;
	if (bytes[end] !== 0) throw invalid("document without an end");
	return end;
}

function documentAt(bytes: Buffer, offset: number, limit: number, depth: number): Doc {
	if (depth > MAX_DEPTH) throw new StoreError("Overflow", `BSON is nested deeper than ${MAX_DEPTH} levels`);
	const end = documentEnd(bytes, offset, limit);
	const doc = newDoc();
	let at = offset + 4;
	while (at < end) {
		const type = bytes[at] ?? 0;
		const nameEnd = zeroAfter(bytes, at + 1, end);
		const name = fieldName(bytes, at + 1, nameEnd);
		at = nameEnd + 1;
		doc[name] = valueAt(bytes, type, at, end, depth);
		at += valueSize(bytes, type, at, end);
	}
	return doc;
}

function arrayAt(bytes: Buffer, offset: number, limit: number, depth: number): Value[] {
	if (depth > MAX_DEPTH) throw new StoreError("Overflow", `BSON is nested deeper than ${MAX_DEPTH} levels`);
	const end = documentEnd(bytes, offset, limit);
	const array: Value[] = [];
	let at = offset + 4;
	while (at < end) {
		const type = bytes[at] ?? 0;
		at = zeroAfter(bytes, at + 1, end) + 1;
		array.push(valueAt(bytes, type, at, end, depth));
		at += valueSize(bytes, type, at, end);
	}
	return array;
}

/** Bytes of the value of a type that starts at `at`; checked to end before `end`. */
function valueSize(bytes: Buffer, type: number, at: number, end: number): number {
	const size = sizeOf(bytes, type, at, end);
	if (size < 0 || at + size > end) throw invalid(`value of type ${type} is cut short`);
	return size;
}

function sizeOf(bytes: Buffer, type: number, at: number, end: number): number {
	switch (type) {
		case 0x06:
		case 0x0a:
		case 0x7f:
		case 0xff:
			return 0;
		case 0x08:
			return 1;
		case 0x10:
			return 4;
		case 0x01:
		case 0x09:
		case 0x11:
		case 0x12:
			return 8;
		case 0x07:
			return 12;
		case 0x13:
			return 16;
		case 0x02:
		case 0x0d:
		case 0x0e:
			return 4 + lengthAt(bytes, at, end);
		case 0x05:
			return 5 + lengthAt(bytes, at, end);
		case 0x0c:
			return 16 + lengthAt(bytes, at, end);
		case 0x03:
		case 0x04:
		case 0x0f:
			return lengthAt(bytes, at, end);
		case 0x0b:
			return zeroAfter(bytes, zeroAfter(bytes, at, end) + 1, end) + 1 - at;
		default:
			throw invalid(`unknown type ${type}`);
	}
}

function lengthAt(bytes: Buffer, at: number, end: number): number {
	if (at + 4 > end) throw invalid("length is cut short");
	const length = bytes.readInt32LE(at);
	if (length < 0) throw invalid(`length ${length}`);
	return length;
}

function valueAt(bytes: Buffer, type: number, at: number, end: number, depth: number): Value {
	switch (type) {
		case 0x01:
			return double(bytes.readDoubleLE(at));
		case 0x02:
			return stringAt(bytes, at, end);
		case 0x03:
			return documentAt(bytes, at, end, depth + 1);
		case 0x04:
			return arrayAt(bytes, at, end, depth + 1);
		case 0x05:
			return binaryAt(bytes, at, end);
		case 0x06:
			return BsonUndefined.instance;
		case 0x07:
			return objectIdAt(bytes, at, end);
		case 0x08:
			return bytes[at] === 1;
		case 0x09:
			return dateAt(bytes, at);
		case 0x0a:
			return null;
		case 0x0b:
			return regexAt(bytes, at, end);
		case 0x0c:
			return new DbPointer(stringAt(bytes, at, end), objectIdAt(bytes, at + 4 + bytes.readInt32LE(at), end));
		case 0x0d:
			return new Code(stringAt(bytes, at, end));
		case 0x0e:
			return new BSONSymbol(stringAt(bytes, at, end));
		case 0x0f: {
			const codeEnd = at + 8 + lengthAt(bytes, at + 4, end);
			return new Code(stringAt(bytes, at + 4, end), documentAt(bytes, codeEnd, end, depth + 1));
		}
		case 0x10:
			return bytes.readInt32LE(at);
		case 0x11:
			return new Timestamp({ i: bytes.readUInt32LE(at), t: bytes.readUInt32LE(at + 4) });
		case 0x12:
			return bytes.readBigInt64LE(at);
		case 0x13:
			if (at + 16 > end) throw invalid("decimal is cut short");
			return new Decimal128(Buffer.from(bytes.subarray(at, at + 16)));
		case 0x7f:
			return new MaxKey();
		case 0xff:
			return new MinKey();
		default:
			throw invalid(`unknown type ${type}`);
	}
}

/** BSON dates reach further than JavaScript's: those 270,000 years away are refused rather than changed. */
function dateAt(bytes: Buffer, at: number): Date {
	const date = new Date(Number(bytes.readBigInt64LE(at)));
	if (Number.isNaN(date.getTime())) throw new StoreError("BadValue", "dates beyond the year 275760 are not supported");
	return date;
}

function regexAt(bytes: Buffer, at: number, end: number): BSONRegExp {
	const patternEnd = zeroAfter(bytes, at, end);
	const options = bytes.toString("utf8", patternEnd + 1, zeroAfter(bytes, patternEnd + 1, end));
	if (!/^[ilmsux]*$/.test(options)) throw invalid(`regular expression options "${options}"`);
	return new BSONRegExp(bytes.toString("utf8", at, patternEnd), options);
}

function objectIdAt(bytes: Buffer, at: number, end: number): ObjectId {
	if (at + 12 > end) throw invalid("ObjectId is cut short");
	return new ObjectId(Buffer.from(bytes.subarray(at, at + 12)));
}

/** Subtype 2 (old generic) carries its length twice; the inner one is dropped here and written again by encode(). */
function binaryAt(bytes: Buffer, at: number, end: number): Binary {
	const length = lengthAt(bytes, at, end);
	const subtype = bytes[at + 4] ?? 0;
	const start = at + (subtype === Binary.SUBTYPE_BYTE_ARRAY ? 9 : 5);
	if (at + 5 + length > end || start > at + 5 + length) throw invalid("binary is cut short");
	return new Binary(Buffer.from(bytes.subarray(start, at + 5 + length)), subtype);
}

/** Short ASCII strings are built by hand: a call into the engine's decoder costs more than 24 characters. */
function stringAt(bytes: Buffer, at: number, end: number): string {
	const length = lengthAt(bytes, at, end);
	const start = at + 4;
	const stop = start + length - 1;
	if (length < 1 || stop >= end || bytes[stop] !== 0) throw invalid(`string of ${length} bytes`);
	if (length > SHORT_STRING) return bytes.toString("utf8", start, stop);
	let text = "";
	for (let i = start; i < stop; i++) {
		const byte = bytes[i] ?? 0;
		if (byte > 0x7f) return bytes.toString("utf8", start, stop);
		text += String.fromCharCode(byte);
	}
	return text;
}

function zeroAfter(bytes: Buffer, from: number, end: number): number {
	let at = from;
	while (bytes[at] !== 0) {
		if (at >= end) throw invalid("name without an end");
		at++;
	}
	return at;
}

/** Field names repeat: a small direct-mapped cache from their bytes to one shared string. */
const CACHE_SLOTS = 4096;
const CACHED_NAME = 40;
const cachedBytes: (Buffer | undefined)[] = new Array(CACHE_SLOTS).fill(undefined);
const cachedNames: string[] = new Array(CACHE_SLOTS).fill("");

function fieldName(bytes: Buffer, start: number, end: number): string {
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
