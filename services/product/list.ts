import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Product, ProductModel } from "./product.model.ts";
import type { ProductStatus } from "./product.ts";

export interface ProductQuery extends PageQuery {
	platform?: string;
	shopId?: string;
	status?: ProductStatus;
	q?: string; // product or SKU numbers, merchant codes, barcodes, several at once
}

/** What came to the hub last first. */
export function listProducts({ q, limit, cursor, ...equal }: ProductQuery, scope: ShopScope): Promise<Page<Product>> {
	const conditions: object[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (q) conditions.push(anyOf(q, ["productNo", "outerCode", "skus.outerSku", "skus.platformSkuId", "skus.barcode"]));
	return pageByTime<Product>(ProductModel, conditions, { limit, ...(cursor && { cursor }) }, { by: "createdAt" });
}
