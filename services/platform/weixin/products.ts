import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import type { CursorList, Documents } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import {
	isRecord,
	optionalEpochSec,
	optionalInteger,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
	wholeFen,
} from "../record.ts";
import { wholeListRules } from "../whole-list.ts";
import { specOf } from "./lines.ts";
import { readPage } from "./lists.ts";
import { reads } from "./request.ts";
import { productStatus } from "./statuses.ts";

const listPath = "/channels/ec/product/list/get";
const detailPath = "/channels/ec/product/get";
const pageSize = 30;
const withDraft = 3; // `data_type`: what buyers see and the draft, the only one there is before the first sale

/**
 * All products of the shop: the list knows no time. It does not say which page is the last; `total_num` counts all, and
 * a cursor is answered as long as there may be more, so the list ends with a page that has nothing or no cursor.
 * Source: product/list/get.
 */
const all: CursorList = {
	name: "all",
	way: "cursor",
	rules: wholeListRules(pageSize, 100_000),
	*page(_window, cursor) {
		return yield* reads(listPath, { page_size: pageSize, next_key: cursor }, (payload, answer) => {
			const isLast = texts(payload, "product_ids").length === 0 || text(payload, "next_key") === "";
			return readPage(listPath, answer, payload, { ids: "product_ids", isLast });
		});
	},
};

export const products: Documents<PlatformProduct> = {
	lists: [all],
	*get(id) {
		return yield* reads(detailPath, { product_id: id, data_type: withDraft }, ({ product, edit_product }, answer) => {
			const document = [product, edit_product].find((each) => isRecord(each) && each.product_id !== undefined);
			if (!isRecord(document)) throw badAnswer(detailPath, answer, "no product");
			return document;
		});
	},
	modifiedAt,
	read: readProduct,
};

/** Of the product itself: its stock moves without it. */
function modifiedAt(raw: RawRecord): Date {
	return optionalEpochSec(raw, "edit_time") ?? new Date(0);
}

function readProduct(shopId: string, raw: RawRecord): PlatformProduct {
	const rawStatus = requiredText(raw, "status");
	return {
		platform: "weixin",
		shopId,
		productNo: requiredText(raw, "product_id"),
		outerCode: text(raw, "spu_code") || text(raw, "out_product_id"),
		title: text(raw, "title"),
		imageUrl: texts(raw, "head_imgs")[0] ?? "",
		status: productStatus(rawStatus),
		rawStatus,
		modifiedAt: modifiedAt(raw),
		skus: rows(raw, "skus").map(toSku),
	};
}

function toSku(row: RawRecord): PlatformSku {
	return {
		platformSkuId: requiredText(row, "sku_id"),
		outerSku: text(row, "sku_code"),
		spec: specOf(row),
		barcode: text(row, "bar_code"),
		imageUrl: text(row, "thumb_img"),
		priceFen: wholeFen(row, "sale_price"),
		stock: optionalInteger(row, "stock_num") ?? 0,
		onSale: text(row, "status") === "5",
	};
}
