/**
 * How BSON values look inside the store. The representation loses nothing: decoding and encoding again gives the
 * same BSON types back.
 *
 * | BSON | here |
 * | --- | --- |
 * | int32 | number (integral, within 32 bits, not -0) |
 * | double | number; `Double` when the value would otherwise read as an int32 (1.0) |
 * | int64 | bigint |
 * | document | `Doc`: a plain object without Object.prototype |
 * | everything else | the classes of the `bson` package |
 *
 * JavaScript's undefined always means "no such field". Code and the deprecated types (undefined, symbol, pointer) are
 * refused by decode().
 */
import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from "bson";

export { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp };

export type Numeric = number | bigint | Double | Decimal128;

export type Value =
	| undefined
	| null
	| boolean
	| string
	| Numeric
	| Date
	| ObjectId
	| Binary
	| Timestamp
	| BSONRegExp
	| MinKey
	| MaxKey
	| Value[]
	| Doc;

export interface Doc {
	[field: string]: Value;
}

/** A document kept as its BSON bytes: written into a reply as it is, without decoding. */
export class RawDocument {
	readonly bytes: Buffer;

	constructor(bytes: Buffer) {
		this.bytes = bytes;
	}
}

/** What encode() takes: values, and documents that already are bytes. */
export type Encodable = Value | RawDocument | Encodable[] | { [field: string]: Encodable };

/**
 * Makes documents whose prototype holds nothing, so that a field called "constructor" or "__proto__" is only a field.
 * A constructor function rather than Object.create(null): V8 keeps its objects in fast mode.
 */
const DocumentObject = function DocumentObject() {} as unknown as { new (): Doc; prototype: object };
DocumentObject.prototype = Object.create(null);

export const newDoc = (): Doc => new DocumentObject();

/** A new document with the fields of another, values shared. */
export function copyFields(source: Readonly<Record<string, Value>>): Doc {
	const copy = newDoc();
	for (const name in source) copy[name] = source[name];
	return copy;
}

/** Whether a value is a document, by what it is and not by its fields: a field "_bsontype" fools nobody. */
export function isPlain(value: unknown): value is Doc {
	if (typeof value !== "object" || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === DocumentObject.prototype || prototype === Object.prototype || prototype === null;
}

/** Whether a JavaScript number stands for an int32 (the rest are doubles). */
export const isInt32 = (value: number): boolean => (value | 0) === value && (value !== 0 || !Object.is(value, -0));

/** A double as a value: wrapped where the bare number would read as an int32. */
export const double = (value: number): number | Double => (isInt32(value) ? new Double(value) : value);

/** null and missing: what `{field: null}` matches and most expressions answer null to. */
export const isNullish = (value: Value): value is null | undefined => value === undefined || value === null;
