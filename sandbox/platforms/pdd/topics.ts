import type { Aftersale, MarketChange, MarketOrder, OrderEvent } from "../market-order.ts";
import { ownNumber } from "./numbering.ts";

/** One message as the platform words it. */
export interface Told {
	type: string;
	content: object;
}

/** Nobody is told of an order that is not in effect, or that was only touched. */
const tradeTopics: Partial<Record<OrderEvent, string>> = {
	paid: "pdd_trade_TradeConfirmed",
	address: "pdd_trade_TradeLogisticsAddressChanged",
	memo: "pdd_trade_TradeMemoModified",
	shipped: "pdd_trade_TradeSellerShip",
	reshipped: "pdd_trade_TradeSellerShip",
	completed: "pdd_trade_TradeSuccess",
};

/** What a change is told as; null: not at all. `mallId` is the platform's number of the shop. */
export function toldOf(change: MarketChange, mallId: number): Told | null {
	const { order } = change;
	const trade = { mall_id: mallId, tid: order.platformOrderId };
	if (change.event === "aftersale") {
		return {
			type: refundTopic(change.aftersale, change.opened),
			content: { ...trade, ...refund(order, change.aftersale) },
		};
	}
	const type = tradeTopics[change.event];
	return type === undefined ? null : { type, content: trade };
}

function refundTopic({ status }: Aftersale, opened: boolean): string {
	if (opened) return "pdd_refund_RefundCreated";
	if (status === "WAIT_SELLER_RECEIVE") return "pdd_refund_RefundBuyerReturnGoods";
	if (status === "DONE" || status === "CLOSED") return "pdd_refund_RefundClosed";
	if (status === "APPLIED" || status === "REFUSED") return "pdd_refund_RefundBuyerModifyAgreement";
	return "pdd_refund_RefundAgreeAgreement";
}

/** The amount is fen, the time epoch milliseconds. */
function refund({ platformOrderId }: MarketOrder, aftersale: Aftersale): object {
	return {
		tid: platformOrderId,
		refund_id: Number(ownNumber(aftersale.platformAftersaleId)),
		refund_fee: aftersale.refundFen,
		bill_type: 1,
		operation: 0,
		modified: aftersale.modifiedMs,
	};
}
