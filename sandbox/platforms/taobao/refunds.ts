import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { shiftAftersales } from "../list-faults.ts";
import { type Aftersale, isOpen, type MarketOrder } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import { dayMs } from "./arguments.ts";
import { anyDisputeOf, type SellerMethod } from "./call.ts";
import { carrierName } from "./carriers.ts";
import { list, type TopObject } from "./envelope.ts";
import { fieldsOf, pick } from "./fields.ts";
import { disputeId } from "./numbering.ts";
import { pageOf } from "./paging.ts";
import { disputeTypes, lineStatus, refundStatus, unknownStatus } from "./statuses.ts";
import { takesOurType } from "./trades.ts";

/** How long the seller has to answer. */
export const answerMs = 2 * dayMs;

const refundFields: ReadonlySet<string> = new Set(
	`refund_id tid oid status dispute_type refund_phase refund_version refund_fee payment total_fee num num_iid outer_id
	sku title reason desc has_good_return good_status order_status company_name sid good_return_time created modified
	cs_status operation_contraint refund_remind_timeout buyer_nick seller_nick`.split(/\s+/),
);

/** Refunds by the time they changed, newest first; `fields` as for trades. Source: taobao.refunds.receive.get. */
const receive: SellerMethod = (call) => {
	const { args, market, shop, nowMs } = call;
	const fields = fieldsOf(args, refundFields);
	const { fromMs, toMs } = args.openWindow("start_modified", "end_modified", nowMs);
	const status = args.text("status");
	const aftersales = market
		.aftersalesBetween(shop.platform, shop.shopId, fromMs, toMs)
		.filter((aftersale) => aftersale.type !== "EXCHANGE" && takesOurType(args))
		.filter((aftersale) => status === null || refundStatus(aftersale) === status);
	const { rows, count } = pageOf(call, aftersales, `refunds:${fromMs}:${toMs}`, { usual: 40, most: 100 });
	const refunds = rows.map((each) => pick(refundRecord(market.orderOf(each), each, shop.name), fields.own));
	shiftAftersales(call, aftersales);
	return { ...count, refunds: list("refund", refunds) };
};

/** Source: taobao.refund.get. */
const detail: SellerMethod = (call) => {
	const fields = fieldsOf(call.args, refundFields);
	const { order, aftersale } = anyDisputeOf(call, call.args.id("refund_id"));
	const refund = pick(refundRecord(order, aftersale, call.shop.name), fields.own);
	const strange = refund.status !== undefined && call.faults.strike(call.shop.platform, ["unknown-status"]);
	return { refund: strange ? { ...refund, status: unknownStatus } : refund };
};

function refundRecord(order: MarketOrder, aftersale: Aftersale, sellerNick: string): TopObject {
	const line = lineOf(order, aftersale.lineId);
	const { returnParcel } = aftersale;
	return {
		refund_id: disputeId(aftersale.platformAftersaleId),
		tid: BigInt(order.platformOrderId),
		oid: BigInt(line.lineId),
		buyer_nick: order.buyer.nick,
		seller_nick: sellerNick,
		status: refundStatus(aftersale),
		dispute_type: disputeTypes[aftersale.type],
		refund_phase: refundPhase(order),
		refund_version: BigInt(refundVersion(aftersale)),
		refund_fee: yuan(aftersale.refundFen),
		payment: yuan(Math.max(0, line.paidFen - aftersale.refundFen)),
		total_fee: yuan(line.priceFen * line.quantity),
		num: aftersale.quantity,
		num_iid: BigInt(line.productId),
		outer_id: line.sku,
		sku: `${line.platformSkuId}|${line.spec}`,
		title: line.title,
		reason: aftersale.reason,
		desc: aftersale.reason,
		has_good_return: aftersale.type === "RETURN_REFUND" || aftersale.type === "EXCHANGE",
		good_status: goodStatus(aftersale, line.shipped),
		order_status: lineStatus(order, line),
		company_name: returnParcel ? carrierName(returnParcel.carrier) : undefined,
		sid: returnParcel?.trackingNo,
		good_return_time: returnParcel ? beijing(aftersale.modifiedMs) : undefined,
		created: beijing(aftersale.createdMs),
		modified: beijing(aftersale.modifiedMs),
		cs_status: 1,
		operation_contraint: "",
		refund_remind_timeout: isOpen(aftersale)
			? { exist_timeout: true, remind_type: 3, timeout: beijing(aftersale.createdMs + answerMs) }
			: undefined,
	};
}

/** While the trade runs, and after it. */
export function refundPhase(order: MarketOrder): string {
	return order.status === "COMPLETED" ? "aftersale" : "onsale";
}

/** Epoch milliseconds of the last change: an action with another version is out of date. */
export function refundVersion(aftersale: Aftersale): number {
	return aftersale.modifiedMs;
}

export function goodStatus(aftersale: Aftersale, shipped: boolean): string {
	if (aftersale.returnParcel) return "BUYER_RETURNED_GOODS";
	return shipped && aftersale.type !== "REFUND_ONLY" ? "BUYER_RECEIVED" : "BUYER_NOT_RECEIVED";
}

export const refundMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.refunds.receive.get": receive,
	"taobao.refund.get": detail,
};
