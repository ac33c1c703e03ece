import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { beijing } from "../../beijing.ts";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { call, type Odd } from "./test-client.ts";

const method = "order.searchList";
const minuteAgo = () => Math.floor(Date.now() / 1000) - 60;
const window = () => ({
	update_time_start: minuteAgo(),
	update_time_end: minuteAgo() + 90,
	order_by: "update_time",
	page: 0,
	size: 10,
});

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterEach(() => sandbox.control("DELETE", "faults"));
afterAll(() => sandbox.end());

const inSeconds = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);

describe("the gateway", () => {
	it.each<[string, Odd, number, string]>([
		["no app key", { system: { app_key: undefined } }, 40001, "isv.app-id-missing"],
		["an unknown app key", { system: { app_key: "1" } }, 40003, "isv.app-id-invalid"],
		["no version", { system: { v: undefined } }, 40001, "isv.parameter-missing"],
		["another version", { system: { v: "1" } }, 40003, "isv.parameter-format-invalid"],
		["another method than the path's", { system: { method: "order.list" } }, 40003, "isv.parameter-format-invalid"],
		["no timestamp", { system: { timestamp: undefined } }, 40001, "isv.parameter-missing"],
		["a timestamp that is no time", { system: { timestamp: "now" } }, 40003, "isv.timestamp-format-error"],
		["a timestamp of eleven minutes ago", { system: { timestamp: inSeconds(-660) } }, 40003, "isv.timestamp-invalid"],
		["a timestamp of eleven minutes ahead", { system: { timestamp: inSeconds(660) } }, 40003, "isv.timestamp-invalid"],
		["no signature", { after: { sign: undefined } }, 40001, "isv.signature-missing"],
		["another signature", { after: { sign: "0".repeat(64) } }, 40003, "isv.signature-invalid"],
		["a parameter changed after signing", { after: { timestamp: inSeconds(5) } }, 40003, "isv.signature-invalid"],
		["a signature by another method than named", { after: { sign_method: undefined } }, 40003, "isv.signature-invalid"],
		["no token", { system: { access_token: undefined } }, 40001, "isv.access-token-missing"],
		["a token nobody has", { system: { access_token: "none" } }, 40003, "isv.access-token-no-existed"],
		[
			"a form",
			{ headers: { "content-type": "application/x-www-form-urlencoded" } },
			40003,
			"isv.parameter-format-invalid",
		],
		["GET", { verb: "GET" }, 40003, "isv.parameter-format-invalid"],
	])("refuses %s", async (_what, odd, code, subCode) => {
		expect(await call(sandbox.url, method, window(), odd)).toMatchObject({ code, sub_code: subCode });
	});

	it.each(["order.searchList", "Order/SearchList", "order/all"])("has no method at %s", async (path) => {
		expect((await call(sandbox.url, method, window(), { path })).code).toBe(404);
	});

	it.each<[string, Odd]>([
		["HMAC-SHA256", {}],
		["MD5, where no method is named", { system: { sign_method: undefined } }],
		["a Beijing timestamp", { system: { timestamp: beijing(Date.now()) } }],
	])("accepts %s", async (_what, odd) => {
		expect((await call(sandbox.url, method, window(), odd)).code).toBe(10000);
	});

	it("checks the signature over the body as it was sent, however it is written", async () => {
		const [orderId] = await sandbox.place({ count: 1 }, "douyin");
		const body = `{ "remark":"\\u52a0\\u6025", "order_id":"${orderId}" }`;
		expect((await call(sandbox.url, "order.addOrderRemark", body)).code).toBe(10000);
		expect((await sandbox.truth("kind=orders"))[0]?.memo).toBe("加急");
	});

	it("counts signatures it refused", async () => {
		const before = await refused();
		await call(sandbox.url, method, window(), { after: { sign: "x" } });
		expect(await refused()).toBe(before + 1);
	});

	it.each<[string, object, number]>([
		["no window", { update_time_start: undefined, update_time_end: undefined }, 40002],
		["half a window", { update_time_end: undefined }, 40002],
		["two windows", { create_time_start: 1 }, 40004],
		["another order than the window's", { order_by: "create_time" }, 40004],
		["a window of 91 days", { update_time_start: Math.floor(Date.now() / 1000) - 91 * 86_400 }, 40004],
		["a window that runs backwards", { update_time_end: 1 }, 40004],
		["a page of 101", { size: 101 }, 40004],
		["no page", { page: undefined }, 40002],
		["a page below 0", { page: -1 }, 40004],
		["a page as text", { page: "0" }, 40004],
		["what lies behind the last row that may be read", { page: 1000 }, 40004],
	])("refuses %s", async (_what, changes, code) => {
		expect((await call(sandbox.url, method, { ...window(), ...changes })).code).toBe(code);
	});

	it.each(["", "[]", "{"])("refuses the body %j", async (body) => {
		expect((await call(sandbox.url, method, body)).sub_code).toBe("isv.parameter-format-invalid");
	});

	it("limits calls a second of each method", async () => {
		await sandbox.control("POST", "faults", { target: "douyin", fault: "rate-limit:2" });
		const codes = await Promise.all(
			[1, 2, 3, 4, 5, 6].map(async () => (await call(sandbox.url, method, window())).code),
		);
		expect(codes.filter((code) => code === 60000).length).toBeGreaterThanOrEqual(2);
	});
});

