import { hubError } from "../../../config/errors.ts";
import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import type { HttpAnswer, Listed, NumberedList } from "../adapter.ts";
import { countIn, wholePage } from "../answer.ts";
import { idNumber, type JsonObject } from "../json-text.ts";
import { optionalEpochMs, optionalInteger, type RawRecord, requiredText, rows, text, wholeFen } from "../record.ts";
import { ask, type Step, type Steps } from "../steps.ts";
import { wholeListRules } from "../whole-list.ts";
import { dataOf } from "./answer.ts";
import { reads } from "./api.ts";
import { productStatus } from "./statuses.ts";

const api = { method: "open.item.list.get", verb: "GET" } as const;
const pageSize = 50; // 10 to 100 are allowed

/** `onOfflineStatus` of the two lists. 1 is documented; 2 is inferred from it. */
const onSale = 1;
const offSale = 2;

/** What is on sale, and what is not, with SKUs and stock. Source: open.item.list.get; it knows no time. */
export const productLists: readonly [NumberedList, NumberedList] = [
	productList("on-sale", onSale),
	productList("off-sale", offSale),
];

function productList(name: string, onOfflineStatus: number): NumberedList {
	return {
		name,
		way: "numbered",
		rules: wholeListRules(pageSize, 10_000),
		count: () => ask(items({ onOfflineStatus, pageNumber: 1, pageSize: 10 }, readTotal)),
		page: (_window, page) => ask(items({ onOfflineStatus, pageNumber: page, pageSize }, readItems)),
	};
}

/** The lists of one: `open.item.get` has other fields. */
export function* getProduct(productNo: string): Steps<RawRecord> {
	const query = { pageNumber: 1, pageSize: 10, kwaiItemId: idNumber("kwaiItemId", productNo) };
	for (const onOfflineStatus of [onSale, offSale]) {
		const [found] = yield* ask(items({ ...query, onOfflineStatus }, readItems));
		if (found?.raw) return found.raw;
	}
	throw hubError("PLATFORM_REFUSED", "the shop has no such product");
}

const items = <T>(query: JsonObject, read: (answer: HttpAnswer) => T): Step<T> =>
	reads(api, { ...query, itemStatus: 1 }, read);

const readTotal = (answer: HttpAnswer): number =>
	countIn(api.method, answer, dataOf(api.method, answer), "totalItemCount");

const readItems = (answer: HttpAnswer): Listed[] =>
	wholePage(api.method, answer, () =>
		rows(dataOf(api.method, answer), "items").map((raw) => ({
			id: requiredText(raw, "kwaiItemId"),
			modifiedAt: productModifiedAt(raw),
			raw,
		})),
	);

/** The latest of what is told of the product and of its SKUs: some answers have only these. 1970 where none is told. */
export function productModifiedAt(raw: RawRecord): Date {
	const times = [raw, ...rows(raw, "skuList")].map((record) => optionalEpochMs(record, "updateTime")?.getTime() ?? 0);
	return new Date(Math.max(...times));
}

export function readProduct(shopId: string, raw: RawRecord): PlatformProduct {
	const rawStatus = text(raw, "onOfflineStatus");
	return {
		platform: "kuaishou",
		shopId,
		productNo: requiredText(raw, "kwaiItemId"),
		outerCode: merchantNumber(raw, "relItemId"),
		title: text(raw, "title"),
		imageUrl: text(raw, "mainImageUrl"),
		status: productStatus(rawStatus),
		rawStatus,
		modifiedAt: productModifiedAt(raw),
		skus: rows(raw, "skuList").map(readSku),
	};
}

function readSku(sku: RawRecord): PlatformSku {
	return {
		platformSkuId: requiredText(sku, "kwaiSkuId"),
		outerSku: text(sku, "skuNick"),
		spec: text(sku, "specification"),
		barcode: text(sku, "gtinCode"),
		imageUrl: text(sku, "imageUrl"),
		priceFen: wholeFen(sku, "skuSalePrice"),
		stock: optionalInteger(sku, "skuStock") ?? 0,
		onSale: text(sku, "isValid") !== "0",
	};
}

/** A number the merchant gave; 0 for none. */
const merchantNumber = (record: RawRecord, field: string): string =>
	text(record, field) === "0" ? "" : text(record, field);
