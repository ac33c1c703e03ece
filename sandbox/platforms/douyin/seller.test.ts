import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { demoShops } from "./demo-shop.ts";
import { call } from "./test-client.ts";

const [shop] = demoShops;
const sf = { company_code: "shunfeng", logistics_code: "SF1234567890123" };

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
});
afterAll(() => sandbox.end());

const place = async (wish: object = {}): Promise<string> =>
	(await sandbox.place({ count: 1, ...wish }, "douyin"))[0] ?? "";
const truth = async () => (await sandbox.truth("kind=orders"))[0];

describe("shipping", () => {
	it.each<[string, object]>([
		["an unknown carrier", { ...sf, company_code: "SF" }],
		["a number the carrier has not", { ...sf, logistics_code: "YT1" }],
	])("refuses %s", async (_what, parcel) => {
		const order_id = await place();
		expect((await call(sandbox.url, "order.logisticsAdd", { order_id, ...parcel })).code).toBe(50002);
	});

	it("knows a pack again by its request, and ships it once", async () => {
		const order_id = await place({ lines: [{ sku: "CUP-BK-500", quantity: 3 }] });
		const pack = (request_id: string, shipped_num: number) => ({
			...sf,
			request_id,
			order_id_list: [order_id],
			shipped_order_info: [{ shipped_order_id: String(BigInt(order_id) + 1n), shipped_num }],
		});
		const first = await call(sandbox.url, "order.logisticsAddSinglePack", pack("r-1", 1));
		const again = await call(sandbox.url, "order.logisticsAddSinglePack", pack("r-1", 1));
		expect(again.data).toEqual(first.data);
		expect(await truth()).toMatchObject({ status: "PART_SHIPPED", shipped: [{ carrier: "shunfeng" }] });
		expect((await call(sandbox.url, "order.logisticsAddSinglePack", pack("r-2", 3))).code).toBe(50002);
		expect((await call(sandbox.url, "order.logisticsAdd", { order_id, ...sf })).code).toBe(50002);
		expect((await call(sandbox.url, "order.logisticsAddSinglePack", pack("r-3", 2))).code).toBe(10000);
		expect((await truth())?.status).toBe("SHIPPED");
	});

	it("fails while a refund is open, and refuses the refund when told to", async () => {
		const order_id = await place();
		await sandbox.act(order_id, { action: "request-refund", type: "REFUND_BEFORE_SHIP" }, "douyin");
		expect((await call(sandbox.url, "order.logisticsAdd", { order_id, ...sf })).code).toBe(50002);
		const rejecting = { order_id, ...sf, is_reject_refund: true };
		expect((await call(sandbox.url, "order.logisticsAdd", rejecting)).code).toBe(10000);
		expect((await sandbox.truth("kind=aftersales"))[0]?.status).toBe("REFUSED");
	});
});

describe("an operation on an after-sale", () => {
	async function opened(): Promise<string> {
		const order_id = await place();
		await sandbox.act(order_id, { action: "request-refund", type: "REFUND_BEFORE_SHIP" }, "douyin");
		const [row] = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
		return row?.platformAftersaleId ?? "";
	}
	const operate = (type: number, item: object) => call(sandbox.url, "afterSale.operate", { type, items: [item] });

	it("is refused when the after-sale has changed since, or is another kind's", async () => {
		const aftersale_id = await opened();
		expect((await operate(203, { aftersale_id, update_time: 1 })).sub_code).toBe("isv.business-failed:20309541");
		expect((await operate(201, { aftersale_id })).sub_code).toBe("isv.business-failed:20309541");
		expect((await operate(203, { aftersale_id })).code).toBe(10000);
		expect((await operate(203, { aftersale_id })).sub_code).toBe("isv.business-failed:20309541");
	});

	it("refuses only for one of the platform's reasons, with proof where it wants some", async () => {
		const aftersale_id = await opened();
		expect((await operate(204, { aftersale_id })).code).toBe(40002);
		expect((await operate(204, { aftersale_id, reject_reason_code: 99 })).code).toBe(40004);
		expect((await operate(204, { aftersale_id, reject_reason_code: 3 })).code).toBe(50002);
		expect((await operate(204, { aftersale_id, reject_reason_code: 1 })).code).toBe(10000);
	});

	it("that fails on one, fails on all", async () => {
		const aftersale_id = await opened();
		const items = [{ aftersale_id }, { aftersale_id: "1" }];
		expect((await call(sandbox.url, "afterSale.operate", { type: 203, items })).code).toBe(50002);
		expect((await sandbox.truth("kind=aftersales"))[0]?.status).toBe("APPLIED");
	});
});

