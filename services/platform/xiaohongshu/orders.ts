import type { RawRecord } from "../record.ts";
import type { Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { reads } from "./call.ts";
import { numberedList } from "./numbered-list.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const detailMethod = "order.getOrderDetail";

/**
 * Orders by the time they changed, which the platform lists newest first. A window is at most 30 minutes long; of its
 * pages the first hundred are answered. Source: order.getOrderList, timeType 2.
 */
export const changedOrders = numberedList({
	rules: {
		windowMs: 30 * minute,
		lagMs: 0, // no lag is documented: what is listed late is met again in the overlap
		overlapMs: 2 * minute,
		pageSize: 100, // the most that is allowed
		historyMs: 90 * day,
		mostRows: 9_000, // 100 pages of 100 are answered
		rereadOpenMs: null,
	},
	method: "order.getOrderList",
	// This list alone takes seconds: the window is widened to whole ones, lest an end be cut off.
	window: ({ from, to }) => ({
		timeType: 2,
		startTime: Math.floor(from.getTime() / 1_000),
		endTime: Math.ceil(to.getTime() / 1_000),
	}),
	total: "total",
	rows: "orderList",
	id: "orderId",
	time: "updateTime",
});

/** An order without its receiver. The list carries neither lines nor amounts, so every order is got by itself. */
export const getDetail = (orderNo: string): Steps<RawRecord> =>
	reads(detailMethod, { orderId: orderNo }, (answer) => payloadOf(detailMethod, answer, "orderId"));
