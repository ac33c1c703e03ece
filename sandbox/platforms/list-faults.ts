import type { FaultPlan } from "../faults.ts";
import type { Market } from "./market.ts";
import type { Aftersale, MarketOrder } from "./market-order.ts";

/** How far behind a list is while the fault `late-page` strikes. */
const lateMs = 10_000;

/** The rows of a window as the list knows them: under `late-page` without the newest. */
export function late<T extends { modifiedMs: number }>(
	faults: FaultPlan,
	platform: string,
	nowMs: number,
	rows: T[],
): T[] {
	return faults.strike(platform, ["late-page"]) ? rows.filter((row) => row.modifiedMs <= nowMs - lateMs) : rows;
}

/** Remembers which pages were already answered wrongly: to ask again is to get the right one. */
export class RepeatedPages {
	readonly #answered = new Set<string>();

	/** The page to answer: under `repeat-pages` the one before, once for each query and page. `query` names the list. */
	page(faults: FaultPlan, platform: string, pageNo: number, query: string, firstPage = 1): number {
		return this.#strikes(faults, platform, `${query}:${pageNo}`, pageNo <= firstPage) ? pageNo - 1 : pageNo;
	}

	/** The same for a list read by cursor: the cursor of the page to answer. `previous`: the one before; "" is the first page. */
	cursor(faults: FaultPlan, platform: string, cursor: string, previous: string, query: string): string {
		return this.#strikes(faults, platform, `${query}:${cursor}`, cursor === "") ? previous : cursor;
	}

	reset(): void {
		this.#answered.clear();
	}

	#strikes(faults: FaultPlan, platform: string, key: string, isFirst: boolean): boolean {
		if (isFirst || this.#answered.has(key) || !faults.strike(platform, ["repeat-pages"])) return false;
		this.#answered.add(key);
		return true;
	}
}

/**
 * `page-shift`: to be called after a page of `orders` (the whole window) is read. Some of them are modified again, and the
 * pages not yet read move. Given with `rate`, or without either, it strikes at page after page.
 */
export function shift(faults: FaultPlan, market: Market, platform: string, orders: readonly MarketOrder[]): void {
	for (const order of struck(faults, platform, orders)) market.changed(order, "touched");
}

/** The same for a list of after-sales. */
export function shiftAftersales(
	faults: FaultPlan,
	market: Market,
	platform: string,
	aftersales: readonly Aftersale[],
): void {
	for (const aftersale of struck(faults, platform, aftersales)) {
		const order = market.order(platform, aftersale.platformOrderId);
		if (order) market.aftersaleChanged(order, aftersale);
	}
}

function struck<T>(faults: FaultPlan, platform: string, rows: readonly T[]): Set<T> {
	if (rows.length === 0 || !faults.strike(platform, ["page-shift"])) return new Set();
	return new Set([faults.random.pick(rows), faults.random.pick(rows)]);
}
