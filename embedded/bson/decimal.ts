/** Numbers of any type as exact decimals on bigints: what comparing and indexing need. */
import { Decimal128, Double, type Numeric } from "./values.ts";

/** A finite number: coefficient * 10^exponent. */
export interface Decimal {
	coefficient: bigint;
	exponent: number;
}

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

function parseDecimal(text: string): Decimal | number {
	const [, sign, whole = "", fraction = "", exponent = "0"] =
		/^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text) ?? [];
	if (whole === "") return Number(text); // NaN, Infinity or -Infinity
	const coefficient = BigInt(whole + fraction);
	return { coefficient: sign === "-" ? -coefficient : coefficient, exponent: Number(exponent) - fraction.length };
}

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
