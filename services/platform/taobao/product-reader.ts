import type { PlatformProduct, PlatformSku, ProductStatus } from "../../product/product.ts";
import { fen, optionalInteger, type RawRecord, requiredText, text, time, wrappedList } from "../record.ts";
import { lookUp } from "../table.ts";

/** `approve_status`. What was deleted is not answered any more. Source: taobao.item.seller.get. */
const statuses: Readonly<Record<string, ProductStatus>> = { onsale: "ON_SALE", instock: "OFF_SALE" };

/** @throws PLATFORM_UNKNOWN_STATUS; PLATFORM_BAD_RECORD */
export function readProduct(shopId: string, item: RawRecord): PlatformProduct {
	const rawStatus = requiredText(item, "approve_status");
	const status = lookUp(statuses, "approve_status", rawStatus);
	const skus = wrappedList(item, "skus", "sku").map((sku) => readSku(sku, item, status));
	return {
		platform: "taobao",
		shopId,
		productNo: requiredText(item, "num_iid"),
		outerCode: text(item, "outer_id"),
		title: text(item, "title"),
		imageUrl: text(item, "pic_url"),
		status,
		rawStatus,
		modifiedAt: time(item, "modified"),
		skus: skus.length ? skus : [onlySku(item, status)],
	};
}

function readSku(sku: RawRecord, item: RawRecord, status: ProductStatus): PlatformSku {
	return {
		platformSkuId: requiredText(sku, "sku_id"),
		outerSku: text(sku, "outer_id"),
		spec: specOf(text(sku, "properties_name")),
		barcode: text(sku, "barcode"),
		imageUrl: text(item, "pic_url"), // SKUs have none of their own here
		priceFen: fen(sku, "price"),
		stock: optionalInteger(sku, "quantity") ?? 0,
		onSale: status === "ON_SALE" && text(sku, "status") !== "delete",
	};
}

/** A product without SKUs carries price, stock and code itself. */
const onlySku = (item: RawRecord, status: ProductStatus): PlatformSku => ({
	platformSkuId: "",
	outerSku: text(item, "outer_id"),
	spec: "",
	barcode: text(item, "barcode"),
	imageUrl: text(item, "pic_url"),
	priceFen: fen(item, "price"),
	stock: optionalInteger(item, "num") ?? 0,
	onSale: status === "ON_SALE",
});

/** "1627207:28341:颜色:黑色;122216343:500:容量:500ml" -> "颜色:黑色;容量:500ml" */
const specOf = (propertiesName: string): string =>
	propertiesName
		.split(";")
		.map((property) => property.split(":").slice(2).join(":"))
		.filter(Boolean)
		.join(";");
