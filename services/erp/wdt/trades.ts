/**
 * Orders: 原始单. Sources: 慧策开放平台 旗舰版, sales.RawTrade.pushSelf2 and sales.RawTrade.search.
 * A document is {shop_no, rawTradeList: [one], rawTradeOrderList: [its lines]}; `tid` is our number, which 旺店通 keeps
 * unique for a seller: a push of a number it has is a change. So an order is taken back by pushing it as closed.
 */
import { hubError } from "../../../config/errors.ts";
import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpStep, type ErpSteps } from "../steps.ts";
import { asRecord, callRequest, readRecords, recordsOf, text } from "./call.ts";
import { cancelForm, tradeBooking, tradeForm } from "./form.ts";
import { push } from "./push.ts";
import { missingOfTrade } from "./required.ts";
import { sameTrade } from "./same.ts";

type Document = Record<string, unknown>;

export const order: KindDriver = {
	numberOf,
	missing: missingOfTrade,
	form: () => tradeForm,
	booking: tradeBooking,
	send: (document) => ask(pushSelf2(document)),
	*find(number) {
		return foundIf((yield* ask(look(number))) !== undefined, number);
	},
};

export const change: KindDriver = {
	numberOf,
	missing: missingOfTrade,
	form: () => tradeForm,
	booking: tradeBooking,
	send: (document) => ask(pushSelf2(document)),
	*find(number, document) {
		const trade = yield* ask(look(number));
		return foundIf(trade !== undefined && sameTrade(trade, document), number);
	},
};

export const cancel: KindDriver = {
	numberOf,
	missing: missingOfTrade,
	form: () => cancelForm,
	booking: tradeBooking,
	/** The ERP takes the push whatever has become of the goods: only the order itself tells whether they had left. */
	*send(document): ErpSteps<Outcome> {
		const pushed = yield* ask(pushSelf2(document));
		if (pushed.state !== "OK") return pushed;
		const trade = yield* ask(look(pushed.docNo));
		if (!trade) return { state: "IN_DOUBT", reason: "not there after the push" };
		if (!hasLeft(trade)) return pushed;
		return { state: "REJECTED", reason: `已发货 (process_status ${text(trade.process_status)})` };
	},
	*find(number) {
		const trade = yield* ask(look(number));
		return foundIf(trade !== undefined && isClosed(trade) && !hasLeft(trade), number);
	},
};

const shipped = new Set([30, 40, 60]); // process_status 部分发货, 已发货, 已完成
const cancelled = 70; // process_status 已取消
const closed = new Set([80, 90]); // trade_status 已退款, 已关闭

const hasLeft = ({ process_status }: Document): boolean => shipped.has(Number(process_status));
const isClosed = ({ trade_status, process_status }: Document): boolean =>
	closed.has(Number(trade_status)) || Number(process_status) === cancelled;

const foundIf = (isThere: boolean, docNo: string): Found =>
	isThere ? { state: "FOUND", docNo } : { state: "NOT_FOUND" };

function numberOf(document: Document): string {
	const number = text(asRecord(recordsOf(document.rawTradeList)[0]).tid);
	if (!number) throw hubError("INVALID", "rawTradeList[0].tid missing", { fields: ["rawTradeList[0].tid"] });
	return number;
}

function pushSelf2(document: Document): ErpStep<Outcome> {
	const { shop_no, rawTradeList, rawTradeOrderList } = document;
	const number = numberOf(document);
	const lines = recordsOf(rawTradeOrderList).map(({ oid }) => oid);
	return push({
		method: "sales.RawTrade.pushSelf2",
		args: [shop_no, rawTradeList, rawTradeOrderList],
		rows: [number, ...lines],
		number,
	});
}

/** The order as the ERP has it; undefined: it has none of this number. */
function look(number: string): ErpStep<Document | undefined> {
	const method = "sales.RawTrade.search";
	const pager = { page: 0, size: 10, total: false };
	return {
		name: method,
		decisive: false,
		request: (connection, now) => callRequest(connection, method, [{ tid: number }], now, pager),
		read: (answer) => readRecords(answer).records.find(({ tid }) => text(tid) === number),
	};
}
