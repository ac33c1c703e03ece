import type { CursorList, HttpAnswer, Listed, WindowQuery } from "../adapter.ts";
import { wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { epochMs, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { dataOf } from "./answer.ts";
import { reads } from "./api.ts";
import { getOrder, nextCursor } from "./orders.ts";

const listApi = { method: "open.seller.order.refund.pcursor.list", verb: "GET" } as const;
const detailApi = { method: "open.seller.order.refund.detail", verb: "GET" } as const;

const hour = 3_600_000;
const pageSize = 100; // the most there is

/**
 * After-sales by the time they changed, the oldest change first. Rows are less than the detail. Windows of up to a day
 * are allowed, but the platform may shorten that during campaigns, so ours are shorter.
 * Source: open.seller.order.refund.pcursor.list.
 */
export const changedAftersales: CursorList = {
	name: "changed",
	way: "cursor",
	rules: {
		windowMs: 6 * hour,
		lagMs: 0,
		overlapMs: 2 * 60_000,
		pageSize,
		historyMs: 89 * 24 * hour,
		mostRows: 20_000,
		rereadOpenMs: null,
	},
	page: (window, pcursor) => ask(reads(listApi, { ...changedParams(window), pcursor }, readAftersales)),
};

const changedParams = ({ from, to }: WindowQuery) => ({
	beginTime: from.getTime(),
	endTime: to.getTime(),
	type: 9, // all
	pageSize,
	currentPage: 1, // wanted, though the cursor leads
	sort: 2, // ascending
	queryType: 2, // by the time of change
	option: { needExchange: true }, // exchanges are left out otherwise
});

function readAftersales(answer: HttpAnswer): { rows: Listed[]; next: string | null } {
	const data = dataOf(listApi.method, answer);
	return wholePage(listApi.method, answer, () => ({
		rows: rows(data, "refundOrderInfoList").map((row) => ({
			id: requiredText(row, "refundId"),
			modifiedAt: aftersaleModifiedAt(row),
		})),
		next: nextCursor(data, "pcursor"),
	}));
}

export const aftersaleModifiedAt = (raw: RawRecord): Date => epochMs(raw, "updateTime");

/**
 * A refund, and under `order` what it does not tell of its order: whether and when that was sent, and what was bought.
 * Without the first, a refund before shipping cannot be told from one on the way.
 */
export function* getAftersale(id: string): Steps<RawRecord> {
	const refund = yield* ask(
		reads(detailApi, { refundId: idNumber("refundId", id) }, (answer) => dataOf(detailApi.method, answer)),
	);
	const order = yield* getOrder(requiredText(refund, "oid"));
	const { sendTime } = part(order, "orderBaseInfo");
	const item = part(order, "orderItemInfo");
	return { ...refund, order: { sendTime, itemTitle: text(item, "itemTitle"), num: item.num } };
}
