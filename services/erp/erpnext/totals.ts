/**
 * ERPNext computes every amount by itself, so what it came to is compared with ours, which the mapping gives in
 * `custom_hub_total`. A document without it cannot be told to be wrong.
 */
type Fields = Readonly<Record<string, unknown>>;

export function totalAgrees({ custom_hub_total: ours }: Fields, theirsFen: number | null): boolean {
	return ours === undefined || fenOf(ours) === theirsFen;
}

export const totalDiffers = (name: string, { custom_hub_total: ours }: Fields): string =>
	`TOTAL_DIFFERS: ${name} does not come to ${ours}`;

/** Fen of an amount as ERPNext gives it (19.9) or as our documents carry it ("19.90"); null for what is no amount. */
export function fenOf(amount: unknown): number | null {
	if (typeof amount !== "number" && (typeof amount !== "string" || amount.trim() === "")) return null;
	const fen = Math.round(Number(amount) * 100); // Frappe keeps two decimals: no half is near
	return Number.isSafeInteger(fen) ? fen : null;
}
