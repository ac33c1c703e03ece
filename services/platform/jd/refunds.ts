import { toBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalInteger, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { resultOf } from "./answer.ts";
import { moment, optionalMoment } from "./fields.ts";
import { idNumber, type Params, query } from "./request.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

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
			query(listMethod, params(window, 1, 1), (answer) => {
				const total = optionalInteger(resultOf(listMethod, answer, "queryResult"), "totalCount");
				if (total === null) throw badAnswer(listMethod, answer, "totalCount is no number");
				return total;
			}),
		page: (window, page) =>
			query(listMethod, params(window, page, aftersaleRules.pageSize), (answer) =>
				readRefunds(listMethod, answer).map((raw) => ({
					id: `R${requiredText(raw, "id")}`,
					modifiedAt: refundModifiedAt(raw),
					raw,
				})),
			),
	};
}

function readRefunds(method: string, answer: HttpAnswer): RawRecord[] {
	const result = resultOf(method, answer, "queryResult");
	try {
		const refunds = rows(result, "result");
		for (const refund of refunds) refundModifiedAt(refund);
		return refunds;
	} catch (err) {
		throw badAnswer(method, answer, (err as Error).message);
	}
}

/** There is no time of the last change: the later of the two there are. */
export function refundModifiedAt(raw: RawRecord): Date {
	const appliedAt = moment(raw, "applyTime");
	const checkedAt = optionalMoment(raw, "checkTime");
	return checkedAt && checkedAt > appliedAt ? checkedAt : appliedAt;
}

/** What was ever applied for about an order. */
export const refundsOf = (orderId: bigint): Steps<RawRecord[]> =>
	query(listMethod, { orderId, pageIndex: 1, pageSize: aftersaleRules.pageSize, showSku: true }, (answer) =>
		readRefunds(listMethod, answer),
	);

/** Orders about which an application was decided in a window: their lists of goods still show what was paid back. */
export function* decidedOrders({ from, to }: WindowQuery): Steps<ReadonlySet<string>> {
	const orders = new Set<string>();
	const { overlapMs, pageSize } = aftersaleRules;
	const earlier = new Date(from.getTime() - overlapMs); // decided first, seen in the order a moment later
	for (let pageIndex = 1; pageIndex <= 100; pageIndex += 1) {
		const times = { checkTimeEnd: toBeijing(to), checkTimeStart: toBeijing(earlier) };
		const params = { ...times, pageIndex, pageSize, showSku: false };
		const page = yield* query(listMethod, params, (answer) => readRefunds(listMethod, answer));
		for (const refund of page) orders.add(text(refund, "orderId"));
		if (page.length < pageSize) break;
	}
	return orders;
}

export function* getRefund(id: string): Steps<RawRecord> {
	const params = { id: idNumber("aftersaleNo", id) };
	const [refund] = yield* query(getMethod, params, (answer) => readRefunds(getMethod, answer));
	if (!refund) throw hubError("PLATFORM_REFUSED", "退款单不存在", { method: getMethod });
	return refund;
}
