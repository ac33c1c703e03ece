import { describe, expect, it } from "vitest";
import { carrierCodes } from "../../../config/carriers.ts";
import type { ShipCall } from "../adapter.ts";
import { carrierNamed, carriers } from "./carriers.ts";
import { remark } from "./memo.ts";
import { orders } from "./orders.ts";
import { sampleShop, walk } from "./sample-shop.ts";
import { sampleTrade } from "./sample-trade.ts";
import { shipping } from "./ship.ts";
import { sign } from "./sign.ts";
import { setStock } from "./stock.ts";

const window = { from: new Date("2026-03-18T00:30:00Z"), to: new Date("2026-03-18T01:00:00Z") };
const parcel: ShipCall = {
	orderNo: "4187",
	carrier: "SF",
	trackingNo: "SF1234567890123",
	lines: [],
	further: false,
	requestId: "r-1",
};
const sent = { logistics_offline_send_response: { shipping: { is_success: true } } };
const listAnswer = (payload: object) => ({ trades_sold_increment_get_response: payload });
const [list] = orders.lists;
if (list.way !== "numbered") throw new Error("orders are listed by number");

const ship = (changes: Partial<ShipCall> = {}, answer: object = sent) =>
	walk(shipping.ship({ ...parcel, ...changes }), answer).sent[0] ?? {};

describe("a request", () => {
	it("is signed over exactly what it sends, without empty values", () => {
		const { sign: given, ...signed } = ship();
		expect(given).toBe(sign(signed, sampleShop.appSecret, "hmac-sha256"));
		expect(Object.values(signed)).not.toContain("");
		expect(signed).toMatchObject({
			method: "taobao.logistics.offline.send",
			app_key: "21998877",
			session: "6100",
			timestamp: "2026-03-18 09:05:07",
			format: "json",
			v: "2.0",
			sign_method: "hmac-sha256",
		});
	});

	it("asks for a count in the one way that answers it, and for pages in the fast way", () => {
		const times = { start_modified: "2026-03-18 08:30:00", end_modified: "2026-03-18 09:00:00" };
		const count = walk(list.count(window), listAnswer({ total_results: 7 }));
		expect(count.value).toBe(7);
		expect(count.sent).toMatchObject([{ ...times, use_has_next: "false", page_size: "1" }]);
		const page = walk(list.page(window, 3), listAnswer({ has_next: false }));
		expect(page.sent).toMatchObject([{ ...times, use_has_next: "true", page_no: "3", page_size: "50" }]);
	});

	it("names every field without which the OAID is not answered", () => {
		const answer = { trade_fullinfo_get_response: { trade: sampleTrade() } };
		const fields = walk(orders.get("4187"), answer).sent[0]?.fields?.split(",");
		const needed = "oaid,receiver_name,receiver_address,created,receiver_mobile,receiver_phone,orders.*".split(",");
		expect(fields).toEqual(expect.arrayContaining(needed));
		expect(new Set(fields).size).toBe(fields?.length);
	});
});

describe("lists", () => {
	it("are rows with their stamps, numbers to the digit", () => {
		const body = `{"trades_sold_increment_get_response":{"has_next":true,"trades":{"trade":[
			{"tid":4187263549012345678,"modified":"2026-03-18 08:47:10"}]}}}`;
		expect(walk(list.page(window, 1), body).value).toEqual([
			{ id: "4187263549012345678", modifiedAt: new Date("2026-03-18T00:47:10Z") },
		]);
	});

	it("are empty when the platform leaves the list out", () => {
		expect(walk(list.page(window, 1), listAnswer({ has_next: false, request_id: "r" })).value).toEqual([]);
	});

	it("count nothing where neither a number nor a row is told", () => {
		expect(walk(list.count(window), listAnswer({ request_id: "r" })).value).toBe(0);
	});

	const uncounted = { trades: { trade: [{ tid: 1 }] } };
	it.each([{ total_results: "many" }, { total_results: -1 }, uncounted])(
		"refuse a count that is none: %j",
		(payload) => {
			const bad = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
			expect(() => walk(list.count(window), listAnswer(payload))).toThrow(bad);
		},
	);

	it("are unreadable as a whole when a row has no stamp: it could be put aside nowhere", () => {
		const body = listAnswer({ trades: { trade: [{ tid: 1 }] } });
		const bad = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
		expect(() => walk(list.page(window, 1), body)).toThrow(bad);
	});
});

