/** The fields of 旺店通's documents. Source: the API pages of the two pushes, with their lengths. */
import { fenIn, productFen, sumOf } from "../amounts.ts";
import { all, type Form, under } from "../form.ts";
import { count, type Format, flag, money, oneOf, pieces, text, time } from "../format.ts";
import type { Booking } from "../judgement.ts";
import { chars } from "../kind-of-value.ts";
import { asRecord, recordsOf, text as textOf } from "./call.ts";

type Document = Record<string, unknown>;

const code = text(40);
const tradeState = oneOf(10, 20, 30, 40, 50, 60, 70, 80, 90);

const area: Format = {
	fits: (value) => typeof value === "string" && value.split(" ").length === 3 && chars(value) <= 40,
	words: { zh: "应为以空格分隔的省 市 区", en: "must be province, city and district with blanks between them" },
};
const mobile: Format = {
	fits: (value) => typeof value === "string" && chars(value) === 11,
	words: { zh: "应为 11 位手机号（可脱敏）", en: "must be a mobile number of 11 characters, masked or not" },
};

export const tradeForm: Form = {
	shop_no: code,
	...under("rawTradeList[]", {
		...all("tid warehouse_no", code),
		process_status: oneOf(10, 20, 30, 40, 60, 70),
		trade_status: tradeState,
		refund_status: oneOf(0, 1, 2, 3),
		pay_status: oneOf(0, 1, 2),
		pay_method: oneOf(1, 2, 3, 4, 5, 6, 7, 8),
		delivery_term: oneOf(1, 2, 3),
		...all("order_count goods_count", count),
		...all("trade_time pay_time end_time", time),
		...all("buyer_nick receiver_name", text(100)),
		...all("buyer_message remark", text(1_024)),
		remark_flag: oneOf(0, 1, 2, 3, 4, 5),
		receiver_mobile: mobile,
		receiver_area: area,
		receiver_address: text(256),
		...all("post_amount discount receivable paid cod_amount other_amount", money),
		is_auto_wms: flag,
		is_sealed: count,
	}),
	...under("rawTradeOrderList[]", {
		...all("tid oid goods_id spec_id goods_no spec_no", code),
		...all("goods_name spec_name remark json", text(255)),
		status: tradeState,
		refund_status: oneOf(0, 1, 2, 3, 4, 5, 6),
		num: pieces,
		...all("price discount adjust_amount share_discount total_amount refund_amount", money),
		gift_type: count,
	}),
};

const closed = oneOf(80, 90); // 已退款, 已关闭: not to be delivered

/** An order is taken back by pushing it as closed. */
export const cancelForm: Form = {
	...tradeForm,
	"rawTradeList[].trade_status": closed,
	"rawTradeOrderList[].status": closed,
};

export const refundForm: Form = {
	shop_no: code,
	...under("order_list[]", {
		...all("refund_no tid oid refund_version spec_no logistics_name logistics_no", code),
		type: oneOf(0, 1, 2, 3, 4),
		status: oneOf(1, 2, 3, 4, 5),
		is_aftersale: oneOf(0, 1),
		num: pieces,
		...all("refund_amount actual_refund_amount", money),
		...all("title reason", text(255)),
		remark: text(1_024),
		buyer_nick: text(100),
		...all("refund_time current_phase_timeout", time),
	}),
};

/** A row comes to price × num + adjust_amount − discount. */
export function tradeBooking(document: Document): Booking {
	const trade = asRecord(recordsOf(document.rawTradeList)[0]);
	const rows = recordsOf(document.rawTradeOrderList).filter(({ status }) => !closed.fits(Number(status)));
	const stated = (field: string) => ({ field: `rawTradeList[].${field}`, fen: fenIn(trade[field]) });
	const isOff = closed.fits(Number(trade.trade_status));
	return {
		number: textOf(trade.tid),
		order: null,
		lines: rows.map((row) => ({
			sku: textOf(row.spec_no),
			quantity: Number(row.num),
			fen: sumOf([productFen(row.price, Number(row.num)), fenIn(row.adjust_amount), minus(fenIn(row.discount))]),
		})),
		freightFen: isOff ? null : fenIn(trade.post_amount),
		totals: isOff
			? []
			: [
					{ ...stated("receivable"), is: "due" },
					{ field: "rawTradeList[].paid", fen: sumOf([fenIn(trade.paid), fenIn(trade.cod_amount)]), is: "due" },
					{
						field: "rawTradeOrderList[].total_amount",
						fen: sumOf(rows.map((row) => fenIn(row.total_amount))),
						is: "lines",
					},
				],
		fields: {
			number: "rawTradeList[].tid",
			lines: "rawTradeOrderList",
			sku: "rawTradeOrderList[].spec_no",
			quantity: "rawTradeOrderList[].num",
			amount: "rawTradeOrderList[].price",
			freight: "rawTradeList[].post_amount",
		},
	};
}

/** Freight that is given back stands in the first row. */
export function refundBooking(document: Document): Booking {
	const rows = recordsOf(document.order_list);
	const totalOf = (field: string) => sumOf(rows.map((row) => fenIn(row[field])));
	return {
		number: textOf(asRecord(rows[0]).refund_no),
		order: { field: "order_list[].tid", number: textOf(asRecord(rows[0]).tid) },
		lines: rows.map((row) => ({ sku: textOf(row.spec_no), quantity: Number(row.num), fen: null })),
		freightFen: null,
		totals: [
			{ field: "order_list[].refund_amount", fen: totalOf("refund_amount"), is: "due" },
			{ field: "order_list[].actual_refund_amount", fen: totalOf("actual_refund_amount"), is: "due" },
		],
		fields: {
			number: "order_list[].refund_no",
			lines: "order_list",
			sku: "order_list[].spec_no",
			quantity: "order_list[].num",
			amount: "order_list[].refund_amount",
			freight: "",
		},
	};
}

const minus = (fen: number | null): number | null => (fen === null ? null : -fen);
