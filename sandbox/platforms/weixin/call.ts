import type { RepeatedPages } from "../list-faults.ts";
import type { Aftersale, MarketOrder } from "../market-order.ts";
import { RuleBroken } from "../market-order.ts";
import type { PlatformParts } from "../platform.ts";
import type { DemoShop } from "../shops.ts";
import type { Body } from "./body.ts";
import type { WxObject } from "./envelope.ts";
import { aftersale as aftersaleErrors, orderNotFound, type WxError } from "./errors.ts";
import type { RefundPace } from "./refund-pace.ts";

/** A call whose token was right. */
export interface SellerCall extends PlatformParts {
	body: Body;
	shop: DemoShop;
	/** The platform's clock. */
	nowMs: number;
	repeated: RepeatedPages;
	refundPace: RefundPace;
}

/** Answers what stands beside `errcode`; throws WxError. */
export type SellerMethod = (call: SellerCall) => WxObject;

/** The order a call names; another seller's does not exist. */
export function orderOf({ market, shop, body }: SellerCall): MarketOrder {
	const order = market.order(shop.platform, body.id("order_id"));
	if (order?.shopId !== shop.shopId) throw orderNotFound();
	return order;
}

/** The after-sale a call names, with its order. */
export function aftersaleOf({ market, shop, body }: SellerCall): { order: MarketOrder; aftersale: Aftersale } {
	const aftersale = market.aftersale(shop.platform, body.id("after_sale_order_id"));
	const order = aftersale && market.order(shop.platform, aftersale.platformOrderId);
	if (!aftersale || order?.shopId !== shop.shopId) throw aftersaleErrors.notFound();
	return { order, aftersale };
}

/** Does what the marketplace may forbid; `said`: how the platform puts that. */
export function byTheRules(act: () => void, said: (broken: RuleBroken) => WxError): void {
	try {
		act();
	} catch (err) {
		throw err instanceof RuleBroken ? said(err) : err;
	}
}
