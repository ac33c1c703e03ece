import { hubError } from "../../config/errors.ts";
import type { OrderLine, PlatformOrder } from "../order/order.ts";

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/**
 * Shares an amount over parts by weight, to the fen: what rounding leaves goes to the largest remainders. Without any
 * weight all of it is the first part's.
 */
export function share(amountFen: number, weights: readonly number[]): number[] {
	const total = BigInt(sum(weights));
	if (total === 0n) return weights.map((_, at) => (at === 0 ? amountFen : 0));
	const size = Math.abs(amountFen);
	const exact = weights.map((weight) => BigInt(size) * BigInt(weight));
	const parts = exact.map((each) => Number(each / total));
	const byRemainder = exact
		.map((each, at) => ({ at, remainder: each % total }))
		.sort((a, b) => (a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : a.at - b.at));
	for (const { at } of byRemainder.slice(0, size - sum(parts))) parts[at] = (parts[at] ?? 0) + 1;
	return amountFen < 0 ? parts.map((part) => (part ? -part : 0)) : parts;
}

/** What the goods cost before discounts. */
export const goodsFenOf = (lines: readonly OrderLine[]): number =>
	sum(lines.map(({ priceFen, quantity }) => priceFen * quantity));

/** The amounts of an order. What was taken off and the platform does not bear, the seller does. */
export function moneyOf(
	lines: readonly OrderLine[],
	{ freightFen, paidFen, discountPlatformFen }: Record<"freightFen" | "paidFen" | "discountPlatformFen", number>,
): PlatformOrder["money"] {
	const goodsFen = goodsFenOf(lines);
	return {
		goodsFen,
		freightFen,
		discountSellerFen: goodsFen + freightFen - paidFen - discountPlatformFen,
		discountPlatformFen,
		paidFen,
		receivableFen: paidFen + discountPlatformFen,
	};
}

/**
 * Lines and freight must make up what was paid. `leftOut`: lines that are still listed though the platform no longer
 * counts them in what was paid (closed before payment).
 * @throws PLATFORM_BAD_RECORD with the difference
 */
export function checkMoney(
	{ money: { paidFen, freightFen }, lines }: PlatformOrder,
	leftOut: readonly number[] = [],
): void {
	const all = sum(lines.map((line) => line.paidFen)) + freightFen;
	const counted = all - sum(leftOut.map((at) => lines[at]?.paidFen ?? 0));
	if (paidFen === all || paidFen === counted) return;
	const differenceFen = paidFen - all;
	throw hubError("PLATFORM_BAD_RECORD", `payment differs from lines and freight by ${differenceFen} fen`, {
		field: "payment",
		differenceFen,
	});
}
