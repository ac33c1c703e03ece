/**
 * Numbers across BSON's number types. The result of arithmetic takes the stronger type of its operands
 * (int < long < double); an int that overflows becomes a long, a long becomes a double.
 * Source: MongoDB manual, arithmetic expressions; server, SafeNum and Value::getWidestNumeric.
 */
import { badValue } from "../errors.ts";
import { compareDecimals, exactDecimal, powerOf10 } from "./decimal.ts";
import { DECIMAL, DOUBLE, INT, LONG, numericType } from "./types.ts";
import { Decimal128, Double, double, type Numeric } from "./values.ts";

const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

export const fitsLong = (value: bigint): boolean => value >= MIN_LONG && value <= MAX_LONG;

/** An int64, or a double when it does not fit. */
export const longOrDouble = (value: bigint): Numeric => (fitsLong(value) ? value : double(Number(value)));

/** An int32, or an int64 when it does not fit, or a double. */
export function integer(value: bigint): Numeric {
	const narrow = BigInt.asIntN(32, value);
	return narrow === value ? Number(narrow) : longOrDouble(value);
}

/** The value as a JavaScript number, the nearest one where it is not exact. */
export function toNumber(value: Numeric): number {
	if (typeof value === "number") return value;
	if (value instanceof Double) return value.value;
	return Number(value instanceof Decimal128 ? value.toString() : value);
}

export const isNaNValue = (value: Numeric): boolean => typeof value !== "bigint" && Number.isNaN(toNumber(value));

/** The exact integer a number stands for, or undefined when it has a fraction, is not finite or exceeds 64 bits. */
export function toInteger(value: Numeric): bigint | undefined {
	if (typeof value === "bigint") return value;
	const truncated = truncate(value);
	if (truncated === undefined || compareNumbers(truncated, value) !== 0) return undefined;
	return truncated;
}

/** The integer part, rounded towards zero; undefined when not finite or beyond 64 bits. */
export function truncate(value: Numeric): bigint | undefined {
	if (typeof value === "bigint") return value;
	if (value instanceof Decimal128) {
		const exact = exactDecimal(value);
		if (typeof exact === "number") return undefined;
		const { coefficient, exponent } = exact;
		const whole = exponent >= 0 ? coefficient * powerOf10(exponent) : coefficient / powerOf10(-exponent);
		return fitsLong(whole) ? whole : undefined;
	}
	const number = toNumber(value);
	if (!Number.isFinite(number)) return undefined;
	const whole = BigInt(Math.trunc(number));
	return fitsLong(whole) ? whole : undefined;
}

/** Order by exact value across all types: -1, 0, 1. NaN comes first and equals itself. */
export function compareNumbers(a: Numeric, b: Numeric): number {
	const x = a instanceof Double ? a.value : a;
	const y = b instanceof Double ? b.value : b;
	if (typeof x === "object" || typeof y === "object") return compareDecimals(exactDecimal(x), exactDecimal(y));
	if (x < y) return -1;
	if (x > y) return 1;
	if (x <= y) return 0; // not ===: a bigint and a number may have the same value
	return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

/** Of int < long < double. Throws BadValue for decimals, which are stored and compared, but not calculated with. */
export function strongerType(a: Numeric, b: Numeric): number {
	const x = numericType(a);
	const y = numericType(b);
	if (x === DECIMAL || y === DECIMAL) throw badValue("decimal arithmetic is not supported by the embedded store");
	if (x === DOUBLE || y === DOUBLE) return DOUBLE;
	return x === LONG || y === LONG ? LONG : INT;
}

/** One operation of arithmetic on each kind of number. */
interface Operation {
	integers: (a: bigint, b: bigint) => bigint;
	doubles: (a: number, b: number) => number;
}

const ADDITION: Operation = { integers: (a, b) => a + b, doubles: (a, b) => a + b };
const SUBTRACTION: Operation = { integers: (a, b) => a - b, doubles: (a, b) => a - b };
const MULTIPLICATION: Operation = { integers: (a, b) => a * b, doubles: (a, b) => a * b };

function calculate({ integers, doubles }: Operation, a: Numeric, b: Numeric): Numeric {
	switch (strongerType(a, b)) {
		case DOUBLE:
			return double(doubles(toNumber(a), toNumber(b)));
		case LONG:
			return longOrDouble(integers(bigintOf(a), bigintOf(b)));
		default:
			return integer(integers(bigintOf(a), bigintOf(b)));
	}
}

const bigintOf = (integral: Numeric): bigint => (typeof integral === "bigint" ? integral : BigInt(toNumber(integral)));

export const add = (a: Numeric, b: Numeric): Numeric => calculate(ADDITION, a, b);

export const subtract = (a: Numeric, b: Numeric): Numeric => calculate(SUBTRACTION, a, b);

export const multiply = (a: Numeric, b: Numeric): Numeric => calculate(MULTIPLICATION, a, b);

/** Always a double. The caller has refused a zero divisor. */
export function divide(a: Numeric, b: Numeric): Numeric {
	strongerType(a, b);
	return double(toNumber(a) / toNumber(b));
}
