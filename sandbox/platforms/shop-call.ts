import type { RepeatedPages } from "./list-faults.ts";
import type { Market } from "./market.ts";
import type { Aftersale, MarketOrder } from "./market-order.ts";
import type { PlatformParts } from "./platform.ts";
import type { DemoShop, Shops } from "./shops.ts";

/** What the methods of every platform are given; each platform adds its parameters. */
export interface PlatformCall extends PlatformParts {
	shops: Shops;
	repeated: RepeatedPages;
	/** The platform's clock. */
	nowMs: number;
}

/** A call in the name of a shop: the one whose token it carries. */
export interface ShopCall extends PlatformCall {
	shop: DemoShop;
}

type Asker = { market: Market; shop: DemoShop };

/** An order of this shop; another shop's does not exist. */
export function ownOrder({ market, shop }: Asker, orderId: string): MarketOrder | undefined {
	const order = market.order(shop.platform, orderId);
	return order?.shopId === shop.shopId ? order : undefined;
}

/** An after-sale of this shop, with its order. */
export function ownAftersale(
	asker: Asker,
	aftersaleId: string,
): { order: MarketOrder; aftersale: Aftersale } | undefined {
	const aftersale = asker.market.aftersale(asker.shop.platform, aftersaleId);
	const order = aftersale && ownOrder(asker, aftersale.platformOrderId);
	return aftersale && order && { order, aftersale };
}
