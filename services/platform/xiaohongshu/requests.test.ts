import { describe, expect, it } from "vitest";
import { carrierCodes } from "../../../config/carriers.ts";
import { changedAftersales, getAftersale } from "./aftersales.ts";
import { carriers } from "./carriers.ts";
import { changedOrders, getDetail } from "./orders.ts";
import { getProduct, shelf } from "./products.ts";
import { remark } from "./remark.ts";
import { appRequest, shopRequest } from "./request.ts";
import { done, sampleNow, sampleOrder, sampleShop, walk } from "./samples.ts";
import { shipping } from "./ship.ts";
import { sign } from "./sign.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";

const window = { from: new Date("2026-03-18T00:30:00.400Z"), to: new Date("2026-03-18T00:59:00.400Z") };
const parcel = {
	orderNo: "P1",
	carrier: "SF",
	trackingNo: "SF1234567890123",
	lines: [],
	further: false,
	requestId: "r",
};
const [setSku, cushionSku] = ["687a004a4485460001faf055", "687a004a4485460001faf056"];

describe("a request", () => {
	it("is one flat object, signed over its system parameters", () => {
		const { method, url, headers, body } = shopRequest(
			sampleShop,
			"order.getOrderDetail",
			{ orderId: "P1" },
			sampleNow,
		);
		expect({ method, url, headers }).toEqual({
			method: "POST",
			url: sampleShop.gatewayUrl,
			headers: { "content-type": "application/json;charset=utf-8" },
		});
		const system = {
			method: "order.getOrderDetail",
			appId: sampleShop.appKey,
			timestamp: "1773795907",
			version: "2.0",
		};
		expect(JSON.parse(body)).toEqual({
			...system,
			sign: sign(system, sampleShop.appSecret),
			accessToken: "token-1",
			orderId: "P1",
		});
	});

	it("carries no token where no seller stands behind it", () => {
		expect(appRequest(sampleShop, "oauth.refreshToken", {}, sampleNow).body).not.toContain("accessToken");
	});
});

describe("lists", () => {
	it("ask for orders in whole seconds, the window widened to them", () => {
		const { sent, value } = walk(changedOrders.count(window), done({ total: 7, orderList: [] }));
		expect(sent[0]).toMatchObject({ timeType: 2, startTime: 1773793800, endTime: 1773795541, pageNo: 1, pageSize: 1 });
		expect(value).toBe(7);
	});

	it("ask for after-sales in milliseconds", () => {
		const { sent } = walk(changedAftersales.page(window, 3), done({ totalCount: 0, afterSaleBasicInfos: [] }));
		const times = { startTime: window.from.getTime(), endTime: window.to.getTime() };
		expect(sent[0]).toMatchObject({ ...times, timeType: 2, pageNo: 3, pageSize: 100 });
	});

	it("are rows with their stamps", () => {
		const rows = done({ total: 1, orderList: [{ orderId: "P1", updateTime: 1762790170123 }] });
		expect(walk(changedOrders.page(window, 1), rows).value).toEqual([
			{ id: "P1", modifiedAt: new Date(1762790170123) },
		]);
	});

	it.each([
		done({ total: 1, orderList: [{ orderId: "P1" }] }),
		done({ total: 1, orderList: [{ updateTime: 1 }] }),
		done({ orderList: [] }),
	])("are unreadable as a whole when a row could be put aside nowhere: %j", (answer) => {
		const unreadable = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
		expect(() => walk(changedOrders.page(window, 1), answer)).toThrow(unreadable);
	});

	it.each([{ total: "many" }, { total: -1 }])("refuse a count that is none: %j", (data) => {
		expect(() => walk(changedOrders.count(window), done(data))).toThrow();
	});
});

