import type { PlatformProduct, PlatformSku } from "../../product/product.ts";
import type { Documents, HttpAnswer, NumberedList } from "../adapter.ts";
import { countIn, refusedBy, wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { epochMs, fen, optionalInteger, type RawRecord, requiredText, rows, text, texts } from "../record.ts";
import type { Steps } from "../steps.ts";
import { wholeListRules } from "../whole-list.ts";
import { partOf } from "./answer.ts";
import { type Params, reads } from "./request.ts";
import { productStatus } from "./statuses.ts";

const wareMethod = "jingdong.ware.read.searchWare4Valid";
const skuMethod = "jingdong.sku.read.searchSkuList";

const wareFields =
	"wareId,title,wareStatus,outerId,itemNum,jdPrice,marketPrice,stockNum,categoryId,logo,modified,created,onlineTime,offlineTime";
const skuFields =
	"skuId,wareId,wareTitle,skuName,status,jdPrice,outerId,barCode,stockNum,logo,saleAttrs,modified,created";

/** Small pictures of goods; the platform tells paths below it. Source: integrators. */
const images = "https://img10.360buyimg.com/n1/";
const pageSize = 20;
const skuPageSize = 50;

/** The whole shelf. The number is the order, since it never changes: no page moves. Source: as the method. */
const all: NumberedList = {
	name: "all",
	way: "numbered",
	rules: wholeListRules(pageSize, 100_000),
	count: () =>
		reads(wareMethod, wareParams(byNumber, 1, 1), (answer) =>
			countIn(wareMethod, answer, partOf(wareMethod, answer, "page"), "totalItem"),
		),
	page: (_window, page) =>
		reads(wareMethod, wareParams(byNumber, page, pageSize), (answer) =>
			wholePage(wareMethod, answer, () =>
				rows(partOf(wareMethod, answer, "page"), "data").map((ware) => ({
					id: requiredText(ware, "wareId"),
					modifiedAt: epochMs(ware, "modified"),
				})),
			),
		),
};

const byNumber: Params = { orderField: "wareId", orderType: "asc" };

const wareParams = (params: Params, pageNo: number, size: number): Params => ({
	...params,
	field: wareFields,
	pageNo,
	pageSize: size,
});

const pageRows = (method: string, answer: HttpAnswer): RawRecord[] =>
	wholePage(method, answer, () => rows(partOf(method, answer, "page"), "data"));

/** The product with its SKUs as `skus`, which 京东 lists apart. */
function* getProduct(productNo: string): Steps<RawRecord> {
	const wareId = idNumber("productNo", productNo);
	const [ware] = yield* reads(wareMethod, wareParams({ wareIds: [wareId] }, 1, 1), (answer) =>
		pageRows(wareMethod, answer),
	);
	if (!ware) throw refusedBy(wareMethod, "the shop has no such product");
	const skus: RawRecord[] = [];
	for (let pageNo = 1; ; pageNo += 1) {
		const params = { field: skuFields, pageNo, page_size: skuPageSize, wareId: [wareId] };
		const page = yield* reads(skuMethod, params, (answer) => pageRows(skuMethod, answer));
		skus.push(...page);
		if (page.length < skuPageSize) return { ...ware, skus };
	}
}

function readProduct(shopId: string, raw: RawRecord): PlatformProduct {
	const rawStatus = requiredText(raw, "wareStatus");
	const status = productStatus(rawStatus);
	return {
		platform: "jd",
		shopId,
		productNo: requiredText(raw, "wareId"),
		outerCode: text(raw, "outerId") || text(raw, "itemNum"),
		title: text(raw, "title"),
		imageUrl: imageUrl(raw),
		status,
		rawStatus,
		modifiedAt: epochMs(raw, "modified"),
		skus: rows(raw, "skus").map((sku) => readSku(sku, status === "ON_SALE")),
	};
}

function readSku(sku: RawRecord, productOnSale: boolean): PlatformSku {
	return {
		platformSkuId: requiredText(sku, "skuId"),
		outerSku: text(sku, "outerId"),
		spec: rows(sku, "saleAttrs").map(attribute).filter(Boolean).join(";"),
		barcode: text(sku, "barCode"),
		imageUrl: imageUrl(sku),
		priceFen: fen(sku, "jdPrice"),
		stock: optionalInteger(sku, "stockNum") ?? 0,
		onSale: productOnSale && text(sku, "status") === "1",
	};
}

/** The seller's own word for a value where there is one. What the attribute is called, the list does not tell. */
const attribute = (attr: RawRecord): string =>
	(texts(attr, "attrValueAlias").length ? texts(attr, "attrValueAlias") : texts(attr, "attrValues")).join(",");

function imageUrl(record: RawRecord): string {
	const logo = text(record, "logo");
	return logo === "" || /^https?:/.test(logo) ? logo : images + logo.replace(/^\/+/, "");
}

export const products: Documents<PlatformProduct> = {
	lists: [all],
	get: getProduct,
	modifiedAt: (raw) => epochMs(raw, "modified"),
	read: readProduct,
};
