import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/**
 * Orders have 19 digits, beyond 2^53; lines have no number of their own: product and SKU tell them apart, and the same
 * goods are never in two lines.
 */
export const numbering: Numbering = {
	orderId(seed, shopId, number) {
		const base = 3_700_000_000_000_000_000n + BigInt(hash(`${seed}:${shopId}`) % 90_000) * 1_000_000_000_000n;
		return String(base + BigInt(number) * 1_000_081n);
	},
	lineIds: (_orderId, lines) => lines.map(({ productId, platformSkuId }) => `${productId}:${platformSkuId}`),
	aftersaleId(seed, number) {
		return String(2_000_000_000_000_000n + BigInt(hash(seed) % 90_000) * 1_000_000_000n + BigInt(number) * 7n);
	},
	productId: (catalogueId) => `10000${catalogueId.slice(-9)}`,
	skuId: (catalogueId) => `18${catalogueId.slice(-8)}`,
};
