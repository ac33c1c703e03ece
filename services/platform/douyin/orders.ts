import type { PlatformOrder } from "../../order/order.ts";
import type { Documents, HttpAnswer, Listed, NumberedList, WindowQuery } from "../adapter.ts";
import { badAnswer, wholePage } from "../answer.ts";
import { epochSeconds } from "../json-text.ts";
import { epochSec, isRecord, type RawRecord, requiredText } from "../record.ts";
import type { Steps } from "../steps.ts";
import { recordOf, rowsOf, totalOf } from "./answer.ts";
import { reads } from "./call.ts";
import { readOrder } from "./order-reader.ts";

const listMethod = "order.searchList";
const detailMethod = "order.orderDetail";
const pageSize = 100; // the most
const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Orders by the time they changed, oldest first: one that changes while the pages are read then leaves a page not yet
 * read, or comes behind the last, and never slips to a page already read. Rows are as whole as the detail.
 */
const changed: NumberedList = {
	name: "changed",
	way: "numbered",
	rules: {
		windowMs: day, // 90 days may be asked for
		lagMs: 0, // no lag is documented: what is listed late is met again in the overlap
		overlapMs: 3 * minute,
		pageSize,
		historyMs: 90 * day,
		mostRows: 9_900, // one document says 10 000, another 50 000
		rereadOpenMs: 30 * minute, // a remark moves no time
	},
	count: (window) => reads(listMethod, listParams(window, 0, 1), (answer) => totalOf(listMethod, answer)),
	page: (window, page) => reads(listMethod, listParams(window, page - 1, pageSize), readPage), // its pages start at 0
};

function* get(orderNo: string): Steps<RawRecord> {
	return yield* reads(detailMethod, { shop_order_id: orderNo }, (answer) => {
		const order = recordOf(detailMethod, answer).shop_order_detail;
		if (!isRecord(order)) throw badAnswer(detailMethod, answer, "no order");
		return order;
	});
}

export const orders: Documents<PlatformOrder> = {
	lists: [changed],
	get,
	modifiedAt: (raw) => epochSec(raw, "update_time"),
	read: readOrder,
};

const listParams = ({ from, to }: WindowQuery, page: number, size: number) => ({
	update_time_start: epochSeconds(from),
	update_time_end: epochSeconds(to),
	order_by: "update_time",
	order_asc: true,
	page,
	size,
});

const readPage = (answer: HttpAnswer): Listed[] =>
	wholePage(listMethod, answer, () =>
		rowsOf(listMethod, answer, "shop_order_list").map((raw) => ({
			id: requiredText(raw, "order_id"),
			modifiedAt: epochSec(raw, "update_time"),
			raw,
		})),
	);
