/**
 * Numbers across BSON's four number types. The result of arithmetic takes the stronger type of its operands
 * (int < long < double < decimal); an int that overflows becomes a long, a long becomes a double.
 * Source: MongoDB manual, arithmetic expressions; server, SafeNum and Value::getWidestNumeric.
 */
import { compareDecimals, type Decimal, exactDecimal, powerOf10, readDecimal, toDecimal128 } from "./decimal.ts";
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
		if (typeof exact === "number" || exact.exponent > 40) {
			return typeof exact !== "number" && exact.coefficient === 0n ? 0n : undefined;
		}
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

/** A double becomes the decimal of its 15 significant digits, as MongoDB converts: 0.1 is 0.1. */
export function decimalOf(value: Numeric): Decimal | number {
	if (numericType(value) !== DOUBLE) return exactDecimal(value);
	const number = toNumber(value);
	return Number.isFinite(number) ? (readDecimal(number.toPrecision(15)) ?? Number.NaN) : number;
}

export function strongerType(a: Numeric, b: Numeric): number {
	const x = numericType(a);
	const y = numericType(b);
	for (const type of [DECIMAL, DOUBLE, LONG]) if (x === type || y === type) return type;
	return INT;
}

/** One operation of arithmetic on each kind of number. */
interface Operation {
	integers: (a: bigint, b: bigint) => bigint;
	/** Also what decimals do with NaN and infinities. */
	doubles: (a: number, b: number) => number;
	decimals: (a: Decimal, b: Decimal) => Decimal;
}

const ADDITION: Operation = { integers: (a, b) => a + b, doubles: (a, b) => a + b, decimals: addDecimals };

const SUBTRACTION: Operation = {
	integers: (a, b) => a - b,
	doubles: (a, b) => a - b,
	decimals: (a, b) => addDecimals(a, { coefficient: -b.coefficient, exponent: b.exponent }),
};

const MULTIPLICATION: Operation = {
	integers: (a, b) => a * b,
	doubles: (a, b) => a * b,
	decimals: (a, b) => ({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent }),
};

function calculate({ integers, doubles, decimals }: Operation, a: Numeric, b: Numeric): Numeric {
	switch (strongerType(a, b)) {
		case DECIMAL:
			return onDecimals(a, b, decimals, doubles);
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

/** Always a double, or a decimal when one operand is. The caller has refused a zero divisor. */
export const divide = (a: Numeric, b: Numeric): Numeric =>
	strongerType(a, b) === DECIMAL
		? onDecimals(a, b, divideDecimals, (x, y) => x / y)
		: double(toNumber(a) / toNumber(b));

function onDecimals(a: Numeric, b: Numeric, exact: Operation["decimals"], special: Operation["doubles"]): Decimal128 {
	const x = decimalOf(a);
	const y = decimalOf(b);
	if (typeof x === "number" || typeof y === "number") return toDecimal128(special(toNumber(a), toNumber(b)));
	return toDecimal128(exact(x, y));
}

function addDecimals(x: Decimal, y: Decimal): Decimal {
	const exponent = Math.min(x.exponent, y.exponent);
	return {
		coefficient: x.coefficient * powerOf10(x.exponent - exponent) + y.coefficient * powerOf10(y.exponent - exponent),
		exponent,
	};
}

/** More digits than Decimal128 keeps, then trailing zeros dropped down to the natural exponent of the quotient. */
function divideDecimals(x: Decimal, y: Decimal): Decimal {
	if (x.coefficient === 0n) return { coefficient: 0n, exponent: x.exponent - y.exponent };
	const extra = 40 + Math.max(0, y.coefficient.toString().length - x.coefficient.toString().length);
	let coefficient = (x.coefficient * powerOf10(extra)) / y.coefficient;
	let exponent = x.exponent - y.exponent - extra;
	while (coefficient % 10n === 0n && exponent < x.exponent - y.exponent) {
		coefficient /= 10n;
		exponent++;
	}
	return { coefficient, exponent };
}
