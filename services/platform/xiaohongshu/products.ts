import type { CursorList, HttpAnswer, Listed } from "../adapter.ts";
import { badAnswer, wholePage } from "../answer.ts";
import { epochMs, optionalInteger, part, type RawRecord, requiredText, rows } from "../record.ts";
import type { Steps } from "../steps.ts";
import { wholeListRules } from "../whole-list.ts";
import { payloadOf } from "./answer.ts";
import { reads } from "./call.ts";

const listMethod = "product.getDetailSkuList";
const detailMethod = "product.getItemInfo";

const pageSize = 100; // the most that is allowed

/**
 * The whole shelf, SKU by SKU, each row with its product: a product may stand on several pages, so these are chained by
 * the last SKU (`lastId`) and never counted. The times it could be asked by are left out: whether a stock or a price
 * moves them is not promised. Source: product.getDetailSkuList.
 */
export const shelf: CursorList = {
	name: "all",
	way: "cursor",
	rules: wholeListRules(pageSize, 1_000_000),
	*page(_window, cursor) {
		const paging = { pageNo: 1, pageSize, ...(cursor && { lastId: cursor }) };
		return yield* reads(listMethod, paging, (answer) => readPage(answer, cursor));
	},
};

/** `{itemInfo, skuInfos}`, the SKUs of all pages. */
export function* getProduct(itemId: string): Steps<RawRecord> {
	const first = yield* itemPage(itemId, 1);
	const skuInfos = rows(first, "skuInfos");
	const total = optionalInteger(first, "total") ?? skuInfos.length;
	for (let pageNo = 2; skuInfos.length < total; pageNo += 1) {
		const more = rows(yield* itemPage(itemId, pageNo), "skuInfos");
		if (more.length === 0) break; // some were taken off meanwhile
		skuInfos.push(...more);
	}
	return { itemInfo: part(first, "itemInfo"), skuInfos };
}

function* itemPage(itemId: string, pageNo: number): Steps<RawRecord> {
	return yield* reads(detailMethod, { itemId, pageNo, pageSize }, (answer) =>
		payloadOf(detailMethod, answer, "itemInfo"),
	);
}

function readPage(answer: HttpAnswer, cursor: string): { rows: Listed[]; next: string | null } {
	const payload = payloadOf(listMethod, answer, "total");
	const page = wholePage(listMethod, answer, () => {
		const found = rows(payload, "data");
		const last = found.at(-1);
		const next = last && found.length >= pageSize ? requiredText(part(last, "sku"), "id") : null;
		return { rows: productsOf(found), next };
	});
	if (page.next === cursor) throw badAnswer(listMethod, answer, "the same page came again"); // and would for ever
	return page;
}

/** Each product once, with the newest stamp of it and its SKUs. */
function productsOf(found: readonly RawRecord[]): Listed[] {
	const newest = new Map<string, Date>();
	for (const row of found) {
		const id = requiredText(part(row, "item"), "id");
		const stamps = [part(row, "item"), part(row, "sku")].map((each) => epochMs(each, "updateTime"));
		const times = [...stamps, newest.get(id)].filter((at) => at !== undefined).map((at) => at.getTime());
		newest.set(id, new Date(Math.max(...times)));
	}
	return [...newest].map(([id, modifiedAt]) => ({ id, modifiedAt }));
}
