import { toBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { PlatformAftersale } from "../../aftersale/aftersale.ts";
import type { Documents } from "../adapter.ts";
import { isRecord, part, type RawRecord, requiredText, text, time, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { exchangeNo, isExchange, isExchangeNo, readExchange } from "./exchange-reader.ts";
import { numberedList } from "./numbered-list.ts";
import { getTrade, modifiedWindow, rules, tradeTypes } from "./orders.ts";
import { readRefund, tellsWhetherSent } from "./refund-reader.ts";
import { reads } from "./request.ts";

const refundFields = [
	"refund_id,tid,oid,status,dispute_type,refund_phase,refund_version,refund_fee,total_fee,num,num_iid,outer_id,sku,title",
	"reason,desc,has_good_return,good_status,order_status,company_name,sid,good_return_time,created,modified,cs_status",
	"operation_contraint,refund_remind_timeout",
].join(",");

/** Neither the buyer's name, phone nor address. The platform's list of fields writes `bizorder_id` for `biz_order_id`. */
const exchangeFields = [
	"dispute_id,biz_order_id,bizorder_id,status,refund_phase,refund_version,num,bought_sku,exchange_sku,title,reason,desc",
	"good_status,buyer_logistic_name,buyer_logistic_no,seller_logistic_name,seller_logistic_no,time_out,created,modified",
].join(",");

/** Source: taobao.refunds.receive.get: by the time they changed, newest first. */
const refunds = numberedList({
	name: "refunds",
	rules,
	method: "taobao.refunds.receive.get",
	fields: "refund_id,modified,dispute_type",
	window: (query) => ({ ...modifiedWindow(query), type: tradeTypes }),
	useHasNext: true,
	rows: (payload) => wrappedList(payload, "refunds", "refund"),
	// An exchange, should it be listed here too, is the one that the other list has.
	listed: (row) => ({
		id:
			row.dispute_type === "TMALL_EXCHANGE"
				? exchangeNo(requiredText(row, "refund_id"))
				: requiredText(row, "refund_id"),
		modifiedAt: time(row, "modified"),
	}),
});

/** Exchanges of 天猫 have a list of their own. Source: tmall.exchange.receive.get, whose parameter is spelled like this. */
const exchanges = numberedList({
	name: "exchanges",
	rules,
	method: "tmall.exchange.receive.get",
	fields: "dispute_id,modified",
	window: ({ from, to }) => ({
		start_gmt_modified_time: toBeijing(from),
		end_gmt_modifed_time: toBeijing(to),
	}),
	useHasNext: false,
	rows: (payload) => wrappedList(payload, "results", "exchange"),
	listed: (row) => ({ id: exchangeNo(requiredText(row, "dispute_id")), modifiedAt: time(row, "modified") }),
});

/**
 * A refund, and `consign_time` of its order line where nothing else tells whether the goods had left: once a trade is
 * closed its state is the same for both. Source: taobao.refund.get.
 */
function* getRefund(refundId: string): Steps<RawRecord> {
	const refund = yield* askRefund(refundId, refundFields);
	if (refund.dispute_type === "TMALL_EXCHANGE") return yield* getExchange(refundId); // a message knows no difference
	if (tellsWhetherSent(refund)) return refund;
	const trade = yield* getTrade(requiredText(refund, "tid"), "tid,orders.oid,orders.consign_time");
	const line = wrappedList(trade, "orders", "order").find((row) => text(row, "oid") === text(refund, "oid"));
	return { ...refund, consign_time: line ? text(line, "consign_time") : "" };
}

/**
 * An exchange, and the trade it belongs to: itself it knows only the order line (`biz_order_id`), while the same
 * dispute read as a refund knows both. Source: tmall.exchange.get.
 */
function* getExchange(disputeId: string): Steps<RawRecord> {
	const method = "tmall.exchange.get";
	const exchange = yield* ask(
		reads(method, { dispute_id: disputeId, fields: exchangeFields }, (payload) => {
			const { exchange } = part(payload, "result");
			if (!isRecord(exchange)) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no exchange`);
			return exchange;
		}),
	);
	const refund = yield* askRefund(disputeId, "refund_id,tid,oid");
	return { ...exchange, tid: requiredText(refund, "tid"), oid: requiredText(refund, "oid") };
}

function* askRefund(refundId: string, fields: string): Steps<RawRecord> {
	const method = "taobao.refund.get";
	return yield* ask(
		reads(method, { refund_id: refundId, fields }, ({ refund }) => {
			if (!isRecord(refund)) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no refund`);
			return refund;
		}),
	);
}

export const aftersales: Documents<PlatformAftersale> = {
	lists: [refunds, exchanges],
	get: (number) => (isExchangeNo(number) ? getExchange(number.slice(1)) : getRefund(number)),
	modifiedAt: (raw) => time(raw, "modified"),
	read: (shopId, raw) => (isExchange(raw) ? readExchange(shopId, raw) : readRefund(shopId, raw)),
};
