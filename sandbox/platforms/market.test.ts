import { afterEach, describe, expect, it } from "vitest";
import { type OpenMarket, openMarket, plainRules } from "../testing/market.ts";
import { changeMemo, close, modify, requestRefund } from "./buyer-actions.ts";
import { agreeRefund, ship } from "./seller-actions.ts";

let open: OpenMarket;
afterEach(() => open.end());

const parcel = { carrier: "SF", trackingNo: "SF1" };

/** The events of everything that is done from here on. */
function watched({ market }: OpenMarket): string[] {
	const events: string[] = [];
	market.watch("plain", (change) => {
		const opened = change.aftersale && change.opened ? " opened" : "";
		events.push(`${change.event}${opened} ${change.aftersale?.status ?? change.order.status}`);
	});
	return events;
}

describe("who watches", () => {
	it("is told of every step of an order, once it is taken", () => {
		open = openMarket();
		const events = watched(open);
		const { market } = open;
		const order = open.placeOne();
		changeMemo(market, order, { seller: "急" });
		modify(market, order);
		ship(market, order, null, parcel);
		expect(events).toEqual([
			"placed WAIT_SHIP",
			"paid WAIT_SHIP",
			"memo WAIT_SHIP",
			"touched WAIT_SHIP",
			"shipped SHIPPED",
		]);
	});

	it("is told that an after-sale is new, changes, and ends the order", () => {
		open = openMarket();
		const { market } = open;
		const order = open.placeOne({ lines: 1 });
		const events = watched(open);
		const [refund] = requestRefund(market, order, { type: "REFUND_BEFORE_SHIP", lines: null, amountFen: null });
		if (refund) agreeRefund(market, order, refund);
		expect(events).toEqual(["aftersale opened APPLIED", "aftersale DONE", "closed CLOSED"]);
	});
});

it("moves the modified time with every event but those that are silent on the platform", () => {
	open = openMarket({ silent: ["memo"] });
	const { market, faults } = open;
	const order = open.placeOne();
	const placedMs = order.modifiedMs;
	faults.add({ target: "plain", name: "clock", value: 60, left: null, rate: 1 });
	changeMemo(market, order, { seller: "急" });
	expect(order.modifiedMs).toBe(placedMs);
	close(market, order);
	expect(order.modifiedMs).toBeGreaterThanOrEqual(placedMs + 60_000);
});

describe("where an order has one line", () => {
	it("makes an order of each line wished for, every fen kept", () => {
		open = openMarket();
		const whole = open.placeOne({ lines: 4, seed: "s" });
		open.end();
		open = openMarket({ oneLine: true });
		const { market } = open;
		const parts = market.place({
			platform: "plain",
			shopId: "plain-demo",
			count: 1,
			seed: "s",
			lines: 4,
			paid: true,
		});
		expect(parts.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1]);
		expect(new Set(parts.map(({ platformOrderId }) => platformOrderId)).size).toBe(4);
		expect(parts.reduce((sum, part) => sum + part.paidFen, 0)).toBe(whole.paidFen);
		for (const part of parts) {
			expect(part.paidFen).toBe(part.freightFen + (part.lines[0]?.paidFen ?? 0));
			expect(part.receiver).toEqual(whole.receiver);
		}
	});

	it("fills baskets of one line where it is left to chance", () => {
		open = openMarket({ oneLine: true });
		const wish = { platform: "plain", shopId: "plain-demo", count: 50, seed: null, lines: null, paid: true };
		expect(open.market.place(wish)).toHaveLength(50);
	});
});

describe("numbers of products and SKUs", () => {
	it("are of the platform's own shape, on lines as on the shelf", () => {
		const numbering = {
			...plainRules.numbering,
			productId: (id: string) => `p${id}`,
			skuId: (id: string) => `s${id}`,
		};
		open = openMarket({ numbering });
		const [line] = open.placeOne().lines;
		expect(line?.productId).toMatch(/^p68\d{10}$/);
		expect(open.shelf.sku("plain", "plain-demo", line?.platformSkuId ?? "")?.sku).toBe(line?.sku);
	});

	it("refuse two lines of one SKU where they are what tells lines apart", () => {
		const lineIds = (_: string, lines: readonly { platformSkuId: string }[]) => lines.map((line) => line.platformSkuId);
		open = openMarket({ numbering: { ...plainRules.numbering, lineIds } });
		const twice = [1, 2].map((quantity) => ({ sku: "LID-STD", quantity, priceFen: null }));
		expect(() => open.placeOne({ lines: twice })).toThrow("no two lines of one SKU");
		const others = ["NOT-KNOWN-1", "NOT-KNOWN-2"].map((sku) => ({ sku, quantity: 1, priceFen: null }));
		expect(open.placeOne({ lines: others }).lines).toHaveLength(2);
	});
});

it("knows orders and after-sales again after a restart", () => {
	open = openMarket();
	const order = open.placeOne();
	requestRefund(open.market, order, { type: "REFUND_BEFORE_SHIP", lines: null, amountFen: 100 });
	const aftersales = open.market.aftersalesOf(order);
	open = open.reopened();
	expect(open.market.order("plain", order.platformOrderId)).toEqual(order);
	expect(open.market.aftersalesOf(order)).toEqual(aftersales);
});
