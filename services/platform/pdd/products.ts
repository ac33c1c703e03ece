import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import { type Documents, untimed } from "../adapter.ts";
import { epochMs, optionalInteger, type RawRecord, requiredText, rows, text, wholeFen } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { numberedList } from "./list.ts";
import { shopRequest } from "./request.ts";
import { goodsStatus } from "./statuses.ts";

const detailMethod = "pdd.goods.detail.get";

/** All products of the shop, read whole each time: the list knows no time, and tells no prices. */
const all = numberedList({
	name: "all",
	rules: {
		windowMs: untimed,
		lagMs: 0,
		overlapMs: 0,
		pageSize: 100,
		historyMs: untimed,
		mostRows: 1_000_000, // no window to cut in two
		rereadOpenMs: null,
	},
	method: "pdd.goods.list.get",
	params: () => ({}),
	field: "goods_list",
	listed: (row) => ({ id: requiredText(row, "goods_id"), modifiedAt: null }),
	useHasNext: false,
});

const dayMs = 24 * 3_600_000;

/**
 * The product, and the day it was read: the platform does not say when it changed. No more than the day, since each
 * reading with another stamp would be kept as another version.
 */
const getProduct = (goodsId: string): Steps<RawRecord> =>
	ask({
		method: detailMethod,
		repeatable: true,
		request: (shop, now) => shopRequest(shop, detailMethod, { goods_id: goodsId }, now),
		read: (answer) => ({
			...payloadOf(detailMethod, answer),
			read_on_ms: Math.floor(answer.at.getTime() / dayMs) * dayMs,
		}),
	});

const readOn = (raw: RawRecord): Date => epochMs(raw, "read_on_ms");

/** Prices are fen here. */
function toProduct(shopId: string, raw: RawRecord): PlatformProduct {
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
		modifiedAt: readOn(raw),
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
	modifiedAt: readOn,
	read: toProduct,
};
