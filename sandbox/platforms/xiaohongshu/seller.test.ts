import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { type ArkAnswer, ark, deliverAs, lastMinutes } from "./test-client.ts";

interface Order {
	orderStatus: number;
	sellerRemarkFlag: number;
	totalPayAmount: number;
	totalShippingFree: number;
	skuList: { skuId: string; skuQuantity: number; totalPaidAmount: number; skuAfterSaleStatus: number }[];
	simpleDeliveryOrderList: { status: number; expressTrackingNo: string; skuIdList: string[] }[];
}

interface Refund {
	afterSaleInfo: { status: number; refundStatus: number; expectedRefundAmountYuan: number; expireTime: number };
}

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
});

const call = <T>(method: string, params: object): Promise<ArkAnswer<T>> => ark<T>(sandbox.url, method, params);
const placeOne = async (wish: object = {}): Promise<string> =>
	(await sandbox.place({ count: 1, ...wish }, "xiaohongshu"))[0] ?? "";
const act = (orderId: string, action: object) => sandbox.act(orderId, action, "xiaohongshu");
const detail = async (orderId: string): Promise<Order> => (await call<Order>("order.getOrderDetail", { orderId })).data;
const deliver = (orderId: string, params: object = {}) => deliverAs(sandbox.url, orderId, params);

describe("orders", () => {
	it("are listed newest first, without lines and amounts", async () => {
		const orders = await sandbox.place({ count: 5 }, "xiaohongshu");
		const page = { ...lastMinutes(1000), pageNo: 2, pageSize: 3 };
		const { data } = await call<{ total: number; maxPageNo: number; orderList: { orderId: string }[] }>(
			"order.getOrderList",
			page,
		);
		expect(data).toMatchObject({ total: 5, maxPageNo: 2 });
		expect(data.orderList.map(({ orderId }) => orderId)).toEqual(orders.slice(0, 2).reverse());
		expect(data.orderList[0]).not.toHaveProperty("skuList");
	});

	it("add up to the fen", async () => {
		for (const orderId of await sandbox.place({ count: 20, seed: "sums" }, "xiaohongshu")) {
			const { skuList, totalPayAmount, totalShippingFree } = await detail(orderId);
			expect(skuList.reduce((sum, sku) => sum + sku.totalPaidAmount, totalShippingFree)).toBe(totalPayAmount);
		}
	});

	it("walk through their states", async () => {
		const orderId = await placeOne({ paid: false });
		const states = [(await detail(orderId)).orderStatus];
		for (const step of [
			() => act(orderId, { action: "pay" }),
			() => deliver(orderId),
			() => act(orderId, { action: "request-refund", type: "EXCHANGE" }),
			() => act(orderId, { action: "cancel-refund" }),
			() => act(orderId, { action: "confirm" }),
		]) {
			await step();
			states.push((await detail(orderId)).orderStatus);
		}
		expect(states).toEqual([1, 4, 6, 10, 6, 7]);
		const cancelled = await placeOne({ paid: false });
		await act(cancelled, { action: "close" });
		const refunded = await placeOne();
		await act(refunded, { action: "close" });
		expect([(await detail(cancelled)).orderStatus, (await detail(refunded)).orderStatus]).toEqual([9, 8]);
	});

	it.each([
		[{ sellerMarkNote: "加急", operator: "我", sellerMarkPriority: 6 }, true],
		[{ sellerMarkNote: "加急", operator: "我" }, false],
		[{ sellerMarkNote: "加急", sellerMarkPriority: 6 }, false],
		[{ operator: "我", sellerMarkPriority: 6 }, false],
	])("take a mark only whole: %j", async (mark, taken) => {
		const orderId = await placeOne();
		expect((await call("order.modifySellerMarkInfo", { orderId, ...mark })).success).toBe(taken);
		expect((await detail(orderId)).sellerRemarkFlag).toBe(taken ? 6 : 1);
	});
});

describe("shipping", () => {
	it("goes SKU by SKU, and the rest after it", async () => {
		const orderId = await placeOne({ lines: 3 });
		const [first = "", ...rest] = (await detail(orderId)).skuList.map(({ skuId }) => skuId);
		expect((await deliver(orderId, { unpack: true })).success).toBe(false);
		expect((await deliver(orderId, { skuIdList: [first] })).success).toBe(false);
		expect((await deliver(orderId, { unpack: true, skuIdList: [first] })).success).toBe(true);
		expect(await detail(orderId)).toMatchObject({
			orderStatus: 5,
			unpack: true,
			simpleDeliveryOrderList: [
				{ status: 6, expressTrackingNo: "SF1234567890123", skuIdList: [first] },
				{ status: 4, expressTrackingNo: "", skuIdList: rest },
			],
		});
		expect((await deliver(orderId)).success).toBe(false);
		expect((await deliver(orderId, { unpack: true, skuIdList: [first] })).success).toBe(false);
		expect((await deliver(orderId, { unpack: true, skuIdList: rest })).success).toBe(true);
		expect((await detail(orderId)).orderStatus).toBe(6);
	});

	it.each([
		[{ expressCompanyCode: "SF" }, false],
		[{ expressNo: "1" }, false],
		[{ unpack: "false" }, false],
		[{ expressCompanyCode: "selfdelivery", expressNo: "无需物流" }, true],
	])("%j is taken: %s", async (params, taken) => {
		expect((await deliver(await placeOne(), params)).success).toBe(taken);
	});
});

