import type { Aftersale, MarketLine, MarketOrder } from "../market-order.ts";
import { ownAftersale, ownOrder, type ShopCall } from "../shop-call.ts";
import type { Arguments } from "./arguments.ts";
import type { Payload } from "./envelope.ts";
import { orderNotFound, refundError } from "./errors.ts";

/** A call in the name of a seller whose system parameters were right. */
export interface SellerCall extends ShopCall {
	args: Arguments;
}

export interface Method {
	verb: "GET" | "POST";
	perSecond: number; // calls of one app
	/** Throws KsError. */
	run(call: SellerCall): Payload;
}

/** What is told of no API in particular. */
export const usualPerSecond = 100;

export const get = (run: Method["run"], perSecond = usualPerSecond): Method => ({ verb: "GET", perSecond, run });
export const post = (run: Method["run"], perSecond = usualPerSecond): Method => ({ verb: "POST", perSecond, run });

/** What a method answers that only does something. */
export const done: Payload = { data: null };

/** The order a parameter names; another seller's order does not exist. */
export function orderOf(call: SellerCall, name: string): MarketOrder {
	const order = ownOrder(call, call.args.id(name));
	if (!order) throw orderNotFound();
	return order;
}

export function refundOf(call: SellerCall): { order: MarketOrder; aftersale: Aftersale } {
	const found = ownAftersale(call, call.args.id("refundId"));
	if (!found) throw refundError(300011);
	return found;
}

/** The one line of an order. */
export function lineOfOne({ lines, platformOrderId }: MarketOrder): MarketLine {
	const [line] = lines;
	if (!line || lines.length > 1) throw new Error(`order ${platformOrderId} is not of one line`);
	return line;
}
