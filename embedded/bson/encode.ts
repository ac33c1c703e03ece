/** Values -> BSON bytes, into one buffer that grows and is reused: encoding never waits, so nobody else sees it. */
import { badValue } from "../errors.ts";
import {
	Binary,
	BSONRegExp,
	Decimal128,
	Double,
	type Encodable,
	isInt32,
	isPlain,
	MaxKey,
	MinKey,
	ObjectId,
	RawDocument,
	Timestamp,
} from "./values.ts";

const SHORT_STRING = 24;
/** A buffer that once held a huge reply is not kept. */
const KEEP_BYTES = 4 << 20;

let buffer = Buffer.allocUnsafe(1 << 20);
let position = 0;

/** The bytes of a document. Fields whose value is undefined are left out (inside arrays they become null). */
export function encode(doc: { [field: string]: Encodable } | RawDocument): Buffer {
	if (doc instanceof RawDocument) return doc.bytes;
	position = 0;
	writeDocument(doc);
	const bytes = Buffer.from(buffer.subarray(0, position));
	if (buffer.length > KEEP_BYTES) buffer = Buffer.allocUnsafe(1 << 20);
	return bytes;
}

function reserve(bytes: number): void {
	if (position + bytes <= buffer.length) return;
	const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, position + bytes + 1024));
	buffer.copy(larger, 0, 0, position);
	buffer = larger;
}

function writeDocument(doc: { [field: string]: Encodable }): void {
	const start = openLength();
	for (const name in doc) writeField(name, doc[name]);
	closeDocument(start);
}

function writeArray(array: readonly Encodable[]): void {
	const start = openLength();
	for (let i = 0; i < array.length; i++) {
		const element = array[i];
		writeField(String(i), element === undefined ? null : element);
	}
	closeDocument(start);
}

function openLength(): number {
	reserve(4);
	position += 4;
	return position - 4;
}

function closeDocument(start: number): void {
	reserve(1);
	buffer[position++] = 0;
	buffer.writeInt32LE(position - start, start);
}

function writeHeader(type: number, name: string): void {
	reserve(1);
	buffer[position++] = type;
	writeCString(name);
}

function writeField(name: string, value: Encodable): void {
	if (typeof value === "string") {
		writeHeader(0x02, name);
		writeString(value);
	} else if (typeof value === "number" && isInt32(value)) {
		writeHeader(0x10, name);
		writeInt32(value);
	} else if (typeof value === "number") {
		writeDouble(name, value);
	} else if (typeof value === "boolean") {
		writeHeader(0x08, name);
		reserve(1);
		buffer[position++] = value ? 1 : 0;
	} else if (typeof value === "bigint") {
		writeHeader(0x12, name);
		writeInt64(value);
	} else if (value === null) {
		writeHeader(0x0a, name);
	} else if (value !== undefined) {
		writeObject(name, value);
	}
}

function writeObject(name: string, value: Encodable & object): void {
	if (Array.isArray(value)) {
		writeHeader(0x04, name);
		writeArray(value);
	} else if (isPlain(value)) {
		writeHeader(0x03, name);
		writeDocument(value);
	} else if (value instanceof Date) {
		writeHeader(0x09, name);
		writeInt64(BigInt(value.getTime()));
	} else if (value instanceof ObjectId) {
		writeHeader(0x07, name);
		writeBytes(value.id);
	} else if (value instanceof RawDocument) {
		writeHeader(0x03, name);
		writeBytes(value.bytes);
	} else if (value instanceof Double) {
		writeDouble(name, value.value);
	} else {
		writeRareObject(name, value);
	}
}

function writeRareObject(name: string, value: object): void {
	if (value instanceof Decimal128) {
		writeHeader(0x13, name);
		writeBytes(value.bytes);
	} else if (value instanceof Binary) {
		writeHeader(0x05, name);
		writeBinary(value);
	} else if (value instanceof Timestamp) {
		writeHeader(0x11, name);
		writeInt32(value.low);
		writeInt32(value.high);
	} else if (value instanceof BSONRegExp) {
		writeHeader(0x0b, name);
		writeCString(value.pattern);
		writeCString(value.options);
	} else if (value instanceof MinKey) {
		writeHeader(0xff, name);
	} else if (value instanceof MaxKey) {
		writeHeader(0x7f, name);
	} else {
		throw new TypeError(`no BSON type for a ${value.constructor?.name} in field ${name}`);
	}
}

/** Subtype 2 (old generic) carries its length a second time. */
function writeBinary(value: Binary): void {
	const bytes = value.buffer.subarray(0, value.position);
	const old = value.sub_type === Binary.SUBTYPE_BYTE_ARRAY;
	writeInt32(old ? bytes.length + 4 : bytes.length);
	reserve(1);
	buffer[position++] = value.sub_type;
	if (old) writeInt32(bytes.length);
	writeBytes(bytes);
}

function writeDouble(name: string, value: number): void {
	writeHeader(0x01, name);
	reserve(8);
	position = buffer.writeDoubleLE(value, position);
}

function writeInt32(value: number): void {
	reserve(4);
	position = buffer.writeInt32LE(value, position);
}

function writeInt64(value: bigint): void {
	reserve(8);
	position = buffer.writeBigInt64LE(value, position);
}

function writeBytes(bytes: Uint8Array): void {
	reserve(bytes.length);
	buffer.set(bytes, position);
	position += bytes.length;
}

function writeString(text: string): void {
	const start = openLength();
	writeCharacters(text);
	buffer.writeInt32LE(position - start - 4, start);
}

/** Names and patterns end at a zero byte, so one inside would cut the document: refused, as in MongoDB's clients. */
function writeCString(text: string): void {
	reserve(text.length * 3 + 1);
	if (writeAscii(text)) return;
	if (text.includes("\0")) throw badValue(`a field name must not contain a zero byte: ${JSON.stringify(text)}`);
	writeUtf8(text);
}

function writeCharacters(text: string): void {
	reserve(text.length * 3 + 1);
	if (!writeAscii(text)) writeUtf8(text);
}

/** Writes short ASCII without zero bytes by hand, which is cheaper than a call into the engine; false for the rest. */
function writeAscii(text: string): boolean {
	const { length } = text;
	if (length > SHORT_STRING) return false;
	const target = buffer;
	const start = position;
	for (let i = 0; i < length; i++) {
		const code = text.charCodeAt(i);
		if (code > 0x7f || code === 0) return false;
		target[start + i] = code;
	}
	target[start + length] = 0;
	position = start + length + 1;
	return true;
}

function writeUtf8(text: string): void {
	position += buffer.write(text, position, "utf8");
	buffer[position++] = 0;
}
