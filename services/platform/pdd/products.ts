import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import type { Documents } from "../adapter.ts";
import { optionalInteger, type RawRecord, requiredText, rows, text, wholeFen } from "../record.ts";
import type { Steps } from "../steps.ts";
import { wholeListRules } from "../whole-list.ts";
import { reads } from "./call.ts";
import { numberedList } from "./list.ts";
import { goodsStatus } from "./statuses.ts";

/** All products of the shop, read whole each time: the list knows no time, and tells no prices. */
const all = numberedList({
	name: "all",
	rules: wholeListRules(100, 1_000_000), // no window to cut in two
	method: "pdd.goods.list.get",
	params: () => ({}),
	field: "goods_list",
	listed: (row) => ({ id: requiredText(row, "goods_id"), modifiedAt: null }),
	useHasNext: false,
});

const getProduct = (goodsId: string): Steps<RawRecord> =>
	reads({ method: "pdd.goods.detail.get", params: { goods_id: goodsId }, read: (payload) => payload });

/** The platform does not say when a product changed. */
const untold = new Date(0);

/** Prices are fen here. */
function readProduct(shopId: string, raw: RawRecord): PlatformProduct {
	const rawStatus = requiredText(raw, "status");
	return {
		platform: "pdd",
		shopId,
		productNo: requiredText(raw, "goods_id"),
		outerCode: text(raw, "outer_goods_id"),
		title: text(raw, "goods_name"),
		imageUrl: text(raw, "image_url"),
		status: goodsStatus(rawStatus),
		rawStatus,
		modifiedAt: untold,
		skus: rows(raw, "sku_list").map(toSku),
	};
}

function toSku(row: RawRecord): PlatformSku {
	const spec = rows(row, "spec").map((each) => `${text(each, "parent_name")}:${text(each, "spec_name")}`);
	return {
		platformSkuId: requiredText(row, "sku_id"),
		outerSku: text(row, "out_sku_sn"),
		spec: spec.join(";"),
		barcode: "",
		imageUrl: text(row, "thumb_url"),
		priceFen: wholeFen(row, "multi_price"), // in a group, which is how most is bought; alone it costs more
		stock: optionalInteger(row, "quantity") ?? 0,
		onSale: text(row, "is_onsale") === "1",
	};
}

export const products: Documents<PlatformProduct> = {
	lists: [all],
	get: getProduct,
	modifiedAt: () => untold,
	read: readProduct,
};
