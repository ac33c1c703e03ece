import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/**
 * Orders are "P" and 18 digits, after-sales "R" and 13, products and SKUs 24 hexadecimal digits. A line has no number:
 * what an order has of one SKU is one line, known by the SKU.
 */
export const numbering: Numbering = {
	orderId(seed, shopId, number) {
		const base = 700_000_000_000_000_000n + BigInt(hash(`${seed}:${shopId}`) % 90_000) * 1_000_000_000_000n;
		return `P${base + BigInt(number) * 10_007n}`;
	},
	lineIds: (_orderId, lines) => lines.map(({ platformSkuId }) => platformSkuId),
	aftersaleId: (seed, number) => `R${6_000_000_000_000 + (hash(seed) % 90_000) * 10_000_000 + number * 17}`,
	productId: (catalogueId) => hexadecimal("687a004a", catalogueId),
	skuId: (catalogueId) => hexadecimal("687a004b", catalogueId),
};

function hexadecimal(start: string, digits: string): string {
	return start + BigInt(digits).toString(16).padStart(16, "0");
}
