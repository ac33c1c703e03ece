import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { wx } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

const call = <T = object>(path: string, body: object | string) => wx<T>(sandbox.url, path, body);
const placeOne = async (): Promise<string> => (await sandbox.place({ count: 1, lines: 1 }, "weixin"))[0] ?? "";

describe("waybills", () => {
	const create = (ec_order_id: string, changes: object = {}) => {
		const person = { name: "仓", mobile: "139", province: "浙江省", address: "1 号" };
		const body = {
			ewaybill_order_id: "18446744073709551615",
			delivery_id: "SF",
			ewaybill_acct_id: "acct-SF",
			shop_id: "62003134840",
			sender: person,
			receiver: person,
			...changes,
		};
		const order = `"ec_order_list":[{"ec_order_id":${ec_order_id},"goods_list":[{"good_name":"杯","good_count":1}]}]`;
		const text = `${JSON.stringify(body).slice(0, -1)},${order}}`;
		return call<{ waybill_id: string }>("logistics/ewaybill/biz/order/create", text);
	};
	const shopNumber = async (): Promise<string> => {
		type Accounts = { account_list: { shop_id: string }[] };
		const { account_list } = await call<Accounts>("logistics/ewaybill/biz/account/get", { delivery_id: "SF" });
		return account_list[0]?.shop_id ?? "";
	};

	it("are the same for the same number of the caller's", async () => {
		const id = await placeOne();
		const shop_id = await shopNumber();
		const [first, second] = [await create(id, { shop_id }), await create(id, { shop_id })];
		expect(first.waybill_id).toMatch(/^SF\d{13}$/);
		expect(second.waybill_id).toBe(first.waybill_id);
	});

	it.each<[string, object, number]>([
		["a number beyond uint64", { ewaybill_order_id: "18446744073709551616" }, 10025020],
		["another shop's number", { shop_id: "1" }, 10025015],
		["no sender", { sender: undefined }, 40097],
	])("are refused with %s", async (_what, changes, errcode) => {
		const shop_id = await shopNumber();
		expect((await create(await placeOne(), { shop_id, ...changes })).errcode).toBe(errcode);
	});

	it("are refused for an order number as text", async () => {
		const id = await placeOne();
		expect((await create(`"${id}"`, { shop_id: await shopNumber() })).errcode).toBe(47001);
	});
});
