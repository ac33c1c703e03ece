import { describe, expect, it } from "vitest";
import { carrierCodes } from "../../../config/carriers.ts";
import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { carriers } from "./carriers.ts";
import { countOrdersRequest, listOrdersRequest, orderRequest, readOrderCount, readOrderList } from "./orders.ts";
import { sampleTrade } from "./sample-trade.ts";
import { readShip, shippedLines, shipRequest } from "./ship.ts";
import { sign } from "./sign.ts";
import { readToken, refreshRequest } from "./token.ts";

const now = new Date("2026-03-18T01:05:07Z");
const shop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "22",
	gatewayUrl: "https://eco.taobao.com/router/rest",
	appKey: "21998877",
	appSecret: "a-secret",
	accessToken: "6100",
	refreshToken: "6101",
};
const window = { from: new Date("2026-03-18T00:30:00Z"), to: new Date("2026-03-18T01:00:00Z") };
const parcel = { orderNo: "4187", carrier: "SF", trackingNo: "SF1234567890123", lineIds: [] };
const answer = (body: object) => ({ status: 200, body: JSON.stringify(body), at: now });

function paramsOf({ method, url, body }: HttpRequest): Record<string, string> {
	expect({ method, url }).toEqual({ method: "POST", url: shop.gatewayUrl });
	return Object.fromEntries(new URLSearchParams(body));
}

describe("a request", () => {
	it("is signed over exactly what it sends, without empty values", () => {
		const params = paramsOf(shipRequest(shop, parcel, now));
		const { sign: sent, ...signed } = params;
		expect(sent).toBe(sign(signed, shop.appSecret, "hmac-sha256"));
		expect(Object.values(params)).not.toContain("");
		expect(params).toMatchObject({
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
		expect(paramsOf(countOrdersRequest(shop, window, now))).toMatchObject({ ...times, use_has_next: "false" });
		const page = paramsOf(listOrdersRequest(shop, { ...window, page: 3 }, now));
		expect(page).toMatchObject({ ...times, use_has_next: "true", page_no: "3", page_size: "50" });
	});

	it("names every field without which the OAID is not answered", () => {
		const fields = paramsOf(orderRequest(shop, "4187", now)).fields?.split(",");
		const needed = "oaid,receiver_name,receiver_address,created,receiver_mobile,receiver_phone,orders.*".split(",");
		expect(fields).toEqual(expect.arrayContaining(needed));
		expect(new Set(fields).size).toBe(fields?.length);
	});

	it("refreshes a token without a session", () => {
		const params = paramsOf(refreshRequest(shop, now));
		expect(params).toMatchObject({ method: "taobao.top.auth.token.refresh", refresh_token: "6101" });
		expect(params).not.toHaveProperty("session");
	});
});

describe("lists", () => {
	it("are rows with their stamps, numbers to the digit", () => {
		const body = `{"trades_sold_increment_get_response":{"has_next":true,"trades":{"trade":[
			{"tid":4187263549012345678,"modified":"2026-03-18 08:47:10"}]}}}`;
		expect(readOrderList({ status: 200, body, at: now })).toEqual([
			{ id: "4187263549012345678", modifiedAt: new Date("2026-03-18T00:47:10Z") },
		]);
	});

	it("are empty when the platform leaves the list out", () => {
		const empty = answer({ trades_sold_increment_get_response: { has_next: false, request_id: "r" } });
		expect(readOrderList(empty)).toEqual([]);
	});

	it.each([{ total_results: "many" }, { total_results: -1 }])("refuse a count that is none: %j", (payload) => {
		const bad = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
		expect(() => readOrderCount(answer({ trades_sold_increment_get_response: payload }))).toThrow(bad);
	});

	it("are unreadable as a whole when a row has no stamp: it could be put aside nowhere", () => {
		const body = { trades_sold_increment_get_response: { trades: { trade: [{ tid: 1 }] } } };
		expect(() => readOrderList(answer(body))).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }));
	});
});

describe("shipping", () => {
	it("sends a whole order unsplit, and part of one by its lines", () => {
		const whole = paramsOf(shipRequest(shop, parcel, now));
		expect(whole).toMatchObject({ tid: "4187", company_code: "SF", out_sid: "SF1234567890123", is_split: "0" });
		expect(whole).not.toHaveProperty("sub_tid");
		const part = paramsOf(shipRequest(shop, { ...parcel, lineIds: ["1", "2"] }, now));
		expect(part).toMatchObject({ is_split: "1", sub_tid: "1,2" });
	});

	it("tells of virtual goods without carrier and number", () => {
		const params = paramsOf(shipRequest(shop, { ...parcel, carrier: "NONE", trackingNo: "" }, now));
		expect(params).toMatchObject({ method: "taobao.logistics.dummy.send", tid: "4187" });
		expect(params).not.toHaveProperty("out_sid");
	});

	it("refuses a carrier that the platform does not have", () => {
		expect(() => shipRequest(shop, { ...parcel, carrier: "PIGEON" }, now)).toThrow(
			expect.objectContaining({ type: "CARRIER_UNKNOWN" }),
		);
	});

	it("knows every one of our carriers", () => {
		expect(Object.keys(carriers).sort()).toEqual(carrierCodes.filter((code) => code !== "NONE").sort());
	});

	it.each([
		["SF", { logistics_offline_send_response: { shipping: { is_success: true } } }],
		["NONE", { logistics_dummy_send_response: { shipping: { is_success: true } } }],
	])("takes the platform's yes for a parcel by %s", (carrier, body) => {
		expect(() => readShip(answer(body), { ...parcel, carrier })).not.toThrow();
	});

	it.each([
		[{ logistics_offline_send_response: { shipping: { is_success: false } } }, "PLATFORM_REFUSED"],
		[{ logistics_offline_send_response: {} }, "PLATFORM_BAD_RESPONSE"],
		[
			{ error_response: { code: 15, sub_code: "isv.logistics-offline-service-error:B04", sub_msg: "已经发货" } },
			"PLATFORM_REFUSED",
		],
	])("does not take %j for a yes", (body, type) => {
		expect(() => readShip(answer(body), parcel)).toThrow(expect.objectContaining({ type }));
	});

	it("is looked up line by line, in our carrier codes", () => {
		const sent = { logistics_company: "HTKY", invoice_no: "JT0000000000001" };
		expect(shippedLines(sampleTrade({}, [sent, {}]))).toEqual([
			{ carrier: "JTSD", trackingNo: "JT0000000000001", lineId: "4187263549012345679" },
		]);
	});
});

describe("a refreshed token", () => {
	const wrap = (token_result: string) => answer({ top_auth_token_refresh_response: { token_result } });

	it.each([
		[{ access_token: "a", refresh_token: "r", expires_in: 3600 }, new Date(now.getTime() + 3_600_000)],
		[{ access_token: "a", refresh_token: "r", expire_time: 1_790_000_000_000 }, new Date(1_790_000_000_000)],
	])("lasts as long as the answer says: %j", (result, expiresAt) => {
		expect(readToken(wrap(JSON.stringify(result)))).toEqual({ access: "a", refresh: "r", expiresAt });
	});

	it("is not quoted when it cannot be read", () => {
		expect(() => readToken(wrap("secret-token"))).toThrow(/^(?!.*secret-token)/);
	});
});
