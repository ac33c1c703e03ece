import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import {
	epochMs,
	optionalInteger,
	part,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
	wholeFen,
} from "../record.ts";

/** The newest stamp of the product and its SKUs: a price or a stock moves the SKU's alone. */
export function productModifiedAt(raw: RawRecord): Date {
	const stamps = [part(raw, "itemInfo"), ...rows(raw, "skuInfos")].map((each) => epochMs(each, "updateTime").getTime());
	return new Date(Math.max(...stamps));
}

/** A product as `product.getItemInfo` tells it, in our words. It has no state of its own: it sells while a SKU does. */
export function readProduct(shopId: string, raw: RawRecord): PlatformProduct {
	const item = part(raw, "itemInfo");
	const skus = rows(raw, "skuInfos").map(readSku);
	const onSale = skus.some((sku) => sku.onSale);
	return {
		platform: "xiaohongshu",
		shopId,
		productNo: requiredText(item, "id"),
		outerCode: text(item, "articleNo"),
		title: text(item, "name"),
		imageUrl: texts(item, "images")[0] ?? "",
		status: onSale ? "ON_SALE" : "OFF_SALE",
		rawStatus: onSale ? "buyable" : "not buyable",
		modifiedAt: productModifiedAt(raw),
		skus,
	};
}

const readSku = (row: RawRecord): PlatformSku => ({
	platformSkuId: requiredText(row, "id"),
	outerSku: text(row, "erpCode"),
	spec: rows(row, "variants")
		.map((variant) => `${text(variant, "name")}:${text(variant, "value")}`)
		.join(";"),
	barcode: text(row, "barcode"),
	imageUrl: text(row, "specImage"),
	priceFen: wholeFen(row, "price"),
	stock: optionalInteger(row, "stock") ?? 0,
	onSale: row.buyable === true,
});
