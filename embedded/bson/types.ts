/**
 * BSON's types as numbers, names and classes of the sort order.
 * Source: the BSON specification; MongoDB manual, "$type" and "Comparison/Sort Order".
 */
import {
	Binary,
	BSONRegExp,
	Decimal128,
	Double,
	isInt32,
	MaxKey,
	MinKey,
	type Numeric,
	ObjectId,
	Timestamp,
	type Value,
} from "./values.ts";

/** Type names as `$type` knows them, with their numbers on the wire (minKey as -1, as queries write it). */
export const TYPE_NUMBERS: Readonly<Record<string, number>> = {
	double: 1,
	string: 2,
	object: 3,
	array: 4,
	binData: 5,
	objectId: 7,
	bool: 8,
	date: 9,
	null: 10,
	regex: 11,
	int: 16,
	timestamp: 17,
	long: 18,
	decimal: 19,
	minKey: -1,
	maxKey: 127,
};

const NAMES = new Map(Object.entries(TYPE_NUMBERS).map(([name, number]) => [number, name]));

/** The name of a type number; "missing" for 0, the type of a field that is not there. */
export const nameOfType = (type: number): string => (type === 0 ? "missing" : (NAMES.get(type) ?? `type ${type}`));

export const typeName = (value: Value): string => nameOfType(typeNumber(value));

/** The four number types. */
export const INT = 16;
export const LONG = 18;
export const DOUBLE = 1;
export const DECIMAL = 19;

export function numericType(value: Numeric): number {
	if (typeof value === "number") return isInt32(value) ? INT : DOUBLE;
	if (typeof value === "bigint") return LONG;
	return value instanceof Double ? DOUBLE : DECIMAL;
}

/** The BSON type number of a value; 0 when missing. */
export function typeNumber(value: Value): number {
	if (isNumeric(value)) return numericType(value);
	return value === undefined ? 0 : (NUMBER_OF_CLASS.get(typeClass(value)) ?? 0);
}

/** Classes of the sort order, in order: values of different classes compare by class alone. */
export const TYPE = {
	MinKey: 1,
	Null: 5,
	Number: 10,
	String: 15,
	Object: 20,
	Array: 25,
	Binary: 30,
	ObjectId: 35,
	Boolean: 40,
	Date: 45,
	Timestamp: 47,
	Regex: 50,
	MaxKey: 127,
} as const;

/** All classes but that of numbers have one type each. */
const NUMBER_OF_CLASS = new Map<number, number>([
	[TYPE.MinKey, -1],
	[TYPE.Null, 10],
	[TYPE.String, 2],
	[TYPE.Object, 3],
	[TYPE.Array, 4],
	[TYPE.Binary, 5],
	[TYPE.ObjectId, 7],
	[TYPE.Boolean, 8],
	[TYPE.Date, 9],
	[TYPE.Timestamp, 17],
	[TYPE.Regex, 11],
	[TYPE.MaxKey, 127],
]);

/** Class of the sort order. A missing field sorts as null. */
export function typeClass(value: Value): number {
	switch (typeof value) {
		case "string":
			return TYPE.String;
		case "number":
		case "bigint":
			return TYPE.Number;
		case "boolean":
			return TYPE.Boolean;
		case "undefined":
			return TYPE.Null;
	}
	if (value === null) return TYPE.Null;
	if (Array.isArray(value)) return TYPE.Array;
	if (value instanceof Date) return TYPE.Date;
	if (value instanceof ObjectId) return TYPE.ObjectId;
	if (value instanceof Double || value instanceof Decimal128) return TYPE.Number;
	if (value instanceof Binary) return TYPE.Binary;
	if (value instanceof BSONRegExp) return TYPE.Regex;
	if (value instanceof Timestamp) return TYPE.Timestamp;
	if (value instanceof MinKey) return TYPE.MinKey;
	if (value instanceof MaxKey) return TYPE.MaxKey;
	return TYPE.Object;
}

export const isNumeric = (value: Value): value is Numeric =>
	typeof value === "number" || typeof value === "bigint" || value instanceof Double || value instanceof Decimal128;
