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

const shop = { platform: "plain", shopId: "plain-demo" };
const wish = { orderId: "plain-demo-1", carrier: "ZTO", key: "k1" };

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
	const numbers = ["a", "b"].map((key) => waybills.take(shop, { ...wish, carrier, key }));
	for (const number of numbers) expect(number).toMatch(pattern);
	expect(new Set(numbers).size).toBe(2);
});

it("gives the same number for the same key, over a restart too, and shows it to no other shop", () => {
	const trackingNo = waybills.take(shop, wish);
	open = open.reopened();
	waybills = new Waybills(open.journal, open.market);
	expect(waybills.take(shop, wish)).toBe(trackingNo);
	expect(waybills.find(shop, trackingNo)).toMatchObject({ orderId: "plain-demo-1", cancelled: false });
	expect(waybills.find({ ...shop, shopId: "another" }, trackingNo)).toBeUndefined();
});

it("counts what is left, and takes a number back however often it is given back", () => {
	const trackingNo = waybills.take(shop, wish);
	expect(waybills.left(shop, "ZTO")).toBe(9999);
	expect(waybills.left(shop, "SF")).toBe(10_000);
	expect(waybills.cancel(shop, trackingNo)).toBe(true);
	expect(waybills.cancel(shop, trackingNo)).toBe(true);
	expect(waybills.left(shop, "ZTO")).toBe(10_000);
	expect(waybills.take(shop, wish)).not.toBe(trackingNo);
});

it("takes no number back that a parcel travels with, or that nobody took", () => {
	const order = open.placeOne();
	const trackingNo = waybills.take(shop, { ...wish, orderId: order.platformOrderId });
	ship(open.market, order, null, { carrier: "ZTO", trackingNo });
	expect(waybills.cancel(shop, trackingNo)).toBe(false);
	expect(waybills.cancel(shop, "7000")).toBe(false);
});
