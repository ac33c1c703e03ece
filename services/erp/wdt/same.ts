/** Whether the ERP shows what was pushed. It writes amounts as 6, "6.0000" or "6": figures are compared as figures. */
import { asRecord, recordsOf, text } from "./call.ts";

type Row = Record<string, unknown>;

const ofTrade = [
	"trade_status",
	"refund_status",
	"receivable",
	"post_amount",
	"buyer_message",
	"remark",
	"receiver_name",
	"receiver_area",
	"receiver_address",
	"receiver_mobile",
];
const ofLine = ["spec_no", "num", "total_amount", "status", "refund_status"];
const ofRefund = ["tid", "oid", "type", "status", "num", "refund_amount", "logistics_no"];

/** `trade`: an order of `sales.RawTrade.search`, its lines in `trade_orders`. */
export function sameTrade(trade: Row, document: Row): boolean {
	const pushed = asRecord(recordsOf(document.rawTradeList)[0]);
	const lines = recordsOf(trade.trade_orders);
	return (
		same(trade, pushed, ofTrade) &&
		recordsOf(document.rawTradeOrderList).every((line) =>
			lines.some((seen) => text(seen.oid) === text(line.oid) && same(seen, line, ofLine)),
		)
	);
}

/** `refunds`: what `aftersales.refund.RawRefund.search` shows. */
export const sameRefunds = (refunds: readonly Row[], document: Row): boolean =>
	recordsOf(document.order_list).every((row) =>
		refunds.some((seen) => text(seen.refund_no) === text(row.refund_no) && same(seen, row, ofRefund)),
	);

/** What was not pushed may be anything. */
const same = (seen: Row, pushed: Row, names: readonly string[]): boolean =>
	names.every((name) => pushed[name] === undefined || sameValue(text(seen[name]), text(pushed[name])));

const sameValue = (a: string, b: string): boolean => a === b || (a !== "" && b !== "" && Number(a) === Number(b));