describe("documents", () => {
	it("are asked for by number, an after-sale without its negotiation", () => {
		expect(walk(getDetail("P1"), done({ orderId: "P1" })).sent[0]).toMatchObject({ orderId: "P1" });
		const { sent } = walk(getAftersale("R1"), done({ afterSaleInfo: {} }));
		expect(sent[0]).toMatchObject({ returnsId: "R1", needNegotiateRecord: false });
	});

	it("of products have the SKUs of all pages", () => {
		const pages = [
			done({ itemInfo: { id: "i" }, skuInfos: [{ id: "a" }, { id: "b" }], total: 3 }),
			done({ itemInfo: { id: "i" }, skuInfos: [{ id: "c" }], total: 3 }),
		];
		const { sent, value } = walk(getProduct("i"), ...pages);
		expect(sent.map(({ pageNo }) => pageNo)).toEqual([1, 2]);
		expect(value).toEqual({ itemInfo: { id: "i" }, skuInfos: [{ id: "a" }, { id: "b" }, { id: "c" }] });
	});

	it("of products are chained by the last SKU, each product once with its newest stamp", () => {
		const row = (item: string, sku: string, updateTime: number) => ({
			item: { id: item, updateTime: 1_000 },
			sku: { id: sku, updateTime },
		});
		const full = Array.from({ length: 100 }, (_, at) => row(at < 2 ? "i-1" : "i-2", `s-${at}`, 2_000 + at));
		const first = walk(shelf.page(window, ""), done({ data: full, total: 101 }));
		expect(first.sent[0]).not.toHaveProperty("lastId");
		expect(first.value).toEqual({
			rows: [
				{ id: "i-1", modifiedAt: new Date(2_001) },
				{ id: "i-2", modifiedAt: new Date(2_099) },
			],
			next: "s-99",
		});
		const last = walk(shelf.page(window, "s-99"), done({ data: [row("i-3", "s-100", 5)], total: 101 }));
		expect(last.sent[0]).toMatchObject({ lastId: "s-99" });
		expect(last.value.next).toBeNull();
		expect(() => walk(shelf.page(window, "s-99"), done({ data: full, total: 101 }))).toThrow(/the same page/);
	});
});

describe("shipping", () => {
	it("sends a whole order undivided, and part of one by its SKUs", () => {
		const whole = walk(shipping.ship(parcel), done()).sent[0];
		const carried = { orderId: "P1", expressCompanyCode: "shunfeng", expressNo: "SF1234567890123" };
		expect(whole).toMatchObject({ ...carried, unpack: false });
		expect(whole).not.toHaveProperty("skuIdList");
		const part = walk(shipping.ship({ ...parcel, lines: [{ lineId: setSku ?? "", quantity: 2 }] }), done()).sent[0];
		expect(part).toMatchObject({ unpack: true, skuIdList: [setSku] });
	});

	it("sends what is left of an order that was begun, as the platform knows it", () => {
		const order = sampleOrder({
			simpleDeliveryOrderList: [
				{ status: 6, expressTrackingNo: "SF1", expressCompanyCode: "shunfeng", skuIdList: [setSku] },
				{ status: 4, expressTrackingNo: "", expressCompanyCode: "", skuIdList: [cushionSku] },
			],
		});
		const { sent } = walk(shipping.ship({ ...parcel, further: true }), done(order), done());
		expect(sent[1]).toMatchObject({ method: "order.orderDeliver", unpack: true, skuIdList: [cushionSku] });
	});

	it("tells of goods that nobody carries", () => {
		const [sent] = walk(shipping.ship({ ...parcel, carrier: "NONE", trackingNo: "" }), done()).sent;
		expect(sent).toMatchObject({ expressCompanyCode: "selfdelivery", expressNo: "无需物流" });
	});

	it("refuses a carrier that the platform does not have, before anything is sent", () => {
		const unknown = expect.objectContaining({ type: "CARRIER_UNKNOWN" });
		expect(() => walk(shipping.ship({ ...parcel, carrier: "PIGEON" }))).toThrow(unknown);
	});

	it("knows every one of our carriers", () => {
		expect(Object.keys(carriers).sort()).toEqual([...carrierCodes].sort());
	});

	it("is looked up SKU by SKU, in our carrier codes", () => {
		const order = sampleOrder({
			simpleDeliveryOrderList: [
				{ status: 6, expressTrackingNo: "JT1", expressCompanyCode: "jtexpress", skuIdList: [setSku] },
				{ status: 6, expressTrackingNo: "无需物流", expressCompanyCode: "selfdelivery", skuIdList: [cushionSku] },
				{ status: 4, expressTrackingNo: "", expressCompanyCode: "", skuIdList: ["x"] },
			],
		});
		expect(shipping.shippedLines(order)).toEqual([
			{ carrier: "JTSD", trackingNo: "JT1", lineId: setSku },
			{ carrier: "NONE", trackingNo: "", lineId: cushionSku },
		]);
		const undivided = { simpleDeliveryOrderList: [], expressTrackingNo: "SF1", expressCompanyCode: "shunfeng" };
		expect(shipping.shippedLines(sampleOrder(undivided))).toEqual([
			{ carrier: "SF", trackingNo: "SF1", lineId: setSku },
			{ carrier: "SF", trackingNo: "SF1", lineId: cushionSku },
		]);
	});
});

