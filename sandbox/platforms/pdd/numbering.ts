import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/** Order numbers are a day and digits. An order has one line, known by its goods and SKU. */
export const numbering: Numbering = {
	orderId(seed, shopId, number) {
		const base = BigInt(100_000 + (hash(`${seed}:${shopId}`) % 900_000)) * 1_000_000_000n;
		return `260318-${base + BigInt(number) * 1_009n}`;
	},
	lineIds: (_orderId, lines) => lines.map(({ productId, platformSkuId }) => `${productId}:${platformSkuId}`),
	/** Only the two together find an after-sale: `pdd.refund.information.get` wants both. */
	aftersaleId: (seed, number, _type, orderId) => `${orderId}-${aftersaleBase(seed) + number * 7}`,
};

const aftersaleBase = (seed: string): number => 20_000_000_000 + (hash(seed) % 900_000) * 10_000;

/** The platform's own number of an after-sale, without its order's. */
export const ownNumber = (platformAftersaleId: string): string =>
	platformAftersaleId.slice(platformAftersaleId.lastIndexOf("-") + 1);
