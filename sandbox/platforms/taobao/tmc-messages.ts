import { stringify } from "lossless-json";
import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import type { Aftersale, MarketChange, MarketOrder, OrderEvent } from "../market-order.ts";
import type { DemoShop } from "../shops.ts";
import { disputeId } from "./numbering.ts";
import { refundPhase } from "./refunds.ts";
import { tradeStatus } from "./statuses.ts";

/** What a message says; the number, the time and the receiver are the service's business. */
interface TmcNews {
	topic: string;
	content: string; // JSON text, ids as numbers of all their digits
}

const tradeTopics: Readonly<Record<OrderEvent, string>> = {
	placed: "TradeCreate",
	paid: "TradeBuyerPay",
	address: "TradeLogisticsAddressChanged",
	memo: "TradeMemoModified",
	shipped: "TradeSellerShip",
	reshipped: "TradeChanged",
	completed: "TradeSuccess",
	closed: "TradeClose",
	touched: "TradeChanged",
};

const refundTopics: Readonly<Record<Aftersale["status"], string>> = {
	APPLIED: "RefundBuyerModifyAgreement",
	WAIT_BUYER_RETURN: "RefundSellerAgreeAgreement",
	WAIT_SELLER_RECEIVE: "RefundBuyerReturnGoods",
	WAIT_SELLER_SHIP: "RefundSellerAgreeAgreement",
	WAIT_BUYER_CONFIRM: "RefundSellerAgreeAgreement",
	REFUSED: "RefundSellerRefuseAgreement",
	DONE: "RefundSuccess",
	CLOSED: "RefundClosed",
};

/** The message a change causes. Keys of the content beyond those of TradeBuyerPay are assumed. */
export function newsOf(change: MarketChange, shop: DemoShop): TmcNews {
	if (change.event !== "aftersale") {
		const partly = change.event === "shipped" && change.order.status === "PART_SHIPPED";
		const topic = partly ? "TradePartlySellerShip" : tradeTopics[change.event];
		return { topic: `taobao_trade_${topic}`, content: tradeContent(change.order, change.event, shop) };
	}
	const { order, aftersale, opened } = change;
	const topic = opened ? "RefundCreated" : refundTopics[aftersale.status];
	return { topic: `taobao_refund_${topic}`, content: refundContent(order, aftersale, shop) };
}

function tradeContent(order: MarketOrder, event: OrderEvent, shop: DemoShop): string {
	const tid = BigInt(order.platformOrderId);
	return json({
		tid,
		oid: order.lines.length === 1 ? tid : BigInt(order.lines[0]?.lineId ?? tid),
		payment: yuan(order.paidFen),
		post_fee: yuan(order.freightFen),
		buyer_nick: order.buyer.nick,
		seller_nick: shop.name,
		type: "guarantee_trade",
		status: tradeStatus(order),
		seller_memo: event === "memo" ? order.memo.seller : undefined,
	});
}

function refundContent(order: MarketOrder, aftersale: Aftersale, shop: DemoShop): string {
	return json({
		refund_id: BigInt(disputeId(aftersale.platformAftersaleId)),
		tid: BigInt(order.platformOrderId),
		oid: BigInt(aftersale.lineId),
		refund_fee: yuan(aftersale.refundFen),
		buyer_nick: order.buyer.nick,
		seller_nick: shop.name,
		bill_type: aftersale.type === "RETURN_REFUND" ? "return_bill" : "refund_bill",
		refund_phase: refundPhase(order),
		modified: beijing(aftersale.modifiedMs),
	});
}

function json(content: Record<string, bigint | string | undefined>): string {
	return stringify(content) ?? "";
}
