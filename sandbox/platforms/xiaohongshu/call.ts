import type { Aftersale, MarketOrder } from "../market-order.ts";
import { ownAftersale, ownOrder, type PlatformCall } from "../shop-call.ts";
import type { DemoShop } from "../shops.ts";
import type { Arguments } from "./arguments.ts";
import type { DecryptionQuota } from "./decryption-quota.ts";
import type { XhsObject } from "./envelope.ts";
import { refused } from "./errors.ts";

/** A call whose system parameters were right. */
export interface OpenCall extends PlatformCall {
	args: Arguments;
	appId: string;
	decryptions: DecryptionQuota;
}

/** A call in the name of a seller: `shop` is the one the access token belongs to. */
export interface SellerCall extends OpenCall {
	shop: DemoShop;
}

/** Answers what stands in `data`; throws XhsError. */
export type OpenMethod = (call: OpenCall) => XhsObject | null;
export type SellerMethod = (call: SellerCall) => XhsObject | null;

/** The order `orderId` names; another seller's order does not exist. */
export function orderOf(call: SellerCall, orderId: string): MarketOrder {
	const order = ownOrder(call, orderId);
	if (!order) throw refused("订单不存在");
	return order;
}

/** The after-sale `returnsId` names, with its order. */
export function aftersaleOf(call: SellerCall, returnsId: string): { order: MarketOrder; aftersale: Aftersale } {
	const found = ownAftersale(call, returnsId);
	if (!found) throw refused("售后单不存在");
	return found;
}
