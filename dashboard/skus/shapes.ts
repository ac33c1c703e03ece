/** What the gateway answers of SKUs, as far as these pages read it. Times are ISO texts. */
export interface LinkPart {
	erpSku: string;
	quantity: number; // in one piece of the platform's SKU
}

/** A platform's SKU that is to be linked, with what people know it by. */
export interface Target {
	platform: string;
	shopId: string;
	platformSkuId: string;
	outerSku: string;
	title: string;
	spec: string;
}

export interface Unmatched extends Target {
	imageUrl: string;
	orders: number;
	oldestAt: string;
	suggestions: LinkPart[][];
}

export interface SkuLink extends Omit<Target, "title" | "spec"> {
	_id: string;
	parts: LinkPart[];
	source: "manual" | "auto";
	effectiveFrom: string | null;
	earlier: { parts: LinkPart[]; effectiveFrom: string | null }[];
	by: string;
	updatedAt: string;
}

export interface ErpSku {
	_id: string;
	name: string;
	unit: string;
	barcode: string;
	status: "ACTIVE" | "DISABLED";
	updatedAt: string;
}

export interface PlatformSku {
	platformSkuId: string;
	outerSku: string;
	spec: string;
	barcode: string;
	imageUrl: string;
	priceFen: number;
	stock: number;
	onSale: boolean;
}

export interface Product {
	_id: string;
	platform: string;
	shopId: string;
	productNo: string;
	outerCode: string;
	title: string;
	imageUrl: string;
	status: "ON_SALE" | "OFF_SALE" | "DELETED";
	updatedAt: string;
	skus: PlatformSku[];
}

/** What follows from a new link, page by page on the server. */
export interface SkuJob {
	id: string;
	linked: number;
	released: number;
	done: boolean;
}

export const keyOf = ({ platform, shopId, platformSkuId, outerSku }: Omit<Target, "title" | "spec">): string =>
	`${platform}:${shopId}:${platformSkuId ? `sku:${platformSkuId}` : `code:${outerSku.trim()}`}`;

/** "CUP ×2 + LID". */
export const partsText = (parts: readonly LinkPart[]): string =>
	parts.map(({ erpSku, quantity }) => (quantity === 1 ? erpSku : `${erpSku} ×${quantity}`)).join(" + ");
