import { describe, expect, it } from "vitest";
import { toBeijing } from "../../../config/beijing.ts";
import type { ErpCall } from "../driver.ts";
import { callbacks } from "./callbacks.ts";
import { sign } from "./sign.ts";

const connection = {
	id: "q",
	dialect: "qimen",
	name: "",
	url: "http://wms.example",
	settings: {},
	secrets: { appKey: "10001", secret: "testsecret", customerId: "C100" },
};
const now = new Date("2026-01-02T03:04:05Z");
const prolog = '<?xml version="1.0" encoding="utf-8"?>';

function callOf(content: string, query: Record<string, string> = {}, secret = "testsecret"): ErpCall {
	const body = `${prolog}<request>${content}</request>`;
	const params = {
		method: "taobao.qimen.deliveryorder.confirm",
		timestamp: toBeijing(now),
		customerId: "C100",
		...query,
	};
	return { query: { ...params, sign: sign(params, body, secret) }, headers: {}, body: Buffer.from(body) };
}
const verify = (call: ErpCall): void => callbacks.verify(call, connection, now);
const typed = (type: string) => expect.objectContaining({ type });

describe("verify", () => {
	it("takes what is signed with the connection's secret, in either case", () => {
		const call = callOf("<a>中</a>");
		verify(call);
		verify({ ...call, query: { ...call.query, sign: call.query.sign?.toLowerCase() ?? "" } });
	});

	it.each([
		["another secret", callOf("<a/>", {}, "other"), "HOOK_REFUSED"],
		["another body", { ...callOf("<a/>"), body: Buffer.from("<request><b/></request>") }, "HOOK_REFUSED"],
		["one parameter more", { ...callOf("<a/>"), query: { ...callOf("<a/>").query, v: "2.0" } }, "HOOK_REFUSED"],
		["no sign", { ...callOf("<a/>"), query: {} }, "HOOK_REFUSED"],
		["another customer", callOf("<a/>", { customerId: "C200" }), "HOOK_REFUSED"],
		["a time 11 minutes ago", callOf("<a/>", { timestamp: "2026-01-02 10:53:00" }), "HOOK_LATE"],
		["a time to come", callOf("<a/>", { timestamp: "2026-01-02 11:15:00" }), "HOOK_LATE"],
		["no time", callOf("<a/>", { timestamp: "" }), "HOOK_LATE"],
	])("refuses %s", (_what, call, type) => {
		expect(() => verify(call)).toThrow(typed(type));
	});
});

const order = (more = ""): string =>
	`<deliveryOrder><deliveryOrderCode>500-2</deliveryOrderCode>${more}</deliveryOrder>`;
const parcel = (expressCode: string, items: string): string =>
	`<package><logisticsCode>SF</logisticsCode><expressCode>${expressCode}</expressCode>${items && `<items>${items}</items>`}</package>`;
const item = (sku: string, quantity: number | string): string =>
	`<item><itemCode>${sku}</itemCode><quantity>${quantity}</quantity></item>`;
const packages = (...each: string[]): string => `<packages>${each.join("")}</packages>`;
const confirmType = "<confirmType>1</confirmType>";

describe("deliveryorder.confirm", () => {
	it.each([
		[
			"a parcel for each express number",
			order(confirmType) +
				packages(parcel("SF1", item("CUP", 1)), parcel("SF2", item("LID", 2)), parcel("SF1", item("PEN", 1))),
			[
				{ trackingNo: "SF1", lines: [piece("CUP", 1), piece("PEN", 1)] },
				{ trackingNo: "SF2", lines: [piece("LID", 2)] },
			],
		],
		[
			"the whole order where the last one names no items",
			order("<confirmType>0</confirmType>") + packages(parcel("SF1", "")),
			[{ trackingNo: "SF1", lines: [] }],
		],
		[
			"the pieces beside the one package",
			`${order(confirmType)}${packages(parcel("SF1", ""))}<orderLines><orderLine><itemCode>CUP</itemCode><actualQty>2</actualQty></orderLine></orderLines>`,
			[{ trackingNo: "SF1", lines: [piece("CUP", 2)] }],
		],
	])("is %s", (_what, content, parcels) => {
		const read = { parcels: parcels.map((each) => ({ number: "500-2", carrier: "SF", ...each })) };
		expect(callbacks.read(callOf(content))).toEqual(read);
		expect(callbacks.read(callOf(content, { method: "deliveryorder.confirm" }))).toEqual(read);
	});

	it.each([
		["without a number", packages(parcel("SF1", "")), "deliveryOrderCode missing"],
		["without parcels", order(), "packages.package missing"],
		["of a parcel without a number", order() + packages(parcel("", "")), "expressCode missing"],
		["of a parcel with a story for a number", order() + packages(parcel("S".repeat(61), "")), "too long"],
		["of a part that names no items", order(confirmType) + packages(parcel("SF1", "")), "names no items"],
		["of half a piece", order() + packages(parcel("SF1", item("CUP", "0.5"))), "no number of pieces"],
		["of an order that was not sent", order("<status>CANCELED</status>"), "status CANCELED"],
	])("%s is refused, in words", (_what, content, words) => {
		expect(() => callbacks.read(callOf(content))).toThrow(words);
	});
});

function piece(sku: string, quantity: number): { sku: string; quantity: number } {
	return { sku, quantity };
}

describe("returnorder.confirm", () => {
	const method = "taobao.qimen.returnorder.confirm";
	const line = (sku: string, actualQty: number, inventoryType: string): string =>
		`<orderLine><itemCode>${sku}</itemCode><inventoryType>${inventoryType}</inventoryType><actualQty>${actualQty}</actualQty></orderLine>`;
	const returned = (more: string): string =>
		`<returnOrder><returnOrderCode>A1</returnOrderCode>${more}</returnOrder><orderLines>${line("CUP", 1, "ZP")}${line("CUP", 2, "CC")}</orderLines>`;

	it("tells good pieces from others", () => {
		const call = callOf(returned("<outBizCode>B7</outBizCode>"), { method });
		const arrival = { number: "A1", part: "B7", good: [piece("CUP", 1)], defective: [piece("CUP", 2)] };
		expect(callbacks.read(call)).toEqual({ arrival });
	});

	it("of a part must say which, or a repeat could not be told from the next", () => {
		expect(() => callbacks.read(callOf(returned(confirmType), { method }))).toThrow("outBizCode missing");
	});
});

it.each([
	["another method", callOf("<a/>", { method: "taobao.qimen.stockchange.report" })],
	["no XML", { ...callOf(""), body: Buffer.from("{}") }],
	["entities", { ...callOf(""), body: Buffer.from("<!DOCTYPE a [<!ENTITY b 'c'>]><request>&b;</request>") }],
])("%s is not taken", (_what, call) => {
	expect(() => callbacks.read(call)).toThrow(typed("INVALID"));
});

it("answers in 奇门's XML, in HTTP 200", () => {
	const success = `${prolog}<response><flag>success</flag><code>0</code></response>`;
	expect(callbacks.answer(null)).toMatchObject({ status: 200, body: success });
	const failure = `${prolog}<response><flag>failure</flag><code>INVALID</code><message>&lt;b&gt;</message></response>`;
	expect(callbacks.answer({ code: "INVALID", message: "<b>" }).body).toBe(failure);
});
