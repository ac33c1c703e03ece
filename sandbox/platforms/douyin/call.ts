import type { Aftersale, MarketOrder } from "../market-order.ts";
import { ownAftersale, ownOrder, type PlatformCall } from "../shop-call.ts";
import type { DemoShop } from "../shops.ts";
import type { DoudianObject } from "./envelope.ts";
import { noSuchAftersale, noSuchOrder } from "./errors.ts";
import type { KnownRequests } from "./known-requests.ts";
import type { Params } from "./params.ts";

/** A call whose system parameters were right. */
export interface AppCall extends PlatformCall {
	params: Params;
	appKey: string;
}

/** A call in the name of a seller. */
export interface SellerCall extends AppCall {
	shop: DemoShop;
	requests: KnownRequests;
}

/** Answers `data`; throws DoudianError. */
export type AppMethod = (call: AppCall) => DoudianObject;
export type SellerMethod = (call: SellerCall) => DoudianObject | DoudianObject[];

/** An order of this seller; another's does not exist. */
export function orderOf(call: SellerCall, orderId: string): MarketOrder {
	const order = ownOrder(call, orderId);
	if (!order) throw noSuchOrder();
	return order;
}

export function aftersaleOf(call: SellerCall, aftersaleId: string): { order: MarketOrder; aftersale: Aftersale } {
	const found = ownAftersale(call, aftersaleId);
	if (!found) throw noSuchAftersale();
	return found;
}

/** Epoch milliseconds -> Unix seconds; 0 for a time that has not come. */
export const seconds = (ms: number | null): number => (ms === null ? 0 : Math.floor(ms / 1000));
