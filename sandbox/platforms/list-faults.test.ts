import { afterEach, beforeEach, expect, it } from "vitest";
import type { FaultName } from "../faults.ts";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { requestRefund } from "./buyer-actions.ts";
import { late, RepeatedPages, shift, shiftAftersales } from "./list-faults.ts";

let open: OpenMarket;
beforeEach(() => {
	open = openMarket();
});
afterEach(() => open.end());

const add = (name: FaultName, left: number | null = null) =>
	open.faults.add({ target: "plain", name, value: null, left, rate: 1 });

/** A call for a list of the shop. */
const call = (nowMs = 0) => ({ faults: open.faults, market: open.market, shop: { platform: "plain" }, nowMs });

it("late-page hides what is newer than ten seconds", () => {
	const rows = [{ modifiedMs: 90_000 }, { modifiedMs: 90_001 }];
	expect(late(call(100_000), rows)).toEqual(rows);
	add("late-page");
	expect(late(call(100_000), rows)).toEqual(rows.slice(0, 1));
});

it("repeat-pages answers each page of a query once with the one before, the first never", () => {
	add("repeat-pages");
	const pages = new RepeatedPages();
	const page = (pageNo: number, query = "q", first?: number) => pages.page(call(), pageNo, query, first);
	expect([page(1), page(2), page(2), page(3), page(2, "other")]).toEqual([1, 1, 2, 2, 1]);
	expect([page(0, "from 0", 0), page(1, "from 0", 0)]).toEqual([0, 0]);
	const cursor = (at: string) => pages.cursor(call(), at, "before", "q");
	expect([cursor(""), cursor("c2"), cursor("c2")]).toEqual(["", "before", "c2"]);
	pages.reset();
	expect(page(2)).toBe(1);
});

it("page-shift modifies orders and after-sales of the window, page after page when it stands", () => {
	const order = open.placeOne();
	requestRefund(open.market, order, { type: "REFUND_BEFORE_SHIP", lines: null, amountFen: 100 });
	const [aftersale] = open.market.aftersalesOf(order);
	if (!aftersale) throw new Error("no after-sale");
	add("page-shift");
	for (const sec of [60, 120]) {
		open.faults.add({ target: "plain", name: "clock", value: sec, left: null, rate: 1 });
		const beforeMs = order.modifiedMs;
		shift(call(), [order]);
		expect(order.modifiedMs).toBeGreaterThan(beforeMs);
		expect(aftersale.modifiedMs).toBeLessThan(order.modifiedMs);
		shiftAftersales(call(), [aftersale]);
		expect(aftersale.modifiedMs).toBe(order.modifiedMs);
	}
	shift(call(), []);
});
