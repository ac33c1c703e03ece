/** The total order of BSON values, and the two kinds of sameness. Source: MongoDB manual, "Comparison/Sort Order". */
import { encode } from "./encode.ts";
import { compareNumbers } from "./number.ts";
import { TYPE, typeClass } from "./types.ts";
import type { Binary, BSONRegExp, Doc, Numeric, ObjectId, Timestamp, Value } from "./values.ts";

/** Order of two values: negative, 0 or positive. 1, 1.0, 1L and decimal 1.00 are equal; missing equals null. */
export function compare(a: Value, b: Value): number {
	const typeA = typeClass(a);
	const typeB = typeClass(b);
	return typeA === typeB ? compareSameClass(a, b, typeA) : typeA - typeB;
}

/** Equal in the order: numbers by value whatever their type, documents field by field in order. */
export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0;

/** Order of two values known to be of the same class. */
export function compareSameClass(a: Value, b: Value, type: number): number {
	switch (type) {
		case TYPE.Number:
			return compareNumbers(a as Numeric, b as Numeric);
		case TYPE.String:
			return compareStrings(a as string, b as string);
		case TYPE.Object:
			return compareDocuments(a as Doc, b as Doc);
		case TYPE.Array:
			return compareArrays(a as Value[], b as Value[]);
		case TYPE.Binary:
			return compareBinaries(a as Binary, b as Binary);
		case TYPE.ObjectId:
			return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
		case TYPE.Boolean:
			return Number(a) - Number(b);
		case TYPE.Date:
			return Math.sign((a as Date).getTime() - (b as Date).getTime());
		case TYPE.Timestamp:
			return compareTimestamps(a as Timestamp, b as Timestamp);
		case TYPE.Regex:
			return compareRegexes(a as BSONRegExp, b as BSONRegExp);
		default:
			return 0; // null, MinKey, MaxKey: one value each
	}
}

/**
 * MongoDB compares UTF-8 bytes. JavaScript's UTF-16 order is the same, but for surrogate pairs (U+10000 and up)
 * against U+E000 to U+FFFF.
 */
function compareStrings(a: string, b: string): number {
	if (a === b) return 0;
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(i);
		if (x === y) continue;
		if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
		return x - y;
	}
	return a.length - b.length;
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const order = compare(a[i], b[i]);
		if (order !== 0) return order;
	}
	return a.length - b.length;
}

/** Field by field in stored order: class of the value first, then the name, then the value. */
function compareDocuments(a: Doc, b: Doc): number {
	const namesA = fieldNames(a);
	const namesB = fieldNames(b);
	for (let i = 0; i < namesA.length; i++) {
		const nameA = namesA[i] ?? "";
		const nameB = namesB[i];
		if (nameB === undefined) return 1;
		const type = typeClass(a[nameA]);
		const order =
			type - typeClass(b[nameB]) || compareStrings(nameA, nameB) || compareSameClass(a[nameA], b[nameB], type);
		if (order !== 0) return order;
	}
	return namesA.length - namesB.length;
}

/** The fields a document really has: one set to undefined is missing. */
function fieldNames(doc: Doc): string[] {
	const names = Object.keys(doc);
	return names.some((name) => doc[name] === undefined) ? names.filter((name) => doc[name] !== undefined) : names;
}

/** Length, then subtype, then bytes. */
function compareBinaries(a: Binary, b: Binary): number {
	return (
		a.position - b.position ||
		a.sub_type - b.sub_type ||
		Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
	);
}

function compareTimestamps(a: Timestamp, b: Timestamp): number {
	return (a.high >>> 0) - (b.high >>> 0) || (a.low >>> 0) - (b.low >>> 0);
}

function compareRegexes(a: BSONRegExp, b: BSONRegExp): number {
	return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
}

/** The same bytes: also the same number type, and null is not missing. Decides whether an update changed anything. */
export const identical = (a: Value, b: Value): boolean =>
	(a === b && a !== 0) || encode({ value: a }).equals(encode({ value: b }));
