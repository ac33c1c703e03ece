/** A product as the platform sells it. Amounts are integer fen; ids are strings. */

export const productStatuses = ["ON_SALE", "OFF_SALE", "DELETED"] as const;
export type ProductStatus = (typeof productStatuses)[number];

export interface PlatformSku {
	platformSkuId: string; // "" for the one SKU of a product without SKUs
	outerSku: string; // the merchant code; "" when there is none
	spec: string; // "颜色:黑色;尺码:XL"
	barcode: string;
	imageUrl: string;
	priceFen: number;
	stock: number; // what can be sold now
	onSale: boolean;
}

/** What the adapters make and `product.save` takes. */
export interface PlatformProduct {
	platform: string;
	shopId: string;
	productNo: string; // the platform's own number
	outerCode: string; // the merchant's code of the product; "" when there is none
	title: string;
	imageUrl: string;
	status: ProductStatus;
	rawStatus: string;
	modifiedAt: Date; // the platform's clock; the time of the reading where the platform tells none
	skus: PlatformSku[];
}

export const productId = (platform: string, shopId: string, productNo: string): string =>
	`${platform}:${shopId}:${productNo}`;
