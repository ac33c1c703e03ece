import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import type { Documents, HttpAnswer, Listed, NumberedList } from "../adapter.ts";
import { wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import {
	epochSec,
	optionalInteger,
	part,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
	time,
	wholeFen,
} from "../record.ts";
import type { Steps } from "../steps.ts";
import { wholeListRules } from "../whole-list.ts";
import { recordOf, rowsOf, totalOf } from "./answer.ts";
import { reads } from "./call.ts";
import { productStatus } from "./statuses.ts";

const listMethod = "product.listV2";
const detailMethod = "product.detail";
const pageSize = 100; // the most

/** The whole shelf, in the platform's own order: none can be asked for. Rows have no SKUs. */
const all: NumberedList = {
	name: "all",
	way: "numbered",
	rules: wholeListRules(pageSize, 10_000), // page × size reaches no further
	count: () => reads(listMethod, { page: 1, size: 1 }, (answer) => totalOf(listMethod, answer)),
	page: (_window, page) => reads(listMethod, { page, size: pageSize }, readPage),
};

function* get(productNo: string): Steps<RawRecord> {
	const params = { product_id: idNumber("product_id", productNo) };
	return yield* reads(detailMethod, params, (answer) => recordOf(detailMethod, answer));
}

export const products: Documents<PlatformProduct> = {
	lists: [all],
	get,
	modifiedAt: updatedAt,
	read: readProduct,
};

const readPage = (answer: HttpAnswer): Listed[] =>
	wholePage(listMethod, answer, () =>
		rowsOf(listMethod, answer, "data").map((row) => ({
			id: requiredText(row, "product_id"),
			modifiedAt: epochSec(row, "update_time"),
		})),
	);

/** Lists tell it in seconds, the detail in Beijing's wall-clock time. */
function updatedAt(raw: RawRecord): Date {
	return /^\d+$/.test(text(raw, "update_time")) ? epochSec(raw, "update_time") : time(raw, "update_time");
}

/** A product as `product.detail` tells it. @throws PLATFORM_UNKNOWN_STATUS, PLATFORM_BAD_RECORD */
function readProduct(shopId: string, raw: RawRecord): PlatformProduct {
	const rawStatus = requiredText(raw, "status");
	const status = productStatus(rawStatus);
	const names = specNames(raw);
	const checkStatus = text(raw, "check_status");
	return {
		platform: "douyin",
		shopId,
		productNo: text(raw, "product_id_str") || requiredText(raw, "product_id"),
		outerCode: text(raw, "outer_product_id"),
		title: text(raw, "name"),
		imageUrl: text(raw, "img") || (texts(raw, "pic")[0] ?? ""),
		status,
		rawStatus: checkStatus === "" ? rawStatus : `${rawStatus}/${checkStatus}`,
		modifiedAt: updatedAt(raw),
		skus: rows(raw, "spec_prices").map((row) => readSku(row, names, status === "ON_SALE")),
	};
}

function readSku(row: RawRecord, names: ReadonlyMap<string, string>, onSale: boolean): PlatformSku {
	return {
		platformSkuId: requiredText(row, "sku_id"),
		outerSku: text(row, "code") || text(row, "outer_sku_id"),
		spec: texts(row, "spec_detail_ids")
			.map((id) => names.get(id) ?? "")
			.filter(Boolean)
			.join(";"),
		barcode: text(part(row, "customs_report_info"), "bar_code"), // told of imported goods only
		imageUrl: "",
		priceFen: wholeFen(row, "price"),
		stock: Math.max(0, optionalInteger(row, "stock_num") ?? 0),
		onSale,
	};
}

/** By the number of a value: "颜色:黑色". */
function specNames(raw: RawRecord): ReadonlyMap<string, string> {
	return new Map(
		rows(raw, "specs").flatMap((spec) =>
			rows(spec, "values").map((value) => [requiredText(value, "id"), `${text(spec, "name")}:${text(value, "name")}`]),
		),
	);
}
