import type { FaultPlan } from "../../faults.ts";
import type { Market } from "../market.ts";
import type { Aftersale, MarketOrder } from "../market-order.ts";
import type { DemoShop, Shops } from "../shops.ts";
import type { Arguments } from "./arguments.ts";
import type { TopObject } from "./envelope.ts";
import { TopError, tradeNotExist } from "./errors.ts";
import type { RepeatedPages } from "./list-faults.ts";

/** A call whose system parameters were right. */
export interface OpenCall {
	args: Arguments;
	appKey: string;
	/** The platform's clock. */
	nowMs: number;
	market: Market;
	shops: Shops;
	faults: FaultPlan;
	repeated: RepeatedPages;
}

/** A call in the name of a seller: `shop` is the one the session belongs to. */
export interface SellerCall extends OpenCall {
	shop: DemoShop;
}

/** Answers the payload that stands beside `request_id`; throws TopError. */
export type OpenMethod = (call: OpenCall) => TopObject;
export type SellerMethod = (call: SellerCall) => TopObject;

/** The trade a parameter names; another seller's trade does not exist. */
export function tradeOf({ market, shop, args }: SellerCall, name = "tid"): MarketOrder {
	const order = market.order(shop.platform, args.id(name));
	if (order?.shopId !== shop.shopId) throw tradeNotExist();
	return order;
}

/** The refund `refund_id` names, with its trade. */
export function refundOf({ market, shop }: SellerCall, refundId: string): { order: MarketOrder; aftersale: Aftersale } {
	const aftersale = market.aftersale(shop.platform, refundId);
	const order = aftersale && market.order(shop.platform, aftersale.platformOrderId);
	if (!aftersale || order?.shopId !== shop.shopId) {
		throw new TopError(15, "isv.refund-not-exist", "退款单不存在");
	}
	return { order, aftersale };
}