describe("after-sales", () => {
	async function open(type: string): Promise<{ orderId: string; returnsId: string }> {
		const orderId = await placeOne({ lines: 1 });
		if (type !== "REFUND_BEFORE_SHIP") await deliver(orderId);
		await act(orderId, { action: "request-refund", type });
		const rows = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
		return { orderId, returnsId: rows.at(-1)?.platformAftersaleId ?? "" };
	}
	const info = async (returnsId: string) =>
		(await call<Refund>("afterSale.getAfterSaleInfo", { returnsId, needNegotiateRecord: false })).data.afterSaleInfo;
	const audit = (params: object) => call("afterSale.auditReturns", params);
	const receive = (params: object) => call("afterSale.confirmReceive", params);

	it("are listed by milliseconds", async () => {
		const { returnsId } = await open("REFUND_BEFORE_SHIP");
		const page = { pageNo: 1, pageSize: 10 };
		const list = (window: object) => call("afterSale.listAfterSaleInfos", { ...window, ...page });
		expect(await list(lastMinutes(1))).toMatchObject({ data: { totalCount: 1, afterSaleBasicInfos: [{ returnsId }] } });
		expect(await list(lastMinutes(1000))).toMatchObject({ success: false, code: -2000400 });
	});

	it("before shipping can be agreed to, not refused", async () => {
		const { orderId, returnsId } = await open("REFUND_BEFORE_SHIP");
		expect(await audit({ returnsId, action: 3, reason: 1 })).toMatchObject({ success: false, code: 50209 });
		expect(await audit({ returnsId, action: 1 })).toMatchObject({ success: true });
		expect(await info(returnsId)).toMatchObject({ status: 4, refundStatus: 2, expireTime: -1 });
		expect((await detail(orderId)).orderStatus).toBe(8);
	});

	it("with a return go through the seller's hands", async () => {
		const { orderId, returnsId } = await open("RETURN_REFUND");
		expect((await audit({ returnsId, action: 1 })).success).toBe(false);
		expect((await audit({ returnsId, action: 2 })).success).toBe(false);
		expect((await audit({ returnsId, action: 2, receiverInfo: { sellerAddressRecordId: 1 } })).success).toBe(false);
		expect((await audit({ returnsId, action: 2, receiverInfo: { sellerAddressRecordId: 900001 } })).success).toBe(true);
		expect((await info(returnsId)).status).toBe(2);
		expect((await receive({ returnsId, action: 1 })).success).toBe(false);
		await act(orderId, { action: "return-goods" });
		expect((await info(returnsId)).status).toBe(3);
		expect((await receive({ returnsId, action: 2, reason: 199 })).success).toBe(false);
		expect((await receive({ returnsId, action: 2, reason: 199, description: "与发出不符" })).success).toBe(true);
		expect((await info(returnsId)).status).toBe(9001);
	});

	it("with an exchange end when the buyer has the replacement", async () => {
		const { orderId, returnsId } = await open("EXCHANGE");
		await audit({ returnsId, action: 2, receiverInfo: { sellerAddressRecordId: 900001 } });
		await act(orderId, { action: "return-goods" });
		await receive({ returnsId, action: 1 });
		expect((await info(returnsId)).status).toBe(12);
		const parcel = { expressCompanyCode: "shunfeng", expressNo: "SF1234567890124" };
		expect((await call("afterSale.receiveAndShip", { returnsId, ...parcel })).success).toBe(true);
		expect((await info(returnsId)).status).toBe(13);
		await act(orderId, { action: "confirm-exchange" });
		expect(await info(returnsId)).toMatchObject({ status: 4, refundStatus: 0 });
	});
});

describe("goods", () => {
	interface Row {
		item: { id: string };
		sku: { id: string; stock: number };
	}
	const page = async (params: object) =>
		(await call<{ data: Row[]; total: number }>("product.getDetailSkuList", params)).data;

	it("are chained by the last SKU", async () => {
		const seen: string[] = [];
		let lastId = "";
		for (;;) {
			const { data, total } = await page({ pageNo: 1, pageSize: 20, ...(lastId && { lastId }) });
			seen.push(...data.map(({ sku }) => sku.id));
			lastId = data.at(-1)?.sku.id ?? "";
			if (data.length < 20) {
				expect([seen.length, new Set(seen).size]).toEqual([total, total]);
				return;
			}
		}
	});

	it("have as much on sale as the whole stock leaves", async () => {
		const skuId = (await page({ pageSize: 1 })).data[0]?.sku.id;
		const get = async () =>
			(await call<{ skuStock: { available: number; total: number } }>("inventory.getSkuStock", { skuId })).data
				.skuStock;
		const before = await get();
		await call("inventory.syncSkuStock", { skuId, qty: before.total + 5 });
		expect(await get()).toMatchObject({ available: before.available + 5, total: before.total + 5 });
		expect((await page({ pageSize: 1 })).data[0]?.sku.stock).toBe(before.available + 5);
	});
});
