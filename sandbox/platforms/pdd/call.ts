import type { Aftersale, MarketOrder } from "../market-order.ts";
import { ownOrder, type PlatformCall } from "../shop-call.ts";
import type { DemoShop } from "../shops.ts";
import type { Arguments } from "./arguments.ts";
import type { PddObject } from "./envelope.ts";
import { refused } from "./errors.ts";

/** A call whose common parameters were right. */
export interface OpenCall extends PlatformCall {
	args: Arguments;
	appKey: string;
}

/** A call in the name of a shop. */
export interface ShopCall extends OpenCall {
	shop: DemoShop;
}

/** One API: under which root it answers, whether it needs a shop's token, and what it answers. `run` throws PddError. */
export type Api =
	| { root: string; needs: "token"; run(call: ShopCall): PddObject }
	| { root: string; needs: "app"; run(call: OpenCall): PddObject };
export type Apis = Readonly<Record<string, Api>>;

/** Another shop's order does not exist. */
export function orderOf(call: ShopCall, orderSn: string): MarketOrder {
	const order = ownOrder(call, orderSn);
	if (!order) throw refused("订单不存在");
	return order;
}

/** An after-sale, which only its order's number and its own find together. */
export function aftersaleOf(
	call: ShopCall,
	orderSn: string,
	number: string,
): { order: MarketOrder; aftersale: Aftersale } {
	const order = orderOf(call, orderSn);
	const aftersale = call.market.aftersale(call.shop.platform, `${orderSn}-${number}`);
	if (!aftersale) throw refused("售后单不存在");
	return { order, aftersale };
}
