import { Roll } from "../roll.ts";
import type { Aftersale, MarketOrder } from "./market-order.ts";
import { TimeIndex } from "./time-index.ts";

/** What one shop has, in the orders its lists are asked for. */
interface ShopIndex {
	orders: number;
	byModified: TimeIndex<MarketOrder>;
	byPlaced: TimeIndex<MarketOrder>;
	aftersales: Aftersale[];
	aftersalesByModified: TimeIndex<Aftersale>;
}

/** Where orders and after-sales are found: by number, in the order they came, and by time within a shop. */
export class MarketIndex {
	readonly orders = new Roll<MarketOrder>();
	readonly aftersales = new Roll<Aftersale>();
	readonly #orderById = new Map<string, MarketOrder>();
	readonly #aftersaleById = new Map<string, Aftersale>();
	readonly #shops = new Map<string, ShopIndex>();

	enter(order: MarketOrder): void {
		this.orders.add(order);
		this.#orderById.set(keyOf(order.platform, order.platformOrderId), order);
		const shop = this.shop(order.platform, order.shopId);
		shop.orders += 1;
		shop.byModified.place(order, order.modifiedMs, null);
		shop.byPlaced.place(order, order.placedMs, null);
	}

	enterAftersale(aftersale: Aftersale): void {
		this.aftersales.add(aftersale);
		this.#aftersaleById.set(keyOf(aftersale.platform, aftersale.platformAftersaleId), aftersale);
		const shop = this.shop(aftersale.platform, aftersale.shopId);
		shop.aftersales.push(aftersale);
		shop.aftersalesByModified.place(aftersale, aftersale.modifiedMs, null);
	}

	order(platform: string, platformOrderId: string): MarketOrder | undefined {
		return this.#orderById.get(keyOf(platform, platformOrderId));
	}

	aftersale(platform: string, platformAftersaleId: string): Aftersale | undefined {
		return this.#aftersaleById.get(keyOf(platform, platformAftersaleId));
	}

	shop(platform: string, shopId: string): ShopIndex {
		const key = keyOf(platform, shopId);
		let shop = this.#shops.get(key);
		if (!shop) {
			shop = {
				orders: 0,
				byModified: new TimeIndex(),
				byPlaced: new TimeIndex(),
				aftersales: [],
				aftersalesByModified: new TimeIndex(),
			};
			this.#shops.set(key, shop);
		}
		return shop;
	}

	clear(): void {
		this.orders.clear();
		this.aftersales.clear();
		this.#orderById.clear();
		this.#aftersaleById.clear();
		this.#shops.clear();
	}
}

/** What names one thing of a platform's among all platforms'; the journal's key as well. */
export function keyOf(platform: string, id: string): string {
	return `${platform}:${id}`;
}
