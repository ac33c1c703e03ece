import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/**
 * Orders have twelve digits, SKUs twelve, wares eleven. An order's lines have no numbers: the SKU's stands for them.
 * "R": an application for a refund before shipping; "S": a service order. 京东 numbers the two apart, without a letter.
 */
export const numbering: Numbering = {
	orderId: (seed, shopId, number) =>
		String(300_000_000_000n + BigInt(hash(`${seed}:${shopId}`) % 900) * 100_000_000n + BigInt(number) * 37n),
	lineIds: (_orderId, lines) => lines.map(({ platformSkuId }) => platformSkuId),
	aftersaleId: (seed, number, type) =>
		type === "REFUND_BEFORE_SHIP"
			? `R${9_000_000 + (hash(seed) % 900) * 100_000 + number}`
			: `S${7_000_000_000 + (hash(seed) % 900) * 1_000_000 + number}`,
	productId: (catalogueId) => String(10_000_000_000n + (BigInt(catalogueId) % 1_000_000_000n)),
	skuId: (catalogueId) => String(100_000_000_000n + (BigInt(catalogueId) % 1_000_000_000n)),
};
