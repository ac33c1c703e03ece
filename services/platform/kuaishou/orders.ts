import type { CursorList, HttpAnswer, Listed, WindowQuery } from "../adapter.ts";
import { wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { epochMs, part, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { dataOf } from "./answer.ts";
import { reads } from "./api.ts";

const listApi = { method: "open.order.cursor.list", verb: "GET" } as const;
const detailApi = { method: "open.order.detail", verb: "GET" } as const;

const minute = 60_000;
const day = 24 * 60 * minute;
const pageSize = 50; // the most there is

/** The cursor of the page after the last: it must not be sent. */
const noMore = "nomore";

/**
 * Orders by the time they changed, the oldest change first: one that changes while we read moves to the end, where it
 * is met again. A row is as whole as the detail. Windows of up to 7 days are allowed, beginning in the last 90.
 * Source: open.order.cursor.list.
 */
export const changedOrders: CursorList = {
	name: "changed",
	way: "cursor",
	rules: {
		windowMs: day,
		lagMs: 0, // none is documented: what is listed late is met again in the overlap
		overlapMs: 2 * minute,
		pageSize,
		historyMs: 89 * day,
		mostRows: 20_000,
		rereadOpenMs: null,
	},
	page: (window, cursor) => ask(reads(listApi, { ...changedParams(window), cursor }, readOrders)),
};

const changedParams = ({ from, to }: WindowQuery) => ({
	orderViewStatus: 1, // all
	pageSize,
	sort: 2, // ascending
	queryType: 2, // by the time of change
	beginTime: from.getTime(),
	endTime: to.getTime(),
	cpsType: 0, // all
});

function readOrders(answer: HttpAnswer): { rows: Listed[]; next: string | null } {
	const data = dataOf(listApi.method, answer);
	return wholePage(listApi.method, answer, () => ({
		rows: rows(data, "orderList").map((raw) => ({ id: orderNo(raw), modifiedAt: orderModifiedAt(raw), raw })),
		next: nextCursor(data, "cursor"),
	}));
}

/** The cursor of the next page; null after the last. */
export function nextCursor(data: RawRecord, field: "cursor" | "pcursor"): string | null {
	const cursor = text(data, field);
	return cursor === noMore || cursor === "" ? null : cursor;
}

export function* getOrder(id: string): Steps<RawRecord> {
	return yield* ask(reads(detailApi, { oid: idNumber("oid", id) }, (answer) => dataOf(detailApi.method, answer)));
}

export const orderNo = (raw: RawRecord): string => requiredText(part(raw, "orderBaseInfo"), "oid");

export const orderModifiedAt = (raw: RawRecord): Date => epochMs(part(raw, "orderBaseInfo"), "updateTime");
