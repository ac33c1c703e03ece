/**
 * The functions a mapping may use beside JSONata's own: `$yuan(order.money.paidFen)`. Pure. Given nothing they give
 * nothing, so that a missing field stays missing; given what makes no sense they throw, and the mapping fails.
 */
import { beijingDay, toBeijing } from "../beijing.ts";

type Missing = undefined | null;
type Instant = Date | string; // orders that crossed a process boundary carry ISO text

/** Name -> function; in a mapping the name has a `$` before it. */
export const helpers = {
	/** 1990 fen -> 19.9 */
	yuan: (fen: number | Missing): number | undefined => given(fen, (value) => whole(value) / 100),

	/** 1990 fen -> "19.90", for targets that want text */
	yuanText: (fen: number | Missing): string | undefined => given(fen, (value) => decimal(BigInt(whole(value)), 2, 2)),

	/**
	 * Price of one piece for targets that compute price × quantity: up to 6 decimals, so that the line's
	 * total, rounded half up, is right to the fen. 10000 fen, 3 pieces -> "33.333333"; 1990 fen, 2 pieces -> "9.95".
	 */
	pieceYuan: (totalFen: number | Missing, quantity: number | Missing): string | undefined =>
		given(totalFen, (total) => given(quantity, (pieces) => pieceYuan(whole(total), whole(pieces)))),

	/** Splits fen by weights, to the fen, what rounding leaves by largest remainder: 1000 over [1, 2] -> [333, 667] */
	share: (totalFen: number | Missing, weights: number | number[] | Missing): number[] | undefined =>
		given(totalFen, (total) => given(weights, (parts) => share(whole(total), [parts].flat().map(whole)))),

	/** Half away from zero on the decimal figure as written, unlike `$round`: 1.005, 2 -> 1.01; 2.5 -> 3 */
	halfUp: (value: number | Missing, digits = 0): number | undefined =>
		given(value, (number) => Number(rounded(number, digits))),

	/** As `$halfUp`, as text with all its digits: 19.9, 2 -> "19.90" */
	fixed: (value: number | Missing, digits = 0): string | undefined => given(value, (number) => rounded(number, digits)),

	/** Instant -> Beijing date, "2026-01-02" */
	day: (at: Instant | Missing): string | undefined => given(at, (value) => beijingDay(instant(value))),

	/** Instant -> ISO time with Beijing's offset, "2026-01-02T03:04:05+08:00" */
	iso: (at: Instant | Missing): string | undefined =>
		given(at, (value) => `${toBeijing(instant(value)).replace(" ", "T")}+08:00`),

	/** Instant -> Beijing time, "2026-01-02 03:04:05" */
	time: (at: Instant | Missing): string | undefined => given(at, (value) => toBeijing(instant(value))),
};

function given<T, R>(value: T | Missing, then: (value: T) => R): R | undefined {
	return value === undefined || value === null ? undefined : then(value);
}

function whole(value: number): number {
	if (!Number.isSafeInteger(value)) throw new TypeError(`a whole number is needed, not ${value}`);
	return value;
}

function instant(value: Instant): Date {
	const at = new Date(value);
	if (Number.isNaN(at.getTime())) throw new TypeError(`a time is needed, not ${value}`);
	return at;
}

function pieceYuan(totalFen: number, pieces: number): string {
	if (totalFen < 0 || pieces < 1) throw new RangeError(`${totalFen} fen for ${pieces} pieces is no price`);
	const perFen = 10_000n; // prices are counted in millionths of a yuan
	const price = divided(BigInt(totalFen) * perFen, BigInt(pieces));
	if (divided(price * BigInt(pieces), perFen) === BigInt(totalFen)) return decimal(price, 6, 2);
	throw new RangeError(`6 decimals are too few to split ${totalFen} fen over ${pieces} pieces`);
}

function share(totalFen: number, weights: readonly number[]): number[] {
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	if (totalFen < 0 || all < 1) throw new RangeError(`${totalFen} fen cannot be shared by ${weights.join(", ")}`);
	const exact = weights.map((weight) => BigInt(totalFen) * BigInt(weight));
	const shares = exact.map((part) => Number(part / BigInt(all)));
	const left = totalFen - shares.reduce((sum, part) => sum + part, 0);
	const byRemainder = exact
		.map((part, at) => ({ at, remainder: Number(part % BigInt(all)) }))
		.sort((a, b) => b.remainder - a.remainder || a.at - b.at);
	for (const { at } of byRemainder.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
	return shares;
}

/** Half up; neither is negative. */
const divided = (dividend: bigint, divisor: bigint): bigint => (dividend * 2n + divisor) / (divisor * 2n);

/** 1990n, 2 -> "19.90": zeros at the end are dropped down to `atLeast` decimals. */
function decimal(units: bigint, decimals: number, atLeast: number): string {
	const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
	const fraction = decimals === 0 ? "" : digits.slice(-decimals);
	const kept = fraction.slice(0, atLeast) + fraction.slice(atLeast).replace(/0+$/, "");
	return `${units < 0n ? "-" : ""}${digits.slice(0, digits.length - decimals)}${kept ? `.${kept}` : ""}`;
}

function rounded(value: number, digits: number): string {
	if (!Number.isFinite(value)) throw new TypeError(`a number is needed, not ${value}`);
	if (!Number.isInteger(digits) || digits < 0 || digits > 12) throw new RangeError(`digits: 0 to 12, not ${digits}`);
	const [mantissa = "", exponent = "0"] = Math.abs(value).toString().split("e");
	const [integer = "", fraction = ""] = mantissa.split(".");
	const written = BigInt(integer + fraction); // value = written × 10^power
	const power = Number(exponent) - fraction.length + digits;
	const units = power >= 0 ? written * 10n ** BigInt(power) : divided(written, 10n ** BigInt(-power));
	return decimal(value < 0 ? -units : units, digits, digits);
}
