import { describe, expect, it } from "vitest";
import { carrierCodes } from "../../../config/carriers.ts";
import type { Decision } from "../../aftersale/aftersale.ts";
import type { HttpRequest, ShipCall } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import type { Steps } from "../steps.ts";
import { walkSteps } from "../walk-steps.ts";
import { getAftersale } from "./aftersales.ts";
import { carriers, waybillCarriers } from "./carriers.ts";
import { decisions } from "./decisions.ts";
import { changedOrders } from "./orders.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { sampleGift, sampleOrder, sampleRefund, sampleShop } from "./samples.ts";
import { shipping } from "./ship.ts";
import { sign } from "./sign.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";

const now = new Date(1762790401123);

/** Walks steps through canned answers. What was asked, each with its `param` as sent. */
function walk<T>(
	steps: Steps<T>,
	answers: readonly object[],
): { asked: { method: string; param: string }[]; value: T } {
	const { calls, value } = walkSteps(steps, sampleShop, now, (_call, at) =>
		JSON.stringify({ result: 1, ...answers[at] }),
	);
	const asked = calls.map(({ method, request }) => ({ method, param: paramsOf(request).param ?? "" }));
	return { asked, value };
}

/** The parameters of a call, its signature checked. */
function paramsOf({ method, url, body }: HttpRequest): Record<string, string> {
	const params = Object.fromEntries(new URLSearchParams(method === "GET" ? new URL(url).search : body));
	if (params.sign) expect(params.sign).toBe(sign(params, sampleShop.signSecret, "HMAC_SHA256"));
	return params;
}

const order = (changes: Readonly<Record<string, RawRecord | RawRecord[]>> = {}) => ({ data: sampleOrder(changes) });

describe("a call", () => {
	const [step] = [...changedOrders.page({ from: new Date(1), to: new Date(2) }, "")];
	it("is signed over exactly what it sends, at the API's own path, by its own verb", () => {
		const request = step?.request(sampleShop, now);
		expect(request).toMatchObject({ method: "GET", body: "" });
		expect(request?.url).toMatch(/^https:\/\/openapi\.example\/open\/order\/cursor\/list\?/);
		expect(request && paramsOf(request)).toMatchObject({
			appkey: "ks1",
			method: "open.order.cursor.list",
			version: "1",
			access_token: "access",
			timestamp: "1762790401123",
			signMethod: "HMAC_SHA256",
			param:
				'{"orderViewStatus":1,"pageSize":50,"sort":2,"queryType":2,"beginTime":1,"endTime":2,"cpsType":0,"cursor":""}',
		});
	});

	it.each([
		["nomore", null],
		["", null],
		["abc", "abc"],
	])("reads the cursor %j as %j", (cursor, next) => {
		const body = JSON.stringify({ result: 1, data: { cursor, orderList: [sampleOrder()] } });
		expect(step?.read({ status: 200, body, at: now })).toMatchObject({ next, rows: [{ id: "2631500012345678901" }] });
	});

	it("refuses a page with a row that names no order", () => {
		const body = JSON.stringify({ result: 1, data: { cursor: "nomore", orderList: [{}] } });
		expect(() => step?.read({ status: 200, body, at: now })).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" }),
		);
	});
});