it("a waybill is refused to who sends its receiver in plain text", async () => {
	const order_id = await place();
	const person = {
		address: { country_code: "CHN", province_name: "浙江省", district_name: "余杭区", detail_address: "1号" },
		contact: { name: "王小明", mobile: "13900000000" },
	};
	const order_infos = [{ order_id, receiver_info: person, items: [{ item_name: "杯", item_count: 1 }] }];
	const wish = { logistics_code: "shunfeng", sender_info: person, order_infos };
	const { code, data } = await call(sandbox.url, "logistics.newCreateOrder", wish);
	expect(code).toBe(10000);
	expect(data).toMatchObject({ ebill_infos: [], err_infos: [{ order_id }] });
});

it("a difference of stock counts once under its number", async () => {
	const [product] = await sandbox
		.truth<{ platform: string; productId: string; skus: Sku[] }>("kind=products")
		.then((rows) => rows.filter(({ platform }) => platform === "douyin"));
	const sku = product?.skus[0];
	const change = { product_id: product?.productId, sku_id: sku?.platformSkuId, stock_num: 5, incremental: true };
	expect((await call(sandbox.url, "sku.syncStock", change)).code).toBe(40002);
	expect((await call(sandbox.url, "sku.syncStock", { ...change, idempotent_id: "i-1" })).code).toBe(10000);
	expect((await call(sandbox.url, "sku.syncStock", { ...change, idempotent_id: "i-1" })).code).not.toBe(10000);
});

interface Sku {
	platformSkuId: string;
}

describe("a token", () => {
	interface Pair {
		access_token: string;
		refresh_token: string;
		expires_in: number;
	}
	const refresh = (refresh_token: string) =>
		call<Pair>(sandbox.url, "token.refresh", { grant_type: "refresh_token", refresh_token });
	const works = async (access_token: string): Promise<boolean> =>
		(await call(sandbox.url, "address.list", {}, { system: { access_token, timestamp: await clock() } })).code ===
		10000;
	let aheadSec = 0;
	const clock = async (): Promise<string> => String(Math.floor(Date.now() / 1000) + aheadSec);
	const wait = async (seconds: number): Promise<void> => {
		aheadSec = seconds;
		await sandbox.control("POST", "faults", { target: "douyin", fault: `clock:${seconds}` });
	};

	it("stays until its last hour, is doubled in it, and is replaced after it", async () => {
		const at = async (refresh_token: string) =>
			call<Pair>(
				sandbox.url,
				"token.refresh",
				{ grant_type: "refresh_token", refresh_token },
				{ system: { timestamp: await clock() } },
			);
		const early = (await refresh(shop?.token.refresh ?? "")).data;
		expect(early).toMatchObject({ access_token: shop?.token.access, refresh_token: shop?.token.refresh });

		await wait(early.expires_in - 1800);
		const late = (await at(early.refresh_token)).data;
		expect(late.access_token).not.toBe(early.access_token);
		expect([await works(early.access_token), await works(late.access_token)]).toEqual([true, true]);

		await wait(aheadSec + late.expires_in + 60);
		expect(await works(late.access_token)).toBe(false);
		const after = (await at(late.refresh_token)).data;
		expect([await works(late.access_token), await works(after.access_token)]).toEqual([false, true]);
		expect((await at(late.refresh_token)).sub_code).toBe("dop.token-generate-failed:token-invalid");
		aheadSec = 0;
	});

	it("comes of a code once, and never of the app's own wish", async () => {
		const page = `${sandbox.url}/douyin/authorize?service_id=${shop?.app.key}&state=s&redirect_uri=https://hub.example/`;
		const { headers } = await fetch(page, { redirect: "manual" });
		const code = new URL(headers.get("location") ?? "").searchParams.get("code");
		const grant = { code, grant_type: "authorization_code" };
		expect((await call(sandbox.url, "token.create", grant)).data).toMatchObject({ shop_id: Number(shop?.sellerId) });
		expect((await call(sandbox.url, "token.create", grant)).sub_code).toBe("dop.token-generate-failed:code-invalid");
		const own = { code: "", grant_type: "authorization_self", shop_id: shop?.sellerId };
		expect((await call(sandbox.url, "token.create", own)).code).toBe(50001);
	});
});
