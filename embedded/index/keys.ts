/**
 * Values as bytes whose order is BSON's order: comparing two keys byte by byte is comparing the values, and values
 * that are equal (1, 1.0, 1L, decimal 1.00) give equal bytes. Every encoding is prefix-free, so the fields of a
 * compound index are simply written one after the other, and a descending field is its bytes inverted.
 *
 * Layout of one value: a byte for its class in the sort order, then
 *  - number: marker (NaN, -Infinity, finite, Infinity), the nearest double in order-preserving form, then 0x80 when
 *    that is exact, else 0x7f or 0x81 and the remainder, again as a double: int64 beyond 2^53 and decimals sort exactly;
 *  - string: UTF-8 with 00 written as 00 FF, ended by 00 00;
 *  - date, timestamp: big endian, sign bit flipped;
 *  - document, array: (class, name, value)* and 00.
 */
import { type Decimal, exactDecimal, powerOf10 } from "../bson/decimal.ts";
import { TYPE, typeClass } from "../bson/types.ts";
import {
	type Binary,
	type BSONRegExp,
	Decimal128,
	type Doc,
	Double,
	type Numeric,
	type ObjectId,
	type Timestamp,
	type Value,
} from "../bson/values.ts";

/** What an empty array is indexed as: before null, so that `{field: null}` does not find it. */
export const EMPTY_ARRAY = Symbol("empty array");
const EMPTY_ARRAY_CLASS = 4;

export type KeyValue = Value | typeof EMPTY_ARRAY;

const NUMBER = { NaN: 1, negativeInfinity: 2, finite: 3, infinity: 4 } as const;
const EXACT = 0x80;
const BELOW = 0x7f;
const ABOVE = 0x81;

let buffer = Buffer.allocUnsafe(1 << 16);
let position = 0;

/** Key of several values; a negative direction inverts the bytes of its value. */
export function encodeKey(values: readonly KeyValue[], directions: readonly number[]): Buffer {
	position = 0;
	for (let i = 0; i < values.length; i++) {
		const start = position;
		writeValue(values[i]);
		if ((directions[i] ?? 1) < 0) invertInPlace(start);
	}
	return Buffer.from(buffer.subarray(0, position));
}

export function encodeValue(value: KeyValue): Buffer {
	position = 0;
	writeValue(value);
	return Buffer.from(buffer.subarray(0, position));
}

/** Class byte of numbers, then the marker of finite ones: the lowest key of a number that is not NaN. */
export const LOWEST_NUMBER = Buffer.from([TYPE.Number, NUMBER.negativeInfinity]);

/** The smallest key above every key that starts with `prefix`; null when there is none. */
export function prefixEnd(prefix: Buffer): Buffer | null {
	for (let i = prefix.length - 1; i >= 0; i--) {
		const byte = prefix[i] ?? 0;
		if (byte === 0xff) continue;
		const end = Buffer.from(prefix.subarray(0, i + 1));
		end[i] = byte + 1;
		return end;
	}
	return null;
}

export function invert(key: Buffer): Buffer {
	const inverted = Buffer.allocUnsafe(key.length);
	for (let i = 0; i < key.length; i++) inverted[i] = 0xff ^ (key[i] ?? 0);
	return inverted;
}

function invertInPlace(start: number): void {
	for (let i = start; i < position; i++) buffer[i] = 0xff ^ (buffer[i] ?? 0);
}

function reserve(bytes: number): void {
	if (position + bytes <= buffer.length) return;
	const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, position + bytes + 256));
	buffer.copy(larger, 0, 0, position);
	buffer = larger;
}

function writeByte(byte: number): void {
	reserve(1);
	buffer[position++] = byte;
}

function writeValue(value: KeyValue): void {
	if (value === EMPTY_ARRAY) {
		writeByte(EMPTY_ARRAY_CLASS);
		return;
	}
	const type = typeClass(value);
	writeByte(type);
	writePayload(value, type);
}

function writePayload(value: Value, type: number): void {
	switch (type) {
		case TYPE.Number:
			writeNumber(value as Numeric);
			break;
		case TYPE.String:
			writeText(value as string);
			break;
		case TYPE.Object:
			writeDocument(value as Doc);
			break;
		case TYPE.Array:
			for (const element of value as Value[]) writeValue(element);
			writeByte(0);
			break;
		case TYPE.Binary:
			writeBinary(value as Binary);
			break;
		case TYPE.ObjectId:
			writeBytes((value as ObjectId).id);
			break;
		case TYPE.Boolean:
			writeByte(value ? 1 : 0);
			break;
		case TYPE.Date:
			writeDate((value as Date).getTime());
			break;
		case TYPE.Timestamp:
			writeUint32((value as Timestamp).high >>> 0);
			writeUint32((value as Timestamp).low >>> 0);
			break;
		case TYPE.Regex:
			writeText((value as BSONRegExp).pattern);
			writeText((value as BSONRegExp).options);
			break;
	}
}

