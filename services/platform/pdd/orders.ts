import type { PlatformOrder } from "../../order/order.ts";
import type { Documents, PullRules } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { isRecord, type RawRecord, requiredText, time } from "../record.ts";
import type { Steps } from "../steps.ts";
import { reads } from "./call.ts";
import { numberedList, updatedIn } from "./list.ts";
import { readOrder } from "./order-reader.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Of orders and after-sales alike: a window of at most 30 minutes that ended at least 3 minutes ago, three months back,
 * 100 rows a page. What has changed since is told by message.
 */
export const changedRules: PullRules = {
	windowMs: 30 * minute,
	lagMs: 3 * minute + 10_000, // our idea of the platform's clock is good to a few seconds
	overlapMs: 2 * minute,
	pageSize: 100,
	historyMs: 89 * day,
	mostRows: 10_000, // no limit is documented: a hundred pages
	rereadOpenMs: null,
};

/** Orders by the time they changed, of every state and kind. Its rows are whole orders. */
const changed = numberedList({
	name: "changed",
	rules: changedRules,
	method: "pdd.order.number.list.increment.get",
	params: (window) => ({ ...updatedIn(window), order_status: "5", refund_status: "5", is_lucky_flag: "0" }),
	field: "order_sn_list",
	listed: (raw) => ({ id: requiredText(raw, "order_sn"), modifiedAt: time(raw, "updated_at"), raw }),
	useHasNext: true,
});

const detailMethod = "pdd.order.information.get";

export const getOrder = (orderNo: string): Steps<RawRecord> =>
	reads({
		method: detailMethod,
		params: { order_sn: orderNo },
		read({ order_info }, answer) {
			if (!isRecord(order_info)) throw badAnswer(detailMethod, answer, "no order_info");
			return order_info;
		},
	});

export const orders: Documents<PlatformOrder> = {
	lists: [changed],
	get: getOrder,
	modifiedAt: (raw) => time(raw, "updated_at"),
	read: readOrder,
};
