import type { NumberedList, WindowQuery } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { countOf, listed } from "./orders.ts";
import { shopRequest } from "./request.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const listMethod = "afterSale.listAfterSaleInfos";
const detailMethod = "afterSale.getAfterSaleInfo";

const pageSize = 100; // the most that is allowed

/**
 * After-sales by the time they changed, in milliseconds. A window is at most 30 minutes long; the first 50,000 rows are
 * answered. Source: afterSale.listAfterSaleInfos, timeType 2.
 */
export const changedAftersales: NumberedList = {
	name: "changed",
	way: "numbered",
	rules: {
		windowMs: 30 * minute,
		lagMs: 0, // as with orders
		overlapMs: 2 * minute,
		pageSize,
		historyMs: 90 * day,
		mostRows: 45_000,
		rereadOpenMs: null,
	},
	*count(window) {
		return yield* ask({
			method: listMethod,
			repeatable: true,
			request: (shop, now) => shopRequest(shop, listMethod, { ...changedIn(window), pageNo: 1, pageSize: 1 }, now),
			read: (answer) => countOf(listMethod, answer, "totalCount"),
		});
	},
	*page(window, page) {
		const names = { id: "returnsId", time: "updatedAt" };
		return yield* ask({
			method: listMethod,
			repeatable: true,
			request: (shop, now) => shopRequest(shop, listMethod, { ...changedIn(window), pageNo: page, pageSize }, now),
			read: (answer) => listed(listMethod, answer, "totalCount", "afterSaleBasicInfos", names),
		});
	},
};

/** `{afterSaleInfo, logisticsInfo}`. What was said in the negotiation is not asked for: it may name people. */
export function* getAftersale(returnsId: string): Steps<RawRecord> {
	return yield* ask({
		method: detailMethod,
		repeatable: true,
		request: (shop, now) => shopRequest(shop, detailMethod, { returnsId, needNegotiateRecord: false }, now),
		read: (answer) => payloadOf(detailMethod, answer, "afterSaleInfo"),
	});
}

const changedIn = ({ from, to }: WindowQuery): RawRecord => ({
	timeType: 2,
	startTime: from.getTime(),
	endTime: to.getTime(),
});
