/**
 * BSON's types as numbers, names and classes of the sort order.
 * Source: the BSON specification; MongoDB manual, "$type" and "Comparison/Sort Order".
 */
import {
	Binary,
	BSONRegExp,
	BSONSymbol,
	BsonUndefined,
	Code,
	DbPointer,
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
	undefined: 6,
	objectId: 7,
	bool: 8,
	date: 9,
	null: 10,
	regex: 11,
	dbPointer: 12,
	javascript: 13,
	symbol: 14,
	javascriptWithScope: 15,
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

/** The four number types, weakest first: the result of arithmetic has the stronger type of its operands. */
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
	switch (typeof value) {
		case "undefined":
			return 0;
		case "string":
			return 2;
		case "boolean":
			return 8;
		case "number":
		case "bigint":
			return numericType(value);
	}
	if (value === null) return 10;
	if (Array.isArray(value)) return 4;
	if (value instanceof Date) return 9;
	if (value instanceof ObjectId) return 7;
	if (value instanceof Double || value instanceof Decimal128) return numericType(value);
	return rareTypeNumber(value);
}

function rareTypeNumber(value: Value & object): number {
	if (value instanceof Binary) return 5;
	if (value instanceof BsonUndefined) return 6;
	if (value instanceof BSONRegExp) return 11;
	if (value instanceof DbPointer) return 12;
	if (value instanceof BSONSymbol) return 14;
	if (value instanceof Code) return value.scope === null ? 13 : 15;
	if (value instanceof Timestamp) return 17;
	if (value instanceof MinKey) return -1;
	if (value instanceof MaxKey) return 127;
	return 3;
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
	DbPointer: 55,
	Code: 60,
	CodeWithScope: 65,
	MaxKey: 127,
} as const;

/** Class of the sort order. A missing field and the deprecated undefined sort as null. */
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
	return rareTypeClass(value);
}

function rareTypeClass(value: Value & object): number {
	if (value instanceof Binary) return TYPE.Binary;
	if (value instanceof BsonUndefined) return TYPE.Null;
	if (value instanceof BSONRegExp) return TYPE.Regex;
	if (value instanceof DbPointer) return TYPE.DbPointer;
	if (value instanceof BSONSymbol) return TYPE.String;
	if (value instanceof Code) return value.scope === null ? TYPE.Code : TYPE.CodeWithScope;
	if (value instanceof Timestamp) return TYPE.Timestamp;
	if (value instanceof MinKey) return TYPE.MinKey;
	if (value instanceof MaxKey) return TYPE.MaxKey;
	return TYPE.Object;
}

export const isNumeric = (value: Value): value is Numeric =>
	typeof value === "number" || typeof value === "bigint" || value instanceof Double || value instanceof Decimal128;
