/** `$type`, `$convert` and its short forms. */
import { readDecimal, toDecimal128 } from "../bson/decimal.ts";
import { compareNumbers, decimalOf, fitsLong, toInteger, toNumber, truncate } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, nameOfType, typeName } from "../bson/types.ts";
import { double, isNullish, type Numeric, ObjectId, Timestamp, type Value } from "../bson/values.ts";
import { badValue, StoreError } from "../errors.ts";
import { dateAt } from "./calendar.ts";
import { readDate } from "./date-text.ts";
import {
	namedOperands,
	type Operator,
	type Operators,
	onPresent,
	onValues,
	optionalOperand,
	type Present,
} from "./operator.ts";
import { numberText } from "./string.ts";

const failure = (value: Value, to: string, reason: string): StoreError =>
	new StoreError(
		"ConversionFailure",
		`Failed to convert ${show(value)} of type ${typeName(value)} to ${to} in $convert with no onError value: ${reason}`,
	);

const unsupported = (value: Value, to: string): StoreError =>
	failure(value, to, `Unsupported conversion from ${typeName(value)} to ${to}`);

const CONVERSIONS: Readonly<Record<string, (value: Present) => Value>> = {
	double: toDouble,
	string: toText,
	objectId: toObjectId,
	bool: toBoolean,
	date: toDate,
	int: (value) => Number(toWhole(value, "int", (whole) => BigInt.asIntN(32, whole) === whole)),
	long: (value) => toWhole(value, "long", fitsLong),
	decimal: toDecimal,
};

function toDouble(value: Present): Value {
	if (typeof value === "boolean") return double(Number(value));
	if (isNumeric(value)) return double(toNumber(value));
	if (value instanceof Date) return double(value.getTime());
	if (typeof value !== "string") throw unsupported(value, "double");
	const number = readDecimal(value);
	if (number === undefined) throw failure(value, "double", "Failed to parse number");
	return double(typeof number === "number" ? number : Number(value));
}

function toDecimal(value: Present): Value {
	if (typeof value === "boolean") return toDecimal128({ coefficient: BigInt(value), exponent: 0 });
	if (isNumeric(value)) return toDecimal128(decimalOf(value));
	if (value instanceof Date) return toDecimal128({ coefficient: BigInt(value.getTime()), exponent: 0 });
	if (typeof value !== "string") throw unsupported(value, "decimal");
	const number = readDecimal(value);
	if (number === undefined) throw failure(value, "decimal", "Failed to parse string to decimal");
	return toDecimal128(number);
}

/** Fractions are cut off; text must be a whole number. */
function toWhole(value: Present, to: "int" | "long", fits: (whole: bigint) => boolean): bigint {
	const whole = wholeOf(value, to);
	if (!fits(whole)) throw failure(value, to, `Conversion would overflow target type ${to}`);
	return whole;
}

function wholeOf(value: Present, to: "int" | "long"): bigint {
	if (typeof value === "boolean") return BigInt(value);
	if (value instanceof Date && to === "long") return BigInt(value.getTime());
	if (isNumeric(value)) {
		const whole = truncate(value);
		if (whole === undefined) throw failure(value, to, "Conversion would overflow target type");
		return whole;
	}
	if (typeof value !== "string") throw unsupported(value, to);
	if (!/^[+-]?\d+$/.test(value)) throw failure(value, to, `Failed to parse number '${value}'`);
	return BigInt(value.replace("+", ""));
}

function toBoolean(value: Present): Value {
	return isNumeric(value) ? compareNumbers(value, 0) !== 0 : value !== false;
}

function toText(value: Present): Value {
	if (typeof value === "string") return value;
	if (typeof value === "boolean") return String(value);
	if (value instanceof ObjectId) return value.toHexString();
	if (value instanceof Date) return value.toISOString();
	if (isNumeric(value)) return numberText(value);
	throw unsupported(value, "string");
}

function toObjectId(value: Present): Value {
	if (value instanceof ObjectId) return value;
	if (typeof value !== "string") throw unsupported(value, "objectId");
	if (!/^[0-9a-fA-F]{24}$/.test(value)) throw failure(value, "objectId", `Failed to parse objectId '${value}'`);
	return new ObjectId(value);
}

function toDate(value: Present): Value {
	const date = dateOf(value) ?? (isNumeric(value) ? dateFromMillis(value) : undefined);
	if (date) return date;
	if (typeof value !== "string") throw unsupported(value, "date");
	const parsed = readDate(value);
	if (!parsed) throw failure(value, "date", `Error parsing date string '${value}'`);
	return parsed;
}

/** The instant in a value that has one: dates, ObjectIds and timestamps. */
export function dateOf(value: Value): Date | undefined {
	if (value instanceof Date) return value;
	if (value instanceof ObjectId) return value.getTimestamp();
	if (value instanceof Timestamp) return new Date((value.high >>> 0) * 1000);
	return undefined;
}

function dateFromMillis(value: Numeric): Date {
	if (typeof value === "number" && toInteger(value) !== undefined && Math.abs(value) < 2 ** 31) {
		throw unsupported(value, "date"); // an int32 is no instant
	}
	return dateAt(toNumber(value));
}

function convertTo(value: Present, type: string): Value {
	const conversion = Object.hasOwn(CONVERSIONS, type) ? CONVERSIONS[type] : undefined;
	if (!conversion) throw badValue(`Unknown type name: ${type}`);
	return conversion(value);
}

const convert: Operator = (operand, compiler) => {
	const named = namedOperands("$convert", operand, ["input", "to"], ["onError", "onNull"]);
	const input = compiler.compile(named.input);
	const to = compiler.compile(named.to);
	const onError = optionalOperand(named.onError, compiler);
	const onNull = optionalOperand(named.onNull, compiler);
	return (root, scope) => {
		const value = input(root, scope);
		const target = to(root, scope);
		if (isNullish(value)) return onNull ? onNull(root, scope) : null;
		if (isNullish(target)) return null;
		const type = isNumeric(target) ? nameOfType(toNumber(target)) : target;
		if (typeof type !== "string") throw new StoreError("FailedToParse", "$convert's 'to' must be a string or number");
		try {
			return convertTo(value as Present, type);
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
	$toDecimal: shortForm("$toDecimal", "decimal"),
	$toString: shortForm("$toString", "string"),
	$toBool: shortForm("$toBool", "bool"),
	$toDate: shortForm("$toDate", "date"),
	$toObjectId: shortForm("$toObjectId", "objectId"),
};
