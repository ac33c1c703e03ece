/** Exact decimal arithmetic on bigints: what comparing and adding Decimal128 needs. */
import { Decimal128, Double, type Numeric } from "./values.ts";

/** A finite number: coefficient * 10^exponent. */
export interface Decimal {
	coefficient: bigint;
	exponent: number;
}

/** Decimal128 holds 34 digits and exponents from -6176 to 6111. Source: IEEE 754-2008, BSON Decimal128 specification. */
const DIGITS = 34;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;

const POWERS: bigint[] = Array.from({ length: 80 }, (_, n) => 10n ** BigInt(n));
export const powerOf10 = (n: number): bigint => POWERS[n] ?? 10n ** BigInt(n);

/** The exact value of a number, or the JavaScript number NaN, Infinity or -Infinity. */
export function exactDecimal(value: Numeric): Decimal | number {
	if (typeof value === "bigint") return { coefficient: value, exponent: 0 };
	if (value instanceof Decimal128) return parseDecimal(value.toString());
	const number = value instanceof Double ? value.value : value;
	if (!Number.isFinite(number)) return number;
	return Number.isInteger(number) ? { coefficient: BigInt(number), exponent: 0 } : exactFraction(number);
}

/** A double that is not integral is m / 2^k, which is m * 5^k / 10^k exactly. */
function exactFraction(number: number): Decimal {
	let scaled = number;
	let halvings = 0;
	while (!Number.isInteger(scaled)) {
		scaled *= 2;
		halvings++;
	}
	return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

/** Reads decimal text, exponent included; NaN and infinities become JavaScript's. Undefined when it is no number. */
export function readDecimal(text: string): Decimal | number | undefined {
	const match = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/.exec(text);
	if (match) {
		const [, sign, whole = "", fraction = "", bareFraction = "", exponent = "0"] = match;
		const decimals = fraction + bareFraction;
		const coefficient = BigInt(whole + decimals);
		return { coefficient: sign === "-" ? -coefficient : coefficient, exponent: Number(exponent) - decimals.length };
	}
	if (/^[+-]?nan$/i.test(text)) return Number.NaN;
	const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
	return infinity ? (infinity[1] === "-" ? -Infinity : Infinity) : undefined;
}

const parseDecimal = (text: string): Decimal | number => readDecimal(text) ?? Number.NaN;

/** Order of exact values: -1, 0, 1. NaN comes before every number and equals itself. */
export function compareDecimals(a: Decimal | number, b: Decimal | number): number {
	if (typeof a === "number" || typeof b === "number") return Math.sign(rank(a) - rank(b));
	const signs = signOf(a.coefficient) - signOf(b.coefficient);
	if (signs !== 0 || a.coefficient === 0n) return Math.sign(signs);
	const exponent = Math.min(a.exponent, b.exponent);
	const x = a.coefficient * powerOf10(a.exponent - exponent);
	const y = b.coefficient * powerOf10(b.exponent - exponent);
	return x < y ? -1 : x > y ? 1 : 0;
}

const signOf = (n: bigint): number => (n < 0n ? -1 : n > 0n ? 1 : 0);

function rank(value: Decimal | number): number {
	if (typeof value !== "number") return 0;
	return Number.isNaN(value) ? -2 : value < 0 ? -1 : 1;
}

/** The nearest Decimal128: rounded half to even to 34 digits, too large becomes infinite, too small becomes 0. */
export function toDecimal128(value: Decimal | number): Decimal128 {
	if (typeof value === "number") {
		return Decimal128.fromString(Number.isNaN(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity");
	}
	const sign = value.coefficient < 0n ? "-" : "";
	let { coefficient, exponent } = value;
	if (coefficient < 0n) coefficient = -coefficient;
	const excess = Math.max(coefficient.toString().length - DIGITS, MIN_EXPONENT - exponent);
	if (excess > 0) {
		coefficient = divideHalfEven(coefficient, powerOf10(Math.min(excess, 7000)));
		exponent += excess;
		if (coefficient.toString().length > DIGITS) {
			coefficient /= 10n;
			exponent++;
		}
	}
	if (coefficient === 0n) exponent = Math.min(exponent, MAX_EXPONENT);
	const padding = exponent - MAX_EXPONENT;
	if (padding > 0) {
		if (coefficient.toString().length + padding > DIGITS) return Decimal128.fromString(`${sign}Infinity`);
		coefficient *= powerOf10(padding);
		exponent = MAX_EXPONENT;
	}
	return Decimal128.fromString(`${sign}${coefficient}E${exponent}`);
}

/** a / b for b > 0, ties to the even neighbour. */
export function divideHalfEven(a: bigint, b: bigint): bigint {
	const negative = a < 0n;
	const size = negative ? -a : a;
	let quotient = size / b;
	const twice = (size % b) * 2n;
	if (twice > b || (twice === b && quotient % 2n === 1n)) quotient++;
	return negative ? -quotient : quotient;
}
