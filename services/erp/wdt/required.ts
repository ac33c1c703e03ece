/** Fields 旺店通 cannot do without, marked 是 or Y on the API pages of the two pushes. */
import { asRecord, recordsOf } from "./call.ts";

interface Needs {
	filled: readonly string[];
	present: readonly string[]; // may be empty, but must be there
}

const ofTrade: Needs = {
	filled: (
		"tid process_status trade_status refund_status pay_status order_count goods_count pay_method trade_time buyer_nick " +
		"receiver_name receiver_area receiver_address receiver_mobile post_amount discount receivable delivery_term is_auto_wms"
	).split(" "),
	present: ["end_time", "warehouse_no"],
};
const ofLine: Needs = {
	filled: (
		"tid oid status refund_status goods_id spec_id goods_no spec_no goods_name num price discount share_discount " +
		"total_amount adjust_amount refund_amount"
	).split(" "),
	present: ["remark", "json"],
};
const ofRefund: Needs = {
	filled:
		"refund_no num tid oid type status refund_version refund_amount actual_refund_amount buyer_nick is_aftersale".split(
			" ",
		),
	present: ["title", "reason"],
};

/** Paths of what a document of `sales.RawTrade.pushSelf2` lacks: "shop_no", "rawTradeOrderList[1].spec_no" … */
export const missingOfTrade = (document: Record<string, unknown>): string[] => [
	...lacks("", document, { filled: ["shop_no"], present: [] }),
	...lacks("rawTradeList[0].", asRecord(recordsOf(document.rawTradeList)[0]), ofTrade),
	...ofList("rawTradeOrderList", document, ofLine),
];

/** The same of `aftersales.refund.RawRefund.upload2`. */
export const missingOfRefund = (document: Record<string, unknown>): string[] => [
	...lacks("", document, { filled: ["shop_no"], present: [] }),
	...ofList("order_list", document, ofRefund),
];

function ofList(name: string, document: Record<string, unknown>, needs: Needs): string[] {
	const rows = recordsOf(document[name]);
	return rows.length ? rows.flatMap((row, at) => lacks(`${name}[${at}].`, row, needs)) : [name];
}

function lacks(path: string, node: Record<string, unknown>, { filled, present }: Needs): string[] {
	const empty = filled.filter((name) => node[name] === undefined || node[name] === null || node[name] === "");
	return [...empty, ...present.filter((name) => node[name] === undefined)].map((name) => path + name);
}
