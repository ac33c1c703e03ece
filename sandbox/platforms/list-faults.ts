import type { Aftersale, MarketOrder } from "./market-order.ts";
import type { ShopCall } from "./shop-call.ts";

/** What the faults of a list have to know of the call: whose list it is, and when it is read. */
type ListCall = Pick<ShopCall, "faults" | "market" | "nowMs"> & { shop: Pick<ShopCall["shop"], "platform"> };

/** How far behind a list is while the fault `late-page` strikes. */
const lateMs = 10_000;

/** The rows of a window as the list knows them: under `late-page` without the newest. */
export function late<T extends { modifiedMs: number }>({ faults, shop, nowMs }: ListCall, rows: T[]): T[] {
	return faults.strike(shop.platform, ["late-page"]) ? rows.filter((row) => row.modifiedMs <= nowMs - lateMs) : rows;
}

/** Remembers which pages were already answered wrongly: to ask again is to get the right one. */
export class RepeatedPages {
	readonly #answered = new Set<string>();

	/** The page to answer: under `repeat-pages` the one before, once for each query and page. `query` names the list. */
	page(call: ListCall, pageNo: number, query: string, firstPage = 1): number {
		return this.#strikes(call, `${query}:${pageNo}`, pageNo <= firstPage) ? pageNo - 1 : pageNo;
	}

	/** The same for a list read by cursor: the cursor of the page to answer. `previous`: the one before; "" is the first page. */
	cursor(call: ListCall, cursor: string, previous: string, query: string): string {
		return this.#strikes(call, `${query}:${cursor}`, cursor === "") ? previous : cursor;
	}

	reset(): void {
		this.#answered.clear();
	}

	#strikes({ faults, shop }: ListCall, key: string, isFirst: boolean): boolean {
		if (isFirst || this.#answered.has(key) || !faults.strike(shop.platform, ["repeat-pages"])) return false;
		this.#answered.add(key);
		return true;
	}
}

/**
 * `page-shift`: to be called after a page of `orders` (the whole window) is read. Some of them are modified again, and the
 * pages not yet read move. Given with `rate`, or without either, it strikes at page after page.
 */
export function shift(call: ListCall, orders: readonly MarketOrder[]): void {
	for (const order of struck(call, orders)) call.market.changed(order, "touched");
}

/** The same for a list of after-sales. */
export function shiftAftersales(call: ListCall, aftersales: readonly Aftersale[]): void {
	for (const aftersale of struck(call, aftersales)) {
		call.market.aftersaleChanged(call.market.orderOf(aftersale), aftersale);
	}
}

function struck<T>({ faults, shop }: ListCall, rows: readonly T[]): Set<T> {
	if (rows.length === 0 || !faults.strike(shop.platform, ["page-shift"])) return new Set();
	return new Set([faults.random.pick(rows), faults.random.pick(rows)]);
}
