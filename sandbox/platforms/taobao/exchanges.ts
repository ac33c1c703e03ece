import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { shiftAftersales } from "../list-faults.ts";
import { isOpen, type MarketOrder } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import { type Dispute, exchangeOf, type SellerCall, type SellerMethod } from "./call.ts";
import { carrierName } from "./carriers.ts";
import { list, type TopObject } from "./envelope.ts";
import { invalid } from "./errors.ts";
import { fieldsOf, pick } from "./fields.ts";
import { disputeId } from "./numbering.ts";
import { pageOf } from "./paging.ts";
import { answerMs, goodStatus, refundPhase, refundVersion } from "./refunds.ts";
import { exchangeStatus, unknownStatusNumber } from "./statuses.ts";
import { oaidOf } from "./trade.ts";

const exchangeFields: ReadonlySet<string> = new Set(
	`dispute_id biz_order_id bizorder_id status refund_phase refund_version num bought_sku exchange_sku title reason desc
	good_status buyer_logistic_name buyer_logistic_no seller_logistic_name seller_logistic_no time_out created modified
	buyer_nick seller_nick buyer_name buyer_phone buyer_address oaid price payment`.split(/\s+/),
);

/** Exchanges by the time they changed, newest first. Source: tmall.exchange.receive.get, parameters spelled as there. */
const receive: SellerMethod = (call) => {
	const { args, market, shop, nowMs } = call;
	fieldsOf(args, exchangeFields);
	const { fromMs, toMs } = args.openWindow("start_gmt_modified_time", "end_gmt_modifed_time", nowMs);
	const statuses = args.csv("dispute_status_array")?.map(Number);
	const aftersales = market
		.aftersalesBetween(shop.platform, shop.shopId, fromMs, toMs)
		.filter((aftersale) => aftersale.type === "EXCHANGE")
		.filter((aftersale) => !statuses || statuses.includes(exchangeStatus(aftersale)));
	if (args.text("use_has_next")) throw invalid("use_has_next", "不支持的参数");
	const { rows, total, hasNext } = pageOf(call, aftersales, `exchanges:${fromMs}:${toMs}`, { usual: 20, most: 100 });
	const exchanges = rows.map((aftersale) => exchange(call, { order: market.orderOf(aftersale), aftersale }));
	shiftAftersales(call, aftersales);
	return {
		results: list("exchange", exchanges),
		total_results: total,
		page_results: exchanges.length,
		has_next: hasNext,
	};
};

/** Source: tmall.exchange.get. */
const detail: SellerMethod = (call) => {
	const record = exchange(call, exchangeOf(call));
	const strange = record.status !== undefined && call.faults.strike(call.shop.platform, ["unknown-status"]);
	return { result: { success: true, exchange: strange ? { ...record, status: unknownStatusNumber } : record } };
};

/** The fields asked for. The documentation's own list of them writes `bizorder_id` for what is answered as `biz_order_id`. */
export function exchange({ args, shop }: SellerCall, dispute: Dispute): TopObject {
	const { own } = fieldsOf(args, exchangeFields);
	const names = own.has("bizorder_id") ? new Set([...own, "biz_order_id"]) : own;
	return pick(exchangeRecord(shop.name, dispute), names);
}

function exchangeRecord(sellerNick: string, { order, aftersale }: Dispute): TopObject {
	const line = lineOf(order, aftersale.lineId);
	const { returnParcel, sentParcel } = aftersale;
	return {
		dispute_id: BigInt(disputeId(aftersale.platformAftersaleId)),
		biz_order_id: BigInt(line.lineId), // the order line's, not the trade's
		status: exchangeStatus(aftersale),
		refund_phase: refundPhase(order),
		refund_version: BigInt(refundVersion(aftersale)),
		num: aftersale.quantity,
		bought_sku: line.platformSkuId,
		exchange_sku: line.platformSkuId,
		title: line.title,
		reason: aftersale.reason,
		desc: aftersale.reason,
		good_status: goodStatus(aftersale, line.shipped),
		buyer_logistic_name: returnParcel ? carrierName(returnParcel.carrier) : undefined,
		buyer_logistic_no: returnParcel?.trackingNo,
		seller_logistic_name: sentParcel ? carrierName(sentParcel.carrier) : undefined,
		seller_logistic_no: sentParcel?.trackingNo,
		time_out: isOpen(aftersale) ? beijing(aftersale.modifiedMs + answerMs) : undefined,
		created: beijing(aftersale.createdMs),
		modified: beijing(aftersale.modifiedMs),
		price: yuan(line.priceFen),
		payment: yuan(line.paidFen),
		seller_nick: sellerNick,
		...buyerOf(order),
	};
}

function buyerOf(order: MarketOrder): TopObject {
	const { receiver, buyer } = order;
	return {
		buyer_nick: buyer.nick,
		buyer_name: `${receiver.name.slice(0, 1)}**`,
		buyer_phone: `*******${receiver.mobile.slice(-4)}`,
		buyer_address: [receiver.province, receiver.city, receiver.district, "****"].join("^^^"),
		oaid: oaidOf(order),
	};
}

export const exchangeMethods: Readonly<Record<string, SellerMethod>> = {
	"tmall.exchange.receive.get": receive,
	"tmall.exchange.get": detail,
};