/** Compared field by field: class first, then name, then value. */
function writeDocument(doc: Doc): void {
	for (const name of Object.keys(doc)) {
		const value = doc[name];
		if (value === undefined) continue;
		const type = typeClass(value);
		writeByte(type);
		writeText(name);
		writePayload(value, type);
	}
	writeByte(0);
}

function writeText(text: string): void {
	reserve(text.length * 3 + 2);
	const start = position;
	const end = start + buffer.write(text, start, "utf8");
	position = end;
	if (buffer.subarray(start, end).includes(0)) escapeZeros(start, end);
	writeByte(0);
	writeByte(0);
}

function escapeZeros(start: number, end: number): void {
	const text = Buffer.from(buffer.subarray(start, end));
	reserve(text.length * 2);
	position = start;
	for (const byte of text) {
		writeByte(byte);
		if (byte === 0) writeByte(0xff);
	}
}

function writeBytes(bytes: Uint8Array): void {
	reserve(bytes.length);
	buffer.set(bytes, position);
	position += bytes.length;
}

function writeUint32(value: number): void {
	reserve(4);
	position = buffer.writeUInt32BE(value, position);
}

/** Binaries order by length, then subtype, then bytes. */
function writeBinary(value: Binary): void {
	writeUint32(value.position);
	writeByte(value.sub_type);
	writeBytes(value.buffer.subarray(0, value.position));
}

/** Milliseconds as a big-endian int64 with the sign bit flipped, without a bigint. An invalid date sorts first. */
function writeDate(milliseconds: number): void {
	if (Number.isNaN(milliseconds)) {
		writeUint32(0);
		writeUint32(0);
		return;
	}
	const high = Math.floor(milliseconds / 2 ** 32);
	writeUint32((high ^ 0x80000000) >>> 0);
	writeUint32((milliseconds - high * 2 ** 32) >>> 0);
}

function writeNumber(value: Numeric): void {
	if (typeof value === "bigint") writeInteger(value);
	else if (value instanceof Decimal128) writeDecimal(value);
	else writeFloat(value instanceof Double ? value.value : value);
}

function writeFloat(number: number): void {
	if (!Number.isFinite(number)) {
		writeByte(notFinite(number));
		return;
	}
	writeByte(NUMBER.finite);
	writeDouble(number);
	writeByte(EXACT);
}

function notFinite(number: number): number {
	if (Number.isNaN(number)) return NUMBER.NaN;
	return number < 0 ? NUMBER.negativeInfinity : NUMBER.infinity;
}

function writeInteger(value: bigint): void {
	const nearest = Number(value);
	const rest = value - BigInt(nearest);
	writeByte(NUMBER.finite);
	writeDouble(nearest);
	writeRemainder(rest, Number(rest));
}

function writeDecimal(value: Decimal128): void {
	const exact = exactDecimal(value);
	if (typeof exact === "number") {
		writeByte(notFinite(exact));
		return;
	}
	// Decimals beyond a double's range share its largest value; the remainder keeps them in order.
	const nearest = clampToDouble(Number(value.toString()));
	const approximate = exactDecimal(nearest) as Decimal;
	const exponent = Math.min(exact.exponent, approximate.exponent);
	const rest =
		exact.coefficient * powerOf10(exact.exponent - exponent) -
		approximate.coefficient * powerOf10(approximate.exponent - exponent);
	writeByte(NUMBER.finite);
	writeDouble(nearest);
	writeRemainder(rest, clampToDouble(Number(`${rest}e${exponent}`)));
}

const clampToDouble = (number: number): number =>
	Number.isFinite(number) ? number : Math.sign(number) * Number.MAX_VALUE;

/** `exact` gives the sign, `remainder` the size as a double. */
function writeRemainder(exact: bigint, remainder: number): void {
	if (exact === 0n) {
		writeByte(EXACT);
		return;
	}
	writeByte(exact < 0n ? BELOW : ABOVE);
	writeDouble(remainder);
}

/** IEEE bytes ordered as numbers: the sign bit flipped, negative numbers inverted. -0 is 0. */
function writeDouble(number: number): void {
	reserve(8);
	buffer.writeDoubleBE(number === 0 ? 0 : number, position);
	const first = buffer[position] ?? 0;
	position += 8;
	if (first & 0x80) invertInPlace(position - 8);
	else buffer[position - 8] = first ^ 0x80;
}
