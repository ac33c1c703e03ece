import { describe, expect, it } from "vitest";
import { carrierCodes } from "../../../config/carriers.ts";
import type { NumberedList, ShopAccess } from "../adapter.ts";
import type { Step, Steps } from "../steps.ts";
import { jd } from "./adapter.ts";
import { sign } from "./sign.ts";

const now = new Date("2026-03-18T01:05:07Z");
const shop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "10001",
	gatewayUrl: "https://api.jd.com/routerjson",
	authUrl: "https://open-oauth.jd.com/oauth2/to_login",
	messageUrl: "",
	appKey: "A1B2",
	appSecret: "a-secret",
	signSecret: "",
	messageToken: "",
	messageKey: "",
	accessToken: "tk-1",
	refreshToken: "rt-1",
};
const window = { from: new Date("2026-03-18T00:30:00Z"), to: new Date("2026-03-18T01:00:00Z") };
const parcel = { orderNo: "300123456789", carrier: "SF", trackingNo: "SF1", lines: [], further: false, requestId: "r" };

function firstStep(steps: Steps<unknown>): Step<unknown> {
	const { value, done } = steps.next();
	if (done) throw new Error("no step");
	return value;
}

function sentBy(steps: Steps<unknown>): { params: Record<string, string>; json: string } {
	const { url, body, method } = firstStep(steps).request(shop, now);
	expect([method, url.split("?")[0]]).toEqual(["POST", shop.gatewayUrl]);
	const params = Object.fromEntries([...new URL(url).searchParams, ...new URLSearchParams(body)]);
	return { params, json: params["360buy_param_json"] ?? "" };
}

describe("a request", () => {
	it("is signed over exactly what it sends: system parameters in the query, the JSON in the body", () => {
		const { params } = sentBy(jd.shipping.ship(parcel));
		expect(params).toMatchObject({
			method: "jingdong.pop.order.shipment",
			app_key: "A1B2",
			access_token: "tk-1",
			timestamp: "2026-03-18 09:05:07",
			v: "2.0",
		});
		const { sign: sent, ...signed } = params;
		expect(sent).toBe(sign(signed, shop.appSecret));
	});

	it("writes numbers of orders and SKUs as JSON numbers, to the digit", () => {
		expect(sentBy(jd.orders.get("9223372036854775807")).json).toContain('"order_id":9223372036854775807');
		const level = { productNo: "1", platformSkuId: "9007199254740993", quantity: 3, requestId: "r" };
		expect(sentBy(jd.setStock?.(level) ?? jd.orders.get("1")).json).toContain('"skuId":9007199254740993');
	});

	it("is not made for what cannot be a number of the platform", () => {
		const step = () => firstStep(jd.orders.get("4187-1"));
		expect(step).toThrow(expect.objectContaining({ type: "INVALID" }));
	});

	it("asks for orders by when they changed, the oldest first, in every state", () => {
		const list = jd.orders.lists[0] as NumberedList;
		const { json } = sentBy(list.page(window, 3));
		expect(JSON.parse(json)).toMatchObject({
			dateType: 0,
			sortType: 0,
			start_date: "2026-03-18 08:30:00",
			end_date: "2026-03-18 09:00:00",
			page: "3",
			page_size: "100",
			order_state: expect.stringContaining("LOCKED"),
			optional_fields: expect.stringContaining("consigneeInfo"),
		});
	});

	it("reads page after page without harm, and ships only once", () => {
		expect(firstStep((jd.orders.lists[0] as NumberedList).count(window)).repeatable).toBe(true);
		expect(firstStep(jd.shipping.ship(parcel)).repeatable).toBe(false);
	});
});

describe("carriers", () => {
	it("are ours, but for the one 京东 does not list", () => {
		const missing = carrierCodes.filter((code) => !Object.hasOwn(jd.shipping.carriers, code));
		expect(missing).toEqual(["JTSD"]);
	});

	it("that 京东 does not list are refused before anything is sent", () => {
		const ship = () => firstStep(jd.shipping.ship({ ...parcel, carrier: "JTSD" }));
		expect(ship).toThrow(expect.objectContaining({ type: "CARRIER_UNKNOWN" }));
	});

	it("have no number where the seller drives by itself", () => {
		const { json } = sentBy(jd.shipping.ship({ ...parcel, carrier: "NONE", trackingNo: "" }));
		expect(JSON.parse(json)).toMatchObject({ logiCoprId: "1274", logiNo: "" });
	});
});

describe("a remark", () => {
	const remark = (flag: "" | "blue" | "cyan") => jd.remark?.({ orderNo: "1", text: "好", flag }) ?? jd.orders.get("1");

	it("is written with its colour", () => {
		expect(JSON.parse(sentBy(remark("blue")).json)).toMatchObject({ flag: 4, remark: "好" });
	});

	it.each(["", "cyan"] as const)("keeps the colour it has where %j is wished for", (flag) => {
		const steps = remark(flag);
		expect(firstStep(steps).method).toBe("jingdong.order.venderRemark.queryByOrderId");
		const { value } = steps.next("5");
		const { body } = (value as Step<unknown>).request(shop, now);
		expect(new URLSearchParams(body).get("360buy_param_json")).toContain('"flag":5');
	});
});

describe("the token", () => {
	const read = (body: object) =>
		firstStep(jd.tokens.refresh()).read({ status: 200, body: JSON.stringify(body), at: now });

	it("is asked for beside the page where the seller agrees", () => {
		const { method, url } = firstStep(jd.tokens.refresh()).request(shop, now);
		expect([method, url.split("?")[0]]).toEqual(["GET", "https://open-oauth.jd.com/oauth2/refresh_token"]);
		expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
			app_key: "A1B2",
			app_secret: "a-secret",
			grant_type: "refresh_token",
			refresh_token: "rt-1",
		});
	});

	it("ends so many seconds after it was made", () => {
		const token = { access_token: "a", refresh_token: "r", expires_in: 86_400, time: "1773795907000" };
		expect(read(token)).toEqual({ access: "a", refresh: "r", expiresAt: new Date(1_773_882_307_000) });
	});

	it.each<[object, string]>([
		[{ code: "402", msg: "refresh_token无效" }, "PLATFORM_REFUSED"],
		[{ code: "500", msg: "系统繁忙，请稍后再试" }, "PLATFORM_UNREACHABLE"],
		[{ error_response: { code: "19", zh_desc: "无效" } }, "PLATFORM_REFUSED"],
		[{ access_token: "a" }, "PLATFORM_BAD_RESPONSE"],
	])("%j is %s", (body, type) => {
		expect(() => read(body)).toThrow(expect.objectContaining({ type }));
	});
});
