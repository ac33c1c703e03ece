import type { Aftersale, MarketOrder } from "../market-order.ts";
import { ownAftersale, ownOrder, type ShopCall } from "../shop-call.ts";
import type { Body } from "./body.ts";
import type { WxObject } from "./envelope.ts";
import { aftersale as aftersaleErrors, orderNotFound } from "./errors.ts";
import type { RefundPace } from "./refund-pace.ts";

/** A call whose token was right. */
export interface SellerCall extends ShopCall {
	body: Body;
	refundPace: RefundPace;
}

/** Answers what stands beside `errcode`; throws WxError. */
export type SellerMethod = (call: SellerCall) => WxObject;

/** The order a call names; another seller's does not exist. */
export function orderOf(call: SellerCall): MarketOrder {
	const order = ownOrder(call, call.body.id("order_id"));
	if (!order) throw orderNotFound();
	return order;
}

/** The after-sale a call names, with its order. */
export function aftersaleOf(call: SellerCall): { order: MarketOrder; aftersale: Aftersale } {
	const found = ownAftersale(call, call.body.id("after_sale_order_id"));
	if (!found) throw aftersaleErrors.notFound();
	return found;
}
