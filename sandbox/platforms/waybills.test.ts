import { afterEach, beforeEach, expect, it } from "vitest";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { ship } from "./seller-actions.ts";
import { Waybills } from "./waybills.ts";

let open: OpenMarket;
let waybills: Waybills;
beforeEach(() => {
	open = openMarket();
	waybills = new Waybills(open.journal, open.market);
});
afterEach(() => open.end());

const wish = { platform: "plain", shopId: "plain-demo", orderId: "plain-demo-1", carrier: "ZTO", key: "k1" };

/** What platforms accept as a number of each carrier. */
it.each([
	["SF", /^SF\d{13}$/],
	["ZTO", /^7\d{13}$/],
	["YTO", /^YT\d{13}$/],
	["STO", /^77\d{13}$/],
	["YUNDA", /^4\d{13}$/],
	["JTSD", /^JT\d{13}$/],
	["EMS", /^1\d{12}$/],
	["POSTB", /^9\d{12}$/],
	["DBKD", /^DPK\d{12}$/],
	["JD", /^JD\d{13}$/],
])("gives numbers of %s that fit the carrier, each another", (carrier, pattern) => {
	const numbers = ["a", "b"].map((key) => waybills.take({ ...wish, carrier, key }).trackingNo);
	for (const number of numbers) expect(number).toMatch(pattern);
	expect(new Set(numbers).size).toBe(2);
});

it("gives the same number for the same key, over a restart too", () => {
	const { trackingNo } = waybills.take(wish);
	open = open.reopened();
	waybills = new Waybills(open.journal, open.market);
	expect(waybills.take(wish)).toEqual({ trackingNo, isNew: false });
	expect(waybills.find("plain", trackingNo)).toMatchObject({ orderId: "plain-demo-1", cancelled: false });
});

it("counts what is left, and takes a number back however often it is given back", () => {
	const { trackingNo } = waybills.take(wish);
	expect(waybills.left("plain", "plain-demo", "ZTO")).toBe(9999);
	expect(waybills.left("plain", "plain-demo", "SF")).toBe(10_000);
	expect(waybills.cancel("plain", trackingNo)).toBe(true);
	expect(waybills.cancel("plain", trackingNo)).toBe(true);
	expect(waybills.left("plain", "plain-demo", "ZTO")).toBe(10_000);
	expect(waybills.take(wish)).toMatchObject({ isNew: true });
});

it("takes no number back that a parcel travels with, or that nobody took", () => {
	const order = open.placeOne();
	const { trackingNo } = waybills.take({ ...wish, orderId: order.platformOrderId });
	ship(open.market, order, null, { carrier: "ZTO", trackingNo });
	expect(waybills.cancel("plain", trackingNo)).toBe(false);
	expect(waybills.cancel("plain", "7000")).toBe(false);
});