describe("shipping", () => {
	const oid = "2631500012345678901";
	const call = (changes: Partial<ShipCall> = {}): ShipCall => ({
		orderNo: oid,
		carrier: "SF",
		trackingNo: "SF1",
		lines: [],
		further: false,
		requestId: "1",
		...changes,
	});
	const shipped = (call: ShipCall, doc: object) => walk(shipping.ship(call), [doc]).asked.at(-1);

	it("of a whole order names its number to the digit", () => {
		expect(shipped(call(), order())).toEqual({
			method: "open.seller.order.goods.deliver",
			param: `{"orderId":${oid},"expressCode":4,"expressNo":"SF1"}`,
		});
	});

	it.each<[string, ShipCall, object, string]>([
		["pieces", call({ lines: [{ lineId: oid, quantity: 1 }] }), order(), `{"oid":${oid},"deliveryNum":1}`],
		[
			"all that is left",
			call({ further: true }),
			order({ orderItemInfo: { num: 5 }, orderDeliveryInfo: { deliveryNum: 2 } }),
			`{"oid":${oid},"deliveryNum":3}`,
		],
		[
			"an order with its gifts",
			call(),
			order({ subOrderInfo: [sampleGift()] }),
			`{"oid":${oid},"deliveryNum":1},{"oid":2631500012345678902,"deliveryNum":2}`,
		],
	])("of %s is split", (_what, shipCall, doc, goods) => {
		const parcel = `"expressCode":4,"expressNo":"SF1","deliveryGoodsInfoList":[${goods}]`;
		expect(shipped(shipCall, doc)).toEqual({
			method: "open.order.goods.split.deliver",
			param: `{"mainOrderId":${oid},"deliveryItemInfoList":[{${parcel}}]}`,
		});
	});

	it("of a further parcel of a shipped order appends it", () => {
		const doc = order({ orderDeliveryInfo: { deliveryNum: 1 } });
		expect(shipped(call({ further: true }), doc)).toEqual({
			method: "open.seller.order.goods.logistics.append",
			param: `{"oid":${oid},"expressCode":4,"expressNo":"SF1"}`,
		});
	});

	it("is looked up by parcels, those of gifts included", () => {
		const doc = sampleOrder({
			orderLogisticsInfo: [
				{ expressNo: "YT1", expressCode: 6, logisticsId: 1 },
				{ expressNo: "X1", expressCode: 128, logisticsId: 3 },
			],
			subOrderInfo: [sampleGift(40, 2)],
		});
		expect(shipping.shippedLines(doc)).toEqual([
			{ carrier: "YTO", trackingNo: "YT1", lineId: oid },
			{ carrier: "128", trackingNo: "X1", lineId: oid },
			{ carrier: "SF", trackingNo: "SF1", lineId: "2631500012345678902" },
		]);
	});

	it("knows every carrier of ours, and none for nothing to carry", () => {
		expect(Object.keys(carriers).sort()).toEqual(carrierCodes.filter((code) => code !== "NONE").sort());
		expect(Object.keys(waybillCarriers).sort()).toEqual(Object.keys(carriers).sort());
		expect(() => walk(shipping.ship(call({ carrier: "NONE", trackingNo: "" })), [])).toThrow(
			expect.objectContaining({ type: "CARRIER_UNKNOWN" }),
		);
	});
});

describe("the seller's answer", () => {
	const decision = (changes: Partial<Decision> = {}): Decision => ({
		action: "AGREE_REFUND",
		addressId: "",
		reasonCode: "",
		note: "同意",
		carrier: "",
		trackingNo: "",
		...changes,
	});
	const answered = (raw: RawRecord, changes: Partial<Decision>) => {
		const wish = decision(changes);
		const steps = decisions.actions[wish.action]?.(raw, wish);
		if (!steps) throw new Error("no such action");
		return walk(steps, []).asked[0];
	};
	const refundId = '"refundId":2631500099990001234';

	it.each<[string, RawRecord, Partial<Decision>, string, string]>([
		[
			"refunds only",
			{ handlingWay: 10, status: 10, negotiateStatus: 1 },
			{},
			"open.seller.order.refund.approve",
			`{${refundId},"refundAmount":14800,"status":10,"negotiateStatus":1,"refundHandingWay":10,"desc":"同意"}`,
		],
		["refunds goods that came back", {}, {}, "open.seller.order.refund.confirm.receipt", `{${refundId}}`],
		[
			"refunds goods the buyer may keep",
			{ status: 11, negotiateStatus: 1 },
			{},
			"open.refund.direct.refund",
			`{${refundId},"refundVersion":1762870000000}`,
		],
		[
			"takes goods back at the default address",
			{ status: 11 },
			{ action: "AGREE_RETURN" },
			"open.seller.order.refund.returngoods.approve",
			`{${refundId},"refundAmount":14800}`,
		],
		[
			"takes goods back for an exchange at another",
			{ status: 12, handlingWay: 3 },
			{ action: "AGREE_RETURN", addressId: "77" },
			"open.seller.order.refund.returngoods.approve",
			`{${refundId},"refundAmount":0,"addressId":77}`,
		],
		[
			"refuses",
			{ status: 11 },
			{ action: "REFUSE", reasonCode: "2", note: "已发货" },
			"open.refund.reject",
			`{${refundId},"reasonCode":2,"rejectDesc":"已发货","rejectImages":[],"refundVersion":1762870000000}`,
		],
		[
			"sends a replacement",
			{ handlingWay: 3 },
			{ action: "SHIP_EXCHANGE", carrier: "JTSD", trackingNo: "JT1" },
			"open.refund.confirm.and.send",
			`{${refundId},"expressNo":"JT1","expressCode":109}`,
		],
	])("%s", (_what, changes, wish, method, param) => {
		expect(answered(sampleRefund(changes), wish)).toEqual({ method, param });
	});

	it("gives no money for an exchange, and refuses nothing without a reason", () => {
		expect(() => answered(sampleRefund({ handlingWay: 3 }), {})).toThrow(
			expect.objectContaining({ type: "PLATFORM_UNSUPPORTED" }),
		);
		expect(() => answered(sampleRefund(), { action: "REFUSE" })).toThrow(expect.objectContaining({ type: "INVALID" }));
	});
});