describe("orders", () => {
	it("are the same in list and detail, ids as numbers of 19 digits where the platform has numbers", async () => {
		const [orderId] = await sandbox.place({ count: 1, lines: 2 }, "douyin");
		const detail = await call<{ shop_order_detail: Row }>(sandbox.url, "order.orderDetail", { shop_order_id: orderId });
		const list = await call<{ shop_order_list: Row[] }>(sandbox.url, method, { ...window(), size: 100 });
		const row = list.data.shop_order_list.find(({ order_id }) => order_id === orderId);
		expect(row).toEqual(detail.data.shop_order_detail);
		expect(detail.text).toMatch(/"product_id":34\d{17},/);
		expect(detail.text).toMatch(/"sku_id":17\d{17},/);
	});

	it("do not move when only their note changes, and do when they ship", async () => {
		const [orderId] = await sandbox.place({ count: 1 }, "douyin");
		const modified = async () =>
			(await sandbox.truth("kind=orders")).find((row) => row.platformOrderId === orderId)?.modifiedAt;
		await sandbox.control("POST", "faults", { target: "douyin", fault: "clock:30" });
		const placed = await modified();
		await call(sandbox.url, "order.addOrderRemark", { order_id: orderId, remark: "x" });
		expect(await modified()).toBe(placed);
		const parcel = { order_id: orderId, company_code: "shunfeng", logistics_code: "SF1234567890123" };
		expect((await call(sandbox.url, "order.logisticsAdd", parcel)).code).toBe(10000);
		expect(await modified()).not.toBe(placed);
	});

	it("show nobody the plain text of an address before", async () => {
		const [orderId = ""] = await sandbox.place({ count: 1 }, "douyin");
		const cipherOf = async (): Promise<string> => {
			const { data } = await call<{ shop_order_detail: Row }>(sandbox.url, "order.orderDetail", {
				shop_order_id: orderId,
			});
			return data.shop_order_detail.encrypt_post_tel;
		};
		const old = await cipherOf();
		await sandbox.act(orderId, { action: "change-address" }, "douyin");
		const infos = [old, await cipherOf()].map((cipher_text) => ({ auth_id: orderId, cipher_text }));
		const { data } = await call<{ decrypt_infos: Row[] }>(sandbox.url, "order.batchDecrypt", { cipher_infos: infos });
		expect(data.decrypt_infos.map(({ err_no }) => err_no === 0)).toEqual([false, true]);
		expect(data.decrypt_infos[1]?.is_virtual_tel).toBe(true);
	});
});

interface Row {
	order_id: string;
	encrypt_post_tel: string;
	err_no: number;
	is_virtual_tel: boolean;
}

async function refused(): Promise<number> {
	const counters = await sandbox.control<{ douyin: { refusedSignatures: number } }>("GET", "counters");
	return counters.douyin.refusedSignatures;
}