describe("shipping", () => {
	it("sends a whole order unsplit, and part of one by its lines", () => {
		const whole = ship();
		expect(whole).toMatchObject({ tid: "4187", company_code: "SF", out_sid: "SF1234567890123", is_split: "0" });
		expect(whole).not.toHaveProperty("sub_tid");
		const lines = ["1", "2"].map((lineId) => ({ lineId, quantity: 3 }));
		expect(ship({ lines })).toMatchObject({ is_split: "1", sub_tid: "1,2" });
	});

	it("tells of virtual goods without carrier and number", () => {
		const done = { logistics_dummy_send_response: { shipping: { is_success: true } } };
		const params = ship({ carrier: "NONE", trackingNo: "" }, done);
		expect(params).toMatchObject({ method: "taobao.logistics.dummy.send", tid: "4187" });
		expect(params).not.toHaveProperty("out_sid");
	});

	it("refuses a carrier that the platform does not have", () => {
		expect(() => ship({ carrier: "PIGEON" })).toThrow(expect.objectContaining({ type: "CARRIER_UNKNOWN" }));
	});

	it("knows every one of our carriers", () => {
		expect(Object.keys(carriers).sort()).toEqual(carrierCodes.filter((code) => code !== "NONE").sort());
	});

	it.each([
		[{ logistics_offline_send_response: { shipping: { is_success: false } } }, "PLATFORM_REFUSED"],
		[{ logistics_offline_send_response: {} }, "PLATFORM_BAD_RESPONSE"],
		[
			{ error_response: { code: 15, sub_code: "isv.logistics-offline-service-error:B04", sub_msg: "已经发货" } },
			"PLATFORM_REFUSED",
		],
	])("does not take %j for a yes", (answer, type) => {
		expect(() => ship({}, answer)).toThrow(expect.objectContaining({ type }));
	});

	it("is looked up line by line, in our carrier codes", () => {
		const line = { logistics_company: "极兔速递", invoice_no: "JT0000000000001" };
		expect(shipping.shippedLines(sampleTrade({}, [line, {}]))).toEqual([
			{ carrier: "JTSD", trackingNo: "JT0000000000001", lineId: "4187263549012345679" },
		]);
	});

	it.each([
		["顺丰速运", "SF"],
		["HTKY", "JTSD"],
		["EMS", "EMS"],
		["某某货运", "某某货运"],
	])("reads the carrier %s as %s", (said, ours) => {
		expect(carrierNamed(said)).toBe(ours);
	});
});

describe("what the seller sets", () => {
	const noted = { trade_memo_update_response: { trade: {} } };

	it("has note and flag in one call, since a note alone takes the flag away", () => {
		const { sent } = walk(remark({ orderNo: "4187", text: "加急", flag: "blue" }), noted);
		expect(sent).toMatchObject([{ method: "taobao.trade.memo.update", tid: "4187", memo: "加急", flag: "4" }]);
		expect(sent[0]).not.toHaveProperty("reset");
	});

	it("clears a note by asking for it: an empty one would leave it", () => {
		const { sent } = walk(remark({ orderNo: "4187", text: "", flag: "" }), noted);
		expect(sent).toMatchObject([{ flag: "0", reset: "true" }]);
	});

	it("has no flag in a colour of other platforms", () => {
		const orange = remark({ orderNo: "4187", text: "", flag: "orange" });
		expect(() => orange.next()).toThrow(expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" }));
	});

	it("is the stock as a whole, of the product where it has no SKUs", () => {
		const done = { item_quantity_update_response: { item: {} } };
		const level = { productNo: "68", platformSkuId: "", quantity: 5, requestId: "r" };
		const [params] = walk(setStock(level), done).sent;
		expect(params).toMatchObject({ num_iid: "68", quantity: "5", type: "1" });
		expect(params).not.toHaveProperty("sku_id");
	});
});
