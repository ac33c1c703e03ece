import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { type ArkAnswer, ark, deliverAs, openAddressId } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

const call = <T>(method: string, params: object): Promise<ArkAnswer<T>> => ark<T>(sandbox.url, method, params);
const addressId = (orderId: string) => openAddressId(sandbox.url, orderId);
const deliver = (orderId: string, params: object = {}) => deliverAs(sandbox.url, orderId, params);
const placeOne = async (): Promise<string> => (await sandbox.place({ count: 1 }, "xiaohongshu"))[0] ?? "";

describe("waybills", () => {
	const take = async (orderId: string, changes: object = {}) => {
		const sender = { name: "仓", mobile: "13900000001", address: { province: "浙江省" } };
		const parcel = {
			objectId: "1",
			templateId: "11",
			orderInfo: { orderChannelsType: "XIAO_HONG_SHU", tradeOrderList: [orderId], xhsOrderId: orderId },
			packageInfo: { id: `${orderId}-1`, items: [{ name: "杯", count: 1 }] },
			recipient: { openAddressId: await addressId(orderId) },
			...changes,
		};
		const params = { cpCode: "shunfeng", branchCode: "", sellerName: "店", billVersion: 2, sender };
		const { data } = await call<{ wayBillList: { success: boolean; waybillCode: string; errorCode: string }[] }>(
			"express.createEbillOrders",
			{ ...params, tradeOrderInfoList: [parcel] },
		);
		return data.wayBillList[0];
	};
	const cancel = (waybillCode?: string) =>
		call("express.cancelEbillOrder", { cpCode: "shunfeng", waybillCode, billVersion: 2 });

	it("are the same for the same package, and can be given back until they travel", async () => {
		const orderId = await placeOne();
		const first = await take(orderId);
		expect(first).toMatchObject({ success: true });
		expect((await take(orderId))?.waybillCode).toBe(first?.waybillCode);
		expect((await cancel(first?.waybillCode)).success).toBe(true);
		const second = await take(orderId);
		await deliver(orderId, { expressNo: second?.waybillCode });
		expect(await cancel(second?.waybillCode)).toMatchObject({ success: false, code: 401 });
	});

	it.each([
		[{ templateId: "99" }, "301"],
		[{ recipient: { openAddressId: "another" } }, "401"],
	])("fail by themselves: %j", async (changes, errorCode) => {
		expect(await take(await placeOne(), changes)).toMatchObject({ success: false, errorCode });
	});
});
