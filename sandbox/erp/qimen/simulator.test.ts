import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { beijing } from "../../beijing.ts";
import { callQimen, deliveryOrder } from "../../testing/qimen-client.ts";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { sign } from "./sign.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
});

describe("sign", () => {
	const params = Object.entries({
		app_key: "10001",
		customerId: "C100",
		format: "xml",
		method: "taobao.qimen.deliveryorder.create",
		sign_method: "md5",
		timestamp: "2026-01-02 03:04:05",
		v: "2.0",
	});

	it.each([
		[`<?xml version="1.0" encoding="utf-8"?><request><a>1</a></request>`, "7C99B1D3904B3F8650D237C9662525CB"],
		["", "20BA1D326E4151F97956879A9288F525"],
	])("of the body %j is %s, whatever the order of the parameters", (body, expected) => {
		expect(sign(params, body, "testsecret")).toBe(expected);
		expect(sign(params.toReversed(), body, "testsecret")).toBe(expected);
	});
});

describe("the envelope", () => {
	it.each<[Record<string, string>, string]>([
		[{ sign: "0" }, "sign-check-failure"],
		[{ customerId: "C100" }, "sign-check-failure"],
		[{ added: "1" }, "sign-check-failure"],
		[{ format: "json" }, "isv.invalid-parameter"],
		[{ timestamp: beijing(Date.now() - 3_600_000) }, "isv.invalid-timestamp"],
		[{ v: "" }, "isv.missing-parameter"],
	])("with %j is refused", async (changes, code) => {
		const answer = await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"), changes);
		expect(answer).toContain(`<flag>failure</flag><code>${code}</code>`);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});

	it("with a document type is no request", async () => {
		const answer = await callQimen(sandbox.url, "order.cancel", "</request><!DOCTYPE a><request>");
		expect(answer).toContain("isv.invalid-xml");
	});

	it("of an unknown method is refused", async () => {
		expect(await callQimen(sandbox.url, "toString", "")).toContain("isv.invalid-method");
	});
});

describe("deliveryorder.create", () => {
	it("takes a code once, and refuses it the second time", async () => {
		expect(await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"))).toContain("<flag>success</flag>");
		const again = await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"));
		expect(again).toContain("<flag>failure</flag><code>DUPLICATE_ORDER</code>");
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ dialect: "qimen", kind: "order", key: "D1", orderNo: "TD1", accepted: 1, cancelled: false, totalFen: 10_600 },
		]);
	});

	it("computes the total of a line from a periodic unit price", async () => {
		await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"));
		const [row] = await sandbox.truth("kind=documents");
		expect(row?.lines).toEqual([{ sku: "CUP-BK-500", quantity: 3, totalFen: 10_000 }]);
	});

	it.each([
		["<shopNick>店铺</shopNick>", "", "MISSING_FIELD", "deliveryOrder.shopNick"],
		["<city>杭州市</city>", "", "MISSING_FIELD", "deliveryOrder.senderInfo.city"],
		["<ownerCode>O1</ownerCode>", "", "MISSING_FIELD", "orderLines.orderLine[0].ownerCode"],
		["<planQty>3</planQty>", "<planQty>1.5</planQty>", "INVALID_FIELD", "orderLines.orderLine[0].planQty"],
		["33.333333", "33.3333333", "INVALID_FIELD", "orderLines.orderLine[0].actualPrice"],
		["<freight>6.00", "<freight>6.005", "INVALID_FIELD", "deliveryOrder.freight"],
		["<orderType>JYCK", "<orderType>SALE", "INVALID_FIELD", "deliveryOrder.orderType"],
		["2026-01-02 03:04:05", "2026-01-02T03:04:05Z", "INVALID_FIELD", "deliveryOrder.createTime"],
	])("with %s as %j is %s naming the field", async (right, changed, code, field) => {
		const content = deliveryOrder("D1").replace(right, changed);
		const answer = await callQimen(sandbox.url, "deliveryorder.create", content);
		expect(answer).toContain(`<flag>failure</flag><code>${code}</code><message>${field} `);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});
});

