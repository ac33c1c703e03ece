import type { MarketOrder } from "../market-order.ts";
import type { SellerCall } from "./call.ts";

/** How far behind the list is while the fault `late-page` strikes. */
const lateMs = 10_000;

/** The orders of a window as the list knows them: under `late-page` without the newest. */
export function known({ faults, shop, nowMs }: SellerCall, orders: MarketOrder[]): MarketOrder[] {
	const late = faults.strike(shop.platform, ["late-page"]);
	return late ? orders.filter((order) => order.modifiedMs <= nowMs - lateMs) : orders;
}

/** Remembers which queries were already answered with the wrong page: to ask again is to get the right one. */
export class RepeatedPages {
	readonly #queries = new Set<string>();

	/** The page to answer: under `repeat-pages` the one before, once for each query. */
	page({ faults, shop }: SellerCall, pageNo: number, query: string): number {
		const key = `${query}:${pageNo}`;
		if (pageNo === 1 || this.#queries.has(key) || !faults.strike(shop.platform, ["repeat-pages"])) return pageNo;
		this.#queries.add(key);
		return pageNo - 1;
	}

	reset(): void {
		this.#queries.clear();
	}
}

/** `page-shift`: after a page is read, orders of its window are modified again, and the pages not yet read move. */
export function shift({ faults, shop, market }: SellerCall, orders: MarketOrder[]): void {
	if (orders.length === 0 || !faults.strike(shop.platform, ["page-shift"])) return;
	const moved = new Set([faults.random.pick(orders), faults.random.pick(orders)]);
	for (const order of moved) market.changed(order);
}
