import type { RawRecord } from "../record.ts";
import type { Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { reads } from "./call.ts";
import { numberedList } from "./numbered-list.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const detailMethod = "afterSale.getAfterSaleInfo";

/**
 * After-sales by the time they changed, in milliseconds. A window is at most 30 minutes long; the first 50,000 rows are
 * answered. Source: afterSale.listAfterSaleInfos, timeType 2.
 */
export const changedAftersales = numberedList({
	rules: {
		windowMs: 30 * minute,
		lagMs: 0, // as with orders
		overlapMs: 2 * minute,
		pageSize: 100, // the most that is allowed
		historyMs: 90 * day,
		mostRows: 45_000,
		rereadOpenMs: null,
	},
	method: "afterSale.listAfterSaleInfos",
	window: ({ from, to }) => ({ timeType: 2, startTime: from.getTime(), endTime: to.getTime() }),
	total: "totalCount",
	rows: "afterSaleBasicInfos",
	id: "returnsId",
	time: "updatedAt",
});

/** `{afterSaleInfo, logisticsInfo}`. What was said in the negotiation is not asked for: it may name people. */
export const getAftersale = (returnsId: string): Steps<RawRecord> =>
	reads(detailMethod, { returnsId, needNegotiateRecord: false }, (answer) =>
		payloadOf(detailMethod, answer, "afterSaleInfo"),
	);
