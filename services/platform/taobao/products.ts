import { hubError } from "../../../config/errors.ts";
import type { PlatformProduct } from "../../product/product.ts";
import type { Documents, NumberedList } from "../adapter.ts";
import { isRecord, type RawRecord, requiredText, time, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { wholeListRules } from "../whole-list.ts";
import { numberedList } from "./numbered-list.ts";
import { readProduct } from "./product-reader.ts";
import { reads } from "./request.ts";

const pageSize = 200; // the most there is
const mostRows = 20_000; // as deep as the lists go

/** A product is in exactly one of these lists. */
const listOf = (name: string, method: string, params: Readonly<Record<string, string>>): NumberedList =>
	numberedList({
		name,
		rules: wholeListRules(pageSize, mostRows),
		method,
		fields: "num_iid,modified",
		window: () => ({ order_by: "modified:desc", ...params }),
		useHasNext: false,
		rows: (payload) => wrappedList(payload, "items", "item"),
		listed: (row) => ({ id: requiredText(row, "num_iid"), modifiedAt: time(row, "modified") }),
	});

const offSale = (name: string, banner: string): NumberedList => listOf(name, "taobao.items.inventory.get", { banner });

const detailMethod = "taobao.item.seller.get";
const productFields = "num_iid,title,outer_id,barcode,price,num,pic_url,approve_status,cid,props_name,modified,sku";

/** One product with its SKUs. Source: taobao.item.seller.get. */
function* getProduct(productNo: string): Steps<RawRecord> {
	return yield* ask(
		reads(detailMethod, { num_iid: productNo, fields: productFields }, ({ item }) => {
			if (!isRecord(item)) throw hubError("PLATFORM_BAD_RESPONSE", `${detailMethod}: no item`);
			return item;
		}),
	);
}

export const products: Documents<PlatformProduct> = {
	lists: [
		listOf("on-sale", "taobao.items.onsale.get", {}),
		offSale("for-sale", "for_shelved"), // taken off, never put on, or waiting for their hour
		offSale("sold-out", "sold_out"),
		offSale("banned", "violation_off_shelf"),
	],
	get: getProduct,
	modifiedAt: (item) => time(item, "modified"),
	read: readProduct,
};