describe("a remark", () => {
	it("carries note, flag and who wrote it", () => {
		const { sent } = walk(remark({ orderNo: "P1", text: "加急", flag: "blue" }), done());
		expect(sent[0]).toMatchObject({
			orderId: "P1",
			sellerMarkNote: "加急",
			sellerMarkPriority: 5,
			operator: "OrderHub",
		});
	});

	it.each([
		[
			{ text: "", flag: "blue" },
			{ sellerMarkNote: "旧备注", sellerMarkPriority: 5 },
		],
		[
			{ text: "新备注", flag: "" },
			{ sellerMarkNote: "新备注", sellerMarkPriority: 4 },
		],
	] as const)("keeps what is not given: %j", (given, expected) => {
		const order = sampleOrder({ sellerRemark: "旧备注", sellerRemarkFlag: 4 });
		expect(walk(remark({ orderNo: "P1", ...given }), done(order), done()).sent[1]).toMatchObject(expected);
	});
});

describe("stock", () => {
	const held = done({ skuStock: { available: 88, total: 95, occupiedQuantity: 4, productChannelQuantity: 3 } });
	const set = (response: object) => done({ skuStock: {}, response });
	const level = { productNo: "i", platformSkuId: "s", quantity: 10, requestId: "r" };

	it("is told with what others hold of it", () => {
		const { sent } = walk(setStock(level), held, set({ success: true, code: 0 }));
		expect(sent[1]).toMatchObject({ method: "inventory.syncSkuStock", skuId: "s", qty: 17 });
	});

	it("is not set when the answer inside the answer says so", () => {
		expect(() => walk(setStock(level), held, set({ success: false, code: -9028, message: "占用未扣减" }))).toThrow(
			expect.objectContaining({ type: "PLATFORM_REFUSED", message: expect.stringContaining("占用未扣减") }),
		);
	});
});

describe("the token", () => {
	const pair = { accessToken: "a", accessTokenExpiresAt: 1_790_000_000_000, refreshToken: "r" };
	const token = { access: "a", refresh: "r", expiresAt: new Date(1_790_000_000_000) };

	it("is renewed to just what is stored of it", () => {
		const { sent, value } = walk(tokens.refresh(), done({ ...pair, sellerId: "s", sellerName: "店" }));
		expect(sent[0]).toMatchObject({ method: "oauth.refreshToken", refreshToken: "refresh-1" });
		expect(value).toEqual(token);
	});

	it("comes for a code, with the seller it is of", () => {
		const steps = tokens.exchange?.("code-1", "https://hub.example/back");
		if (!steps) throw new Error("there is no exchange");
		const { sent, value } = walk(steps, done({ ...pair, sellerId: "s", sellerName: "店" }));
		expect(sent[0]).toMatchObject({ method: "oauth.getAccessToken", code: "code-1" });
		expect(value).toEqual({ ...token, sellerId: "s", sellerName: "店" });
	});

	it("is asked for on the platform's page", () => {
		expect(tokens.authorizeUrl?.(sampleShop, "https://hub.example/back?a=1", "s 1")).toBe(
			"https://ark.xiaohongshu.com/ark/authorization?appId=c3b1f0a9d2e84f7c8a10" +
				"&redirectUri=https%3A%2F%2Fhub.example%2Fback%3Fa%3D1&state=s+1",
		);
	});
});