describe("what takes several calls", () => {
	it("an after-sale brings along when its order was sent, and nothing of its receiver", () => {
		const { order: _, ...refund } = sampleRefund();
		const { asked, value } = walk(getAftersale("2631500099990001234"), [{ data: refund }, order()]);
		expect(asked.map(({ param }) => param)).toEqual([
			'{"refundId":2631500099990001234}',
			'{"oid":2631500012345678901}',
		]);
		expect(value.order).toEqual({ sendTime: 0, itemTitle: "纯棉四件套", num: 1 });
	});

	it.each([
		[88, 95, ['{"kwaiItemId":1,"skuId":2,"skuChangeStock":7,"changeType":1}']],
		[88, 0, ['{"kwaiItemId":1,"skuId":2,"skuChangeStock":88,"changeType":2}']],
		[88, 88, []],
	])("stock goes from %i to %i by the difference", (skuStock, quantity, writes) => {
		const level = { productNo: "1", platformSkuId: "2", quantity, requestId: "r" };
		const { asked } = walk(setStock(level), [{ data: { skuList: [{ kwaiSkuId: 2, skuStock }] } }]);
		expect(asked.slice(1).map(({ param }) => param)).toEqual(writes);
	});

	it("stock of a SKU that is not there is refused", () => {
		const level = { productNo: "1", platformSkuId: "2", quantity: 1, requestId: "r" };
		expect(() => walk(setStock(level), [{ data: { skuList: [] } }])).toThrow(
			expect.objectContaining({ type: "PLATFORM_REFUSED" }),
		);
	});

	const plain = (encryptedData: string, decryptedData: string, errorCode = 1) => ({
		bizId: "1",
		encryptedData,
		decryptedData,
		errorCode,
		errorMsg: errorCode === 1 ? "" : "次数已用完",
	});
	const results = [plain("KSm2B+c/==", "13800001234"), plain("KSx1A+b/==", "张三"), plain("KSa3C+d/==", "路1号")];

	it("a receiver is decrypted in one call, whatever the order of the results", () => {
		const { asked, value } = walk(reveal(sampleOrder()), [{ batchDecryptResultList: results }]);
		expect(asked[0]?.param).toContain('{"encryptedData":"KSx1A+b/==","bizId":"2631500012345678901"}');
		expect(value).toMatchObject({ name: "张三", phone: "13800001234", address: "路1号", province: "广东省" });
	});

	it("a receiver that may not be decrypted is refused in the platform's words", () => {
		const refused = [plain("KSx1A+b/==", "", 7), ...results];
		expect(() => walk(reveal(sampleOrder()), [{ batchDecryptResultList: refused }])).toThrow(/次数已用完/);
		expect(() => walk(reveal(sampleOrder({ orderAddress: { encryptedMobile: "" } })), [])).toThrow(
			expect.objectContaining({ type: "PLATFORM_REFUSED" }),
		);
	});
});

describe("a remark", () => {
	const steps = (text: string, flag: "yellow" | "cyan") => remark({ orderNo: "7", text, flag });

	it("becomes a note with its flag", () => {
		expect(walk(steps("加急<今天>&😀", "yellow"), []).asked[0]?.param).toBe(
			'{"orderId":7,"note":"加急<今天>&😀","flag":2}',
		);
	});

	it("that the platform cannot take is never sent", () => {
		const invalid = expect.objectContaining({ type: "INVALID" });
		expect(() => walk(steps("", "cyan"), [])).toThrow(invalid);
		expect(() => walk(steps("长".repeat(201), "yellow"), [])).toThrow(invalid);
	});
});

describe("a token", () => {
	const body = { access_token: "a2", expires_in: 172800, refresh_token: "r2", open_id: "o1" };

	it("is refreshed by a form, for so many seconds from now", () => {
		const [step] = [...tokens.refresh()];
		expect(step?.repeatable).toBe(false);
		const request = step?.request(sampleShop, now);
		expect(request).toMatchObject({ method: "POST", url: "https://openapi.example/oauth2/refresh_token" });
		expect(walk(tokens.refresh(), [body]).value).toEqual({
			access: "a2",
			refresh: "r2",
			expiresAt: new Date(now.getTime() + 172_800_000),
		});
	});

	it("comes of a code, and says whose it is", () => {
		const exchange = tokens.exchange?.("c1", "https://hub.example/cb");
		expect(exchange && walk(exchange, [body]).value).toMatchObject({ access: "a2", sellerId: "o1" });
		expect(tokens.authorizeUrl?.(sampleShop, "https://hub.example/cb?x=1", "s 1")).toBe(
			"https://open.example/oauth/authorize?app_id=ks1&redirect_uri=https%3A%2F%2Fhub.example%2Fcb%3Fx%3D1" +
				"&scope=merchant_order%2Cmerchant_item%2Cmerchant_refund%2Cmerchant_logistics%2Cmerchant_user" +
				"&response_type=code&state=s+1",
		);
	});
});
