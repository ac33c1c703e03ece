/** Amounts as documents carry them, text or number, reckoned in fen without floating point. Null for what is no amount. */

/** "19.90" or 19.9 -> 1990 */
export function fenIn(yuan: unknown): number | null {
	const parts = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(written(yuan));
	if (!parts) return null;
	const fen = Number(parts[2]) * 100 + Number((parts[3] ?? "").padEnd(2, "0"));
	return parts[1] && fen ? -fen : fen;
}

/** A price with up to six decimals times a whole quantity, rounded half up: "33.333333", 3 -> 10000 */
export function productFen(price: unknown, quantity: number): number | null {
	const parts = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(written(price));
	if (!parts || !Number.isSafeInteger(quantity) || quantity < 0) return null;
	const millionths = BigInt(`${parts[1]}${(parts[2] ?? "").padEnd(6, "0")}`);
	return Number((millionths * BigInt(quantity) + 5_000n) / 10_000n);
}

const written = (value: unknown): string => (typeof value === "number" || typeof value === "string" ? `${value}` : "");

/** Null as soon as one of them is. */
export const sumOf = (amounts: readonly (number | null)[]): number | null =>
	amounts.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0);
