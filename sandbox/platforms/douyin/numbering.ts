import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/** All numbers have 19 digits, beyond 2^53: a client that reads them as floating point gets numbers nobody knows. */
export const numbering: Numbering = {
	orderId(seed, shopId, number) {
		const base = 6_900_000_000_000_000_000n + BigInt(hash(`${seed}:${shopId}`) % 90_000) * 1_000_000_000_000n;
		return String(base + BigInt(number) * 1_000_037n);
	},
	lineIds: (orderId, lines) => lines.map((_, at) => String(BigInt(orderId) + BigInt(at + 1))),
	aftersaleId(seed, number) {
		const base = 7_000_000_000_000_000_000n + BigInt(hash(seed) % 90_000) * 1_000_000_000_000n;
		return String(base + BigInt(number) * 10_007n);
	},
	productId: (catalogueId) => String(3_400_000_000_000_000_000n + BigInt(catalogueId)),
	skuId: (catalogueId) => String(1_700_000_000_000_000_000n + BigInt(catalogueId)),
};