describe("orderprocess.query", () => {
	it("tells of what it has, and that it has not", async () => {
		await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"));
		const found = await callQimen(sandbox.url, "orderprocess.query", "<orderCode>D1</orderCode>");
		expect(found).toContain("<processStatus>ACCEPT</processStatus>");
		const unknown = await callQimen(sandbox.url, "orderprocess.query", "<orderCode>D2</orderCode>");
		expect(unknown).toContain("<flag>failure</flag><code>ORDER_NOT_FOUND</code>");
	});
});

describe("order.cancel", () => {
	const cancel = (code: string) =>
		callQimen(sandbox.url, "order.cancel", `<warehouseCode>OTHER</warehouseCode><orderCode>${code}</orderCode>`);

	it("cancels what is not shipped, and again does no harm", async () => {
		await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"));
		expect(await cancel("D1")).toContain("success");
		expect(await cancel("D1")).toContain("success");
		expect(await cancel("D2")).toContain("ORDER_NOT_FOUND");
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "order", cancelled: true, accepted: 1 },
			{ kind: "cancel", accepted: 1 },
		]);
		const found = await callQimen(sandbox.url, "orderprocess.query", "<orderCode>D1</orderCode>");
		expect(found).toContain("<processStatus>CANCELED</processStatus>");
	});

	it("refuses where the ERP decides so", async () => {
		await sandbox.control("POST", "erp/qimen", { decide: "refuse" });
		await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("D1"));
		expect(await cancel("D1")).toContain("CANCEL_REFUSED");
		await sandbox.control("POST", "erp/qimen", { decide: "agree" });
	});
});

describe("returnorder.create", () => {
	const returnOrder = `<returnOrder><returnOrderCode>R1</returnOrderCode><warehouseCode>OTHER</warehouseCode>
		<orderType>THRK</orderType><preDeliveryOrderCode>D1</preDeliveryOrderCode><logisticsCode>ZTO</logisticsCode>
		<senderInfo><name>王**</name><mobile>*</mobile><province>浙江省</province><city>杭州市</city><detailAddress>*</detailAddress>
		</senderInfo></returnOrder><orderLines><orderLine><ownerCode>O1</ownerCode><itemCode>CUP-BK-500</itemCode>
		<planQty>1</planQty></orderLine></orderLines>`;
	const create = (content: string) => callQimen(sandbox.url, "returnorder.create", content);

	it("takes a code once, beside an order of the same code", async () => {
		await callQimen(sandbox.url, "deliveryorder.create", deliveryOrder("R1"));
		expect(await create(returnOrder)).toMatch(/<flag>success<.*<returnOrderId>QIMEN-/);
		expect(await create(returnOrder)).toContain("<code>DUPLICATE_ORDER</code>");
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "order", key: "R1" },
			{ kind: "aftersale", key: "R1", orderNo: "D1", lines: [{ sku: "CUP-BK-500", quantity: 1 }], accepted: 1 },
		]);
		const query = "<orderCode>R1</orderCode><orderType>THRK</orderType>";
		expect(await callQimen(sandbox.url, "orderprocess.query", query)).toContain(
			"<processStatus>ACCEPT</processStatus>",
		);
	});

	it.each([
		["<preDeliveryOrderCode>D1</preDeliveryOrderCode>", "", "MISSING_FIELD", "returnOrder.preDeliveryOrderCode"],
		["<city>杭州市</city>", "", "MISSING_FIELD", "returnOrder.senderInfo.city"],
		["<orderType>THRK", "<orderType>JYCK", "INVALID_FIELD", "returnOrder.orderType"],
		["<planQty>1", "<planQty>0", "INVALID_FIELD", "orderLines.orderLine[0].planQty"],
		["<itemCode>CUP-BK-500</itemCode>", "", "MISSING_FIELD", "orderLines.orderLine[0].itemCode"],
	])("with %s as %j is %s naming the field", async (right, changed, code, field) => {
		expect(await create(returnOrder.replace(right, changed))).toContain(`<code>${code}</code><message>${field} `);
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});
});
