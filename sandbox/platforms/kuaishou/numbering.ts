import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/**
 * Numbers are int64. Those of orders and after-sales have 19 digits here, beyond 2^53 as the ones of goods are, too: a
 * client that reads them as floating point gets numbers nobody knows. An order is one SKU: it is its own only line.
 */
export const numbering: Numbering = {
	orderId(seed, shopId, number) {
		const base = 2_600_000_000_000_000_000n + BigInt(hash(`${seed}:${shopId}`) % 300_000) * 1_000_000_000_000n;
		return String(base + BigInt(number) * 1_000_037n);
	},
	lineIds: (orderId, lines) => lines.map(() => orderId),
	aftersaleId(seed, number) {
		const base = 3_100_000_000_000_000_000n + BigInt(hash(seed) % 300_000) * 1_000_000_000_000n;
		return String(base + BigInt(number) * 1_000_039n);
	},
	productId: (catalogueId) => String(11_000_000_000_000_001n + BigInt(catalogueId) * 2n),
	skuId: (catalogueId) => String(21_000_000_000_000_001n + BigInt(catalogueId) * 2n),
};
