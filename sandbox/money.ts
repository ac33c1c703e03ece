/** Money of the simulators: integer fen inside, yuan text with two decimals on the wire. No floating point in between. */

/** 1990 -> "19.90". */
export function yuan(fen: number): string {
	const digits = String(Math.abs(fen)).padStart(3, "0");
	return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "19.9" -> 1990; null when the text is no amount of zero or more with at most two decimals. */
export function fenOf(text: string): number | null {
	const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
	return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : null;
}

/**
 * Unit price times quantity in fen, half up: ("33.333333", 3) -> 10000.
 * Null when the price has more than six decimals or is no number of zero or more.
 */
export function lineTotalFen(unitPrice: string, quantity: number): number | null {
	const parts = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(unitPrice);
	if (!parts) return null;
	const micro = BigInt(`${parts[1]}${(parts[2] ?? "").padEnd(6, "0")}`);
	return Number((micro * BigInt(quantity) + 5000n) / 10000n);
}

/** Splits an amount by weights exactly to the fen: what rounding leaves goes to the largest remainders. */
export function split(totalFen: number, weights: number[]): number[] {
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	if (whole === 0) return weights.map((_, at) => (at === 0 ? totalFen : 0));
	const shares = weights.map((weight) => Math.floor((totalFen * weight) / whole));
	const left = totalFen - shares.reduce((sum, share) => sum + share, 0);
	const byRemainder = weights
		.map((weight, at) => ({ at, remainder: (totalFen * weight) % whole }))
		.sort((a, b) => b.remainder - a.remainder || a.at - b.at);
	for (const { at } of byRemainder.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
	return shares;
}
