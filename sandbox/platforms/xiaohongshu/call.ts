import type { FaultPlan } from "../../faults.ts";
import type { RepeatedPages } from "../list-faults.ts";
import type { Market } from "../market.ts";
import { type Aftersale, type MarketOrder, RuleBroken } from "../market-order.ts";
import type { Shelf } from "../shelf.ts";
import type { DemoShop, Shops } from "../shops.ts";
import type { Waybills } from "../waybills.ts";
import type { Arguments } from "./arguments.ts";
import type { DecryptionQuota } from "./decryption-quota.ts";
import type { XhsObject } from "./envelope.ts";
import { refused, ruleBroken } from "./errors.ts";

/** A call whose system parameters were right. */
export interface OpenCall {
	args: Arguments;
	appId: string;
	/** The platform's clock. */
	nowMs: number;
	market: Market;
	shelf: Shelf;
	waybills: Waybills;
	shops: Shops;
	faults: FaultPlan;
	repeated: RepeatedPages;
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
export function orderOf({ market, shop }: SellerCall, orderId: string): MarketOrder {
	const order = market.order(shop.platform, orderId);
	if (order?.shopId !== shop.shopId) throw refused("订单不存在");
	return order;
}

/** The after-sale `returnsId` names, with its order. */
export function aftersaleOf(
	{ market, shop }: SellerCall,
	returnsId: string,
): { order: MarketOrder; aftersale: Aftersale } {
	const aftersale = market.aftersale(shop.platform, returnsId);
	const order = aftersale && market.order(shop.platform, aftersale.platformOrderId);
	if (!aftersale || order?.shopId !== shop.shopId) throw refused("售后单不存在");
	return { order, aftersale };
}

/** Does what the marketplace's rules may forbid. */
export function byTheRules(act: () => void): void {
	try {
		act();
	} catch (err) {
		throw err instanceof RuleBroken ? ruleBroken(err.rule) : err;
	}
}
