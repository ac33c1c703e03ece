import type { Aftersale, MarketOrder } from "../market-order.ts";
import { ownAftersale, ownOrder, type PlatformCall } from "../shop-call.ts";
import type { DemoShop } from "../shops.ts";
import type { Arguments } from "./arguments.ts";
import type { TopObject } from "./envelope.ts";
import { TopError, tradeNotExist } from "./errors.ts";
import { exchangeKey } from "./numbering.ts";

/** A call whose system parameters were right. */
export interface OpenCall extends PlatformCall {
	args: Arguments;
	appKey: string;
}

/** A call in the name of a seller: `shop` is the one the session belongs to. */
export interface SellerCall extends OpenCall {
	shop: DemoShop;
}

/** Answers the payload that stands beside `request_id`; throws TopError. */
export type OpenMethod = (call: OpenCall) => TopObject;
export type SellerMethod = (call: SellerCall) => TopObject;

/** The trade a parameter names; another seller's trade does not exist. */
export function tradeOf(call: SellerCall, name = "tid"): MarketOrder {
	const order = ownOrder(call, call.args.id(name));
	if (!order) throw tradeNotExist();
	return order;
}

export interface Dispute {
	order: MarketOrder;
	aftersale: Aftersale;
}

/** The refund a number names, with its trade. Exchanges have a refund's number, but are no refunds. */
export function refundOf(call: SellerCall, refundId: string): Dispute {
	return disputeOf(call, [refundId]);
}

/** The exchange `dispute_id` names. */
export function exchangeOf(call: SellerCall): Dispute {
	return disputeOf(call, [exchangeKey(call.args.id("dispute_id"))]);
}

/** Whatever dispute a number names: it can be looked up as a refund. */
export function anyDisputeOf(call: SellerCall, refundId: string): Dispute {
	return disputeOf(call, [refundId, exchangeKey(refundId)]);
}

function disputeOf(call: SellerCall, keys: string[]): Dispute {
	const dispute = keys.map((key) => ownAftersale(call, key)).find((each) => each !== undefined);
	if (!dispute) throw new TopError(15, "isv.refund-not-exist", "退款单不存在");
	return dispute;
}
