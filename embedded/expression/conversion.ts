/** `$type`, `$convert` and its short forms. */
import { compareNumbers, fitsLong, toInteger, toNumber, truncate } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, nameOfType, typeName } from "../bson/types.ts";
import { double, isNullish, ObjectId, type Value } from "../bson/values.ts";
import { badValue, failedToParse, StoreError } from "../errors.ts";
import { dateAt, dateOf, readDate } from "./instant.ts";
import type { Operator, Operators, Present } from "./operator.ts";
import { namedOperands, onPresent, onValues, optionalOperand } from "./operator.ts";
import { numberText } from "./string.ts";

const failure = (value: Value, to: string, reason = "unsupported conversion"): StoreError =>
	new StoreError(
		"ConversionFailure",
		`Failed to convert ${show(value)} of type ${typeName(value)} to ${to}: ${reason}`,
	);

const CONVERSIONS: Readonly<Record<string, (value: Present) => Value>> = {
	double: toDouble,
	string: toText,
	objectId: toObjectId,
	bool: (value) => (isNumeric(value) ? compareNumbers(value, 0) !== 0 : value !== false),
	date: toDate,
	int: (value) => Number(toWhole(value, "int", (whole) => BigInt.asIntN(32, whole) === whole)),
	long: (value) => toWhole(value, "long", fitsLong),
};

function toDouble(value: Present): Value {
	if (typeof value === "boolean") return double(Number(value));
	if (isNumeric(value)) return double(toNumber(value));
	if (value instanceof Date) return double(value.getTime());
	if (typeof value !== "string") throw failure(value, "double");
	if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) throw failure(value, "double", "not a number");
	return double(Number(value));
}

/** Fractions are cut off; text must be a whole number. */
function toWhole(value: Present, to: "int" | "long", fits: (whole: bigint) => boolean): bigint {
	const whole = wholeOf(value, to);
	if (whole === undefined || !fits(whole)) throw failure(value, to, "overflow");
	return whole;
}

function wholeOf(value: Present, to: "int" | "long"): bigint | undefined {
	if (typeof value === "boolean") return BigInt(value);
	if (value instanceof Date && to === "long") return BigInt(value.getTime());
	if (isNumeric(value)) return truncate(value);
	if (typeof value !== "string") throw failure(value, to);
	if (!/^[+-]?\d+$/.test(value)) throw failure(value, to, "not a whole number");
	return BigInt(value.replace("+", ""));
}

function toText(value: Present): Value {
	if (typeof value === "string") return value;
	if (typeof value === "boolean") return String(value);
	if (value instanceof ObjectId) return value.toHexString();
	if (value instanceof Date) return value.toISOString();
	if (isNumeric(value)) return numberText(value);
	throw failure(value, "string");
}

function toObjectId(value: Present): Value {
	if (value instanceof ObjectId) return value;
	if (typeof value === "string" && /^[0-9a-fA-F]{24}$/.test(value)) return new ObjectId(value);
	throw failure(value, "objectId");
}

/** From an int32 there is no conversion: it is no instant. */
function toDate(value: Present): Value {
	const isInt = typeof value === "number" && toInteger(value) !== undefined && Math.abs(value) < 2 ** 31;
	const date = dateOf(value) ?? (isNumeric(value) && !isInt ? dateAt(toNumber(value)) : undefined);
	if (date) return date;
	const parsed = typeof value === "string" ? readDate(value) : undefined;
	if (!parsed) throw failure(value, "date");
	return parsed;
}

function convertTo(value: Present, type: string): Value {
	const conversion = Object.hasOwn(CONVERSIONS, type) ? CONVERSIONS[type] : undefined;
	if (!conversion) throw badValue(`conversion to ${type} is not supported by the embedded store`);
	return conversion(value);
}

const convert: Operator = (operand, compiler) => {
	const named = namedOperands("$convert", operand, ["input", "to"], ["onError", "onNull"]);
	const input = compiler.compile(named.input);
	const to = compiler.compile(named.to);
	const onError = optionalOperand(named.onError, compiler);
	const onNull = optionalOperand(named.onNull, compiler) ?? (() => null);
	return (root, scope) => {
		const value = input(root, scope);
		const target = to(root, scope);
		if (isNullish(value)) return onNull(root, scope);
		if (isNullish(target)) return null;
		const type = isNumeric(target) ? nameOfType(toNumber(target)) : target;
		if (typeof type !== "string") throw failedToParse("$convert's 'to' must be a string or number");
		try {
			return convertTo(value, type);
		} catch (err) {
			if (onError && err instanceof StoreError && err.codeName === "ConversionFailure") return onError(root, scope);
			throw err;
		}
	};
};

const shortForm = (name: string, type: string): Operator => onPresent(name, 1, 1, (value) => convertTo(value, type));

export const conversions: Operators = {
	$type: onValues("$type", 1, 1, typeName),
	$isNumber: onValues("$isNumber", 1, 1, isNumeric),
	$convert: convert,
	$toInt: shortForm("$toInt", "int"),
	$toLong: shortForm("$toLong", "long"),
	$toDouble: shortForm("$toDouble", "double"),
	$toString: shortForm("$toString", "string"),
	$toBool: shortForm("$toBool", "bool"),
	$toDate: shortForm("$toDate", "date"),
	$toObjectId: shortForm("$toObjectId", "objectId"),
};
