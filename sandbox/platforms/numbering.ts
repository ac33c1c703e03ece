import type { AftersaleType } from "./market-order.ts";

/** How a platform numbers things. The same seed and number always give the same id. */
export interface Numbering {
	orderId(seed: string, shopId: string, number: number): string;
	/** One for each line. Where a platform knows lines by their SKU, two lines of one SKU get one id: no order has them. */
	lineIds(orderId: string, lines: readonly { productId: string; platformSkuId: string }[]): string[];
	aftersaleId(seed: string, number: number, type: AftersaleType, orderId: string): string;
	/** The platform's own shape of a product's number (19 digits, hex …), from the catalogue's; absent: as it is. */
	productId?(catalogueId: string): string;
	/** The same for a SKU's number. */
	skuId?(catalogueId: string): string;
}
