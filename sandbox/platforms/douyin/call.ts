import type { FaultPlan } from "../../faults.ts";
import type { RepeatedPages } from "../list-faults.ts";
import type { Market } from "../market.ts";
import type { Aftersale, MarketOrder } from "../market-order.ts";
import type { Shelf } from "../shelf.ts";
import type { DemoShop, Shops } from "../shops.ts";
import type { Waybills } from "../waybills.ts";
import type { DoudianObject } from "./envelope.ts";
import { noSuchAftersale, noSuchOrder } from "./errors.ts";
import type { KnownRequests } from "./known-requests.ts";
import type { Params } from "./params.ts";

/** A call whose system parameters were right. */
export interface AppCall {
	params: Params;
	appKey: string;
	/** The platform's clock. */
	nowMs: number;
	shops: Shops;
}

/** A call in the name of a seller. */
export interface SellerCall extends AppCall {
	shop: DemoShop;
	market: Market;
	shelf: Shelf;
	waybills: Waybills;
	faults: FaultPlan;
	requests: KnownRequests;
	repeated: RepeatedPages;
}

/** Answers `data`; throws DoudianError. */
export type AppMethod = (call: AppCall) => DoudianObject;
export type SellerMethod = (call: SellerCall) => DoudianObject | DoudianObject[];

/** An order of this seller; another's does not exist. */
export function orderOf({ market, shop }: SellerCall, orderId: string): MarketOrder {
	const order = market.order(shop.platform, orderId);
	if (order?.shopId !== shop.shopId) throw noSuchOrder();
	return order;
}

export function aftersaleOf(call: SellerCall, aftersaleId: string): { order: MarketOrder; aftersale: Aftersale } {
	const aftersale = call.market.aftersale(call.shop.platform, aftersaleId);
	const order = aftersale && call.market.order(call.shop.platform, aftersale.platformOrderId);
	if (!aftersale || order?.shopId !== call.shop.shopId) throw noSuchAftersale();
	return { order, aftersale };
}

/** Epoch milliseconds -> Unix seconds; 0 for a time that has not come. */
export const seconds = (ms: number | null): number => (ms === null ? 0 : Math.floor(ms / 1000));
