import type { HttpAnswer, Listed, NumberedList, WindowQuery } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { epochMs, optionalInteger, type RawRecord, requiredText, rows } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { shopRequest } from "./request.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const listMethod = "order.getOrderList";
const detailMethod = "order.getOrderDetail";

const pageSize = 100; // the most that is allowed

/**
 * Orders by the time they changed, which the platform lists newest first. A window is at most 30 minutes long; of its
 * pages the first hundred are answered. Source: order.getOrderList, timeType 2.
 */
export const changedOrders: NumberedList = {
	name: "changed",
	way: "numbered",
	rules: {
		windowMs: 30 * minute,
		lagMs: 0, // no lag is documented: what is listed late is met again in the overlap
		overlapMs: 2 * minute,
		pageSize,
		historyMs: 90 * day,
		mostRows: 9_000, // 100 pages of 100 are answered
		rereadOpenMs: null,
	},
	*count(window) {
		return yield* ask({
			method: listMethod,
			repeatable: true,
			request: (shop, now) => shopRequest(shop, listMethod, { ...changedIn(window), pageNo: 1, pageSize: 1 }, now),
			read: (answer) => countOf(listMethod, answer, "total"),
		});
	},
	*page(window, page) {
		return yield* ask({
			method: listMethod,
			repeatable: true,
			request: (shop, now) => shopRequest(shop, listMethod, { ...changedIn(window), pageNo: page, pageSize }, now),
			read: (answer) => listed(listMethod, answer, "total", "orderList", { id: "orderId", time: "updateTime" }),
		});
	},
};

/** An order without its receiver. The list carries neither lines nor amounts, so every order is got by itself. */
export function* getDetail(orderNo: string): Steps<RawRecord> {
	return yield* ask({
		method: detailMethod,
		repeatable: true,
		request: (shop, now) => shopRequest(shop, detailMethod, { orderId: orderNo }, now),
		read: (answer) => payloadOf(detailMethod, answer, "orderId"),
	});
}

/** This list alone takes seconds: the window is widened to whole ones, lest an end be cut off. */
const changedIn = ({ from, to }: WindowQuery): RawRecord => ({
	timeType: 2,
	startTime: Math.floor(from.getTime() / 1_000),
	endTime: Math.ceil(to.getTime() / 1_000),
});

/** How many a list says there are. */
export function countOf(method: string, answer: HttpAnswer, field: string): number {
	const total = optionalInteger(payloadOf(method, answer, field), field);
	if (total === null || total < 0) throw badAnswer(method, answer, `${field} is not a count`);
	return total;
}

/** The rows of a page. One without a number or a stamp could be put aside nowhere: the page as a whole is unreadable. */
export function listed(
	method: string,
	answer: HttpAnswer,
	total: string,
	list: string,
	names: { id: string; time: string },
): Listed[] {
	const payload = payloadOf(method, answer, total);
	try {
		return rows(payload, list).map((row) => ({
			id: requiredText(row, names.id),
			modifiedAt: epochMs(row, names.time),
		}));
	} catch (err) {
		throw badAnswer(method, answer, (err as Error).message);
	}
}
