import type { RepeatedPages } from "../list-faults.ts";
import { type Aftersale, type MarketLine, type MarketOrder, RuleBroken } from "../market-order.ts";
import type { PlatformParts } from "../platform.ts";
import type { DemoShop } from "../shops.ts";
import type { Arguments } from "./arguments.ts";
import type { Payload } from "./envelope.ts";
import { type KsError, orderNotFound, refundError } from "./errors.ts";

/** A call in the name of a seller whose system parameters were right. */
export interface SellerCall extends PlatformParts {
	args: Arguments;
	shop: DemoShop; // the one the token belongs to
	nowMs: number; // the platform's clock
	repeated: RepeatedPages;
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
export function orderOf({ market, shop, args }: SellerCall, name: string): MarketOrder {
	const order = market.order(shop.platform, args.id(name));
	if (order?.shopId !== shop.shopId) throw orderNotFound();
	return order;
}

export function refundOf({ market, shop, args }: SellerCall): { order: MarketOrder; aftersale: Aftersale } {
	const aftersale = market.aftersale(shop.platform, args.id("refundId"));
	const order = aftersale && market.order(shop.platform, aftersale.platformOrderId);
	if (!aftersale || order?.shopId !== shop.shopId) throw refundError(300011);
	return { order, aftersale };
}

/** The one line of an order. */
export function lineOfOne({ lines, platformOrderId }: MarketOrder): MarketLine {
	const [line] = lines;
	if (!line || lines.length > 1) throw new Error(`order ${platformOrderId} is not of one line`);
	return line;
}

export function byTheRules(act: () => void, refusal: (rule: RuleBroken["rule"]) => KsError): void {
	try {
		act();
	} catch (err) {
		throw err instanceof RuleBroken ? refusal(err.rule) : err;
	}
}
