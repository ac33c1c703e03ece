import { toBeijing } from "../../../config/beijing.ts";
import type { HttpAnswer, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { countIn, refusedBy, wholePage } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { resultOf } from "./answer.ts";
import { moment, optionalMoment } from "./fields.ts";
import { type Params, reads } from "./request.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

const mostPages = 100; // that are answered

const listMethod = "jingdong.pop.afs.soa.refundapply.queryPageList";
const getMethod = "jingdong.pop.afs.soa.refundapply.queryById";

/** Of after-sales of both kinds: 100 pages of 50. The length of a window is not documented. */
export const aftersaleRules: PullRules = {
	windowMs: day,
	lagMs: 0,
	overlapMs: 10 * minute,
	pageSize: 50,
	historyMs: 90 * day,
	mostRows: 4_900,
	rereadOpenMs: 10 * minute, // what the buyer or 京东 does to one is in no list by time
};

/**
 * Applications for a refund before shipping. 京东 lists them by when the buyer applied and by when they were decided,
 * not by when they changed. A row is as whole as the detail. Source: refundapply.queryPageList.
 */
export const refundLists: readonly [NumberedList, NumberedList] = [
	refundList("refunds", "applyTimeStart", "applyTimeEnd"),
	refundList("refunds-checked", "checkTimeStart", "checkTimeEnd"),
];

function refundList(name: string, start: string, end: string): NumberedList {
	const params = ({ from, to }: WindowQuery, pageIndex: number, pageSize: number): Params => ({
		[end]: toBeijing(to),
		pageIndex,
		pageSize,
		showSku: true,
		[start]: toBeijing(from),
	});
	return {
		name,
		way: "numbered",
		rules: aftersaleRules,
		count: (window) =>
			reads(listMethod, params(window, 1, 1), (answer) =>
				countIn(listMethod, answer, resultOf(listMethod, answer, "queryResult"), "totalCount"),
			),
		page: (window, page) =>
			reads(listMethod, params(window, page, aftersaleRules.pageSize), (answer) =>
				wholePage(listMethod, answer, () =>
					refundsIn(listMethod, answer).map((raw) => ({ id: refundNo(raw), modifiedAt: refundModifiedAt(raw), raw })),
				),
			),
	};
}

const refundsIn = (method: string, answer: HttpAnswer): RawRecord[] =>
	wholePage(method, answer, () => rows(resultOf(method, answer, "queryResult"), "result"));

/** An application's number among all after-sales: see `aftersales.ts`. */
export const refundNo = (raw: RawRecord): string => `R${requiredText(raw, "id")}`;

/** There is no time of the last change: the later of the two there are. */
export function refundModifiedAt(raw: RawRecord): Date {
	const appliedAt = moment(raw, "applyTime");
	const checkedAt = optionalMoment(raw, "checkTime");
	return checkedAt && checkedAt > appliedAt ? checkedAt : appliedAt;
}

/** What was ever applied for about an order. */
export const refundsOf = (orderId: bigint): Steps<RawRecord[]> =>
	reads(listMethod, { orderId, pageIndex: 1, pageSize: aftersaleRules.pageSize, showSku: true }, (answer) =>
		refundsIn(listMethod, answer),
	);

/** Orders about which an application was decided in a window: their lists of goods still show what was paid back. */
export function* decidedOrders({ from, to }: WindowQuery): Steps<ReadonlySet<string>> {
	const orders = new Set<string>();
	const { overlapMs, pageSize } = aftersaleRules;
	const earlier = new Date(from.getTime() - overlapMs); // decided first, seen in the order a moment later
	for (let pageIndex = 1; pageIndex <= mostPages; pageIndex += 1) {
		const times = { checkTimeEnd: toBeijing(to), checkTimeStart: toBeijing(earlier) };
		const params = { ...times, pageIndex, pageSize, showSku: false };
		const page = yield* reads(listMethod, params, (answer) => refundsIn(listMethod, answer));
		for (const refund of page) orders.add(text(refund, "orderId"));
		if (page.length < pageSize) break;
	}
	return orders;
}

export function* getRefund(id: string): Steps<RawRecord> {
	const params = { id: idNumber("aftersaleNo", id) };
	const [refund] = yield* reads(getMethod, params, (answer) => refundsIn(getMethod, answer));
	if (!refund) throw refusedBy(getMethod, "there is no such application for a refund");
	return refund;
}
