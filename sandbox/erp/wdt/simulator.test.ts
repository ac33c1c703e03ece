import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { beijing } from "../../beijing.ts";
import { type RunningSandbox, runSandbox, until } from "../../testing/running.ts";
import { callWdt, pushedTrade } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", {});
	await sandbox.control("POST", "erp/wdt", { autoShip: false, afterMs: 0, decide: "agree" });
});

const pushSelf2 = "sales.RawTrade.pushSelf2";
const call = (method: string, args: unknown[], params = {}) => callWdt(sandbox.url, method, args, params);
const push = (...trades: ReturnType<typeof pushedTrade>[]) =>
	call(pushSelf2, ["SHOP01", trades.map(({ trade }) => trade), trades.flatMap(({ lines }) => lines)]);
const closed = (tid: string) =>
	pushedTrade(tid, { trade_status: 80, refund_status: 3, receivable: 0 }, { status: 80, refund_status: 5 });
const refund = (over: object = {}) => ({
	refund_no: "R1",
	tid: "T1",
	oid: "T1-1",
	type: 2,
	status: 2,
	num: 1,
	refund_version: "1",
	refund_amount: "33.33",
	actual_refund_amount: 33.33,
	title: "",
	spec_no: "CUP-BK-500",
	buyer_nick: "j***y",
	is_aftersale: 1,
	reason: "",
	...over,
});

describe("旺店通", () => {
	it("takes an order once: a second push of its number is a change", async () => {
		expect(await push(pushedTrade("T1"))).toEqual({
			status: 0,
			data: { new_count: 1, chg_count: 0, error_list: [] },
		});
		expect((await push(pushedTrade("T1"))).data).toMatchObject({ new_count: 0, chg_count: 1 });
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ dialect: "wdt", kind: "order", key: "T1", accepted: 1, totalFen: 10_600 },
		]);
	});

	it("takes the good rows of a batch and lists the others, and says that all is well", async () => {
		const bad = pushedTrade("T2", {}, { price: 33.33 });
		const { status, data } = await push(pushedTrade("T1"), bad, pushedTrade("T3"));
		expect(status).toBe(0);
		expect(data).toMatchObject({
			new_count: 2,
			chg_count: 0,
			error_list: [{ no: "T2", error: expect.stringContaining("total_amount") }],
		});
		expect((await sandbox.truth("kind=documents")).map(({ key }) => key)).toEqual(["T1", "T3"]);
	});

	it.each<[object, object, string]>([
		[{ tid: "x".repeat(41) }, {}, "tid"],
		[{ trade_status: "30" }, {}, "trade_status"],
		[{ refund_status: 4 }, {}, "refund_status"],
		[{ end_time: undefined }, {}, "end_time"],
		[{ trade_time: "2026-01-02T03:04:05" }, {}, "trade_time"],
		[{ receiver_area: "浙江省杭州市" }, {}, "receiver_area"],
		[{ receiver_mobile: "8888" }, {}, "receiver_mobile"],
		[{ is_auto_wms: true }, {}, "warehouse_no"],
		[{ order_count: 2 }, {}, "order_count"],
		[{ goods_count: 2 }, {}, "goods_count"],
		[{ receivable: 105.99 }, {}, "receivable"],
		[{ post_amount: "6.00001" }, {}, "post_amount"],
		[{}, { num: 0 }, "num"],
		[{}, { spec_no: "" }, "spec_no"],
		[{}, { json: undefined }, "json"],
		[{}, { discount: -0.02 }, "discount"],
		[{}, { oid: 1 }, "oid"],
	])("refuses an order with %j and lines with %j", async (over, lineOver, field) => {
		const { data } = await push(pushedTrade("T1", over, lineOver));
		expect(data).toMatchObject({ new_count: 0, error_list: [{ error: expect.stringContaining(field) }] });
		expect(await sandbox.truth("kind=documents")).toEqual([]);
	});

	it("does not take a line number of another order", async () => {
		await push(pushedTrade("T1"));
		const { data } = await push(pushedTrade("T2", {}, { oid: "T1-1" }));
		expect(data).toMatchObject({ error_list: [{ no: "T2", error: "子订单号T1-1已存在" }] });
	});

	it("changes an order, and shows it as it came", async () => {
		await push(pushedTrade("T1"));
		const over = { goods_count: 2, receivable: "72.68", receiver_address: "another" };
		await push(pushedTrade("T1", over, { num: 2, discount: 0, total_amount: "66.6800" }));
		const { data } = await call("sales.RawTrade.search", [{ tid: "T1" }]);
		expect(data?.order).toMatchObject([
			{ tid: "T1", process_status: 20, receiver_address: "another", trade_orders: [{ oid: "T1-1", num: 2 }] },
		]);
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "order", totalFen: 7_268, lines: [{ quantity: 2, totalFen: 6_668 }] },
			{ kind: "change", accepted: 1, totalFen: 7_268 },
		]);
	});

	it("gives an order back, unless it is picked; once it has left, only its papers are closed", async () => {
		for (const tid of ["T1", "T2", "T3"]) await push(pushedTrade(tid));
		expect((await push(closed("T1"))).data?.error_list).toEqual([]);
		await sandbox.control("POST", "erp/wdt", { decide: "refuse" });
		expect((await push(closed("T2"))).data?.error_list).toEqual([{ no: "T2", error: "订单已拣货,不能取消" }]);
		await sandbox.control("POST", "erp/wdt", { autoShip: true });
		await until(
			() => sandbox.truth("kind=documents"),
			(rows) => rows.find(({ key }) => key === "T3")?.shipping.state === "done",
		);
		expect((await push(closed("T3"))).data).toMatchObject({ chg_count: 1, error_list: [] });
		const state = async (tid: string) => {
			const { data } = await call("sales.RawTrade.search", [{ tid }]);
			const [{ process_status, trade_status } = {}] = data?.order ?? [];
			return [process_status, trade_status];
		};
		expect([await state("T1"), await state("T2"), await state("T3")]).toEqual([
			[70, 80],
			[40, 30],
			[40, 80],
		]);
		expect((await push(pushedTrade("T1", { remark: "back" }))).data?.error_list).toMatchObject([{ no: "T1" }]);
	});

	it("keeps an after-sale under its number, and finds it by its order", async () => {
		const upload = (row: object) => call("aftersales.refund.RawRefund.upload2", ["SHOP01", [row]]);
		expect((await upload(refund())).data?.error_list).toEqual([{ no: "R1", error: "原始单T1不存在" }]);
		await push(pushedTrade("T1"));
		expect((await upload(refund())).data).toMatchObject({ new_count: 1 });
		expect((await upload(refund({ status: 5 }))).data).toMatchObject({ chg_count: 1 });
		expect((await upload(refund({ type: 5 }))).data?.error_list).toMatchObject([{ no: "R1" }]);
		const { data } = await call("aftersales.refund.RawRefund.search", [{ tid: "T1", platform_id: 127 }]);
		expect(data?.order).toMatchObject([{ refund_no: "R1", tid: "T1", oid: "T1-1", status: 5 }]);
		expect(await sandbox.truth("kind=documents")).toMatchObject([
			{ kind: "order" },
			{ kind: "aftersale", key: "R1", accepted: 1, totalFen: 3_333 },
		]);
	});

	it("shows what has left in an hour, page by page", async () => {
		await push(pushedTrade("T1"), pushedTrade("T2"), pushedTrade("T3"));
		await sandbox.control("POST", "erp/wdt", { autoShip: true });
		const rows = await until(
			() => sandbox.truth("kind=documents"),
			(found) => found.every(({ shipping }) => shipping.state === "done"),
		);
		const hour = { start_time: beijing(Date.now() - 1_800_000), end_time: beijing(Date.now() + 1_800_000) };
		const page = (page_no: string) =>
			call("wms.stockout.Sales.queryWithDetail", [{ ...hour, status_type: 0 }], {
				page_no,
				page_size: "2",
				calc_total: "1",
			});
		const [first, second] = [await page("0"), await page("1")];
		expect(first.data?.total_count).toBe(3);
		const shown = [...(first.data?.order ?? []), ...(second.data?.order ?? [])];
		expect(shown.map(({ src_trade_no }) => src_trade_no)).toEqual(["T1", "T2", "T3"]);
		expect(shown[0]).toMatchObject({
			logistics_no: rows[0]?.shipping.trackingNo,
			details_list: [{ src_tid: "T1", spec_no: "CUP-BK-500", goods_count: "3.0000" }],
		});
		const day = { start_time: beijing(Date.now() - 86_400_000), end_time: beijing(Date.now()) };
		expect((await call("wms.stockout.Sales.queryWithDetail", [day])).status).toBe(100);
	});

	it.each<[Record<string, string>, string]>([
		[{ sign: "0" }, "签名错误"],
		[{ salt: "no" }, "签名错误"],
		[{ timestamp: "441947045" }, "时间戳超出有效范围"],
		[{ v: "2.0" }, "版本号错误"],
		[{ sid: "" }, "缺少公共参数sid"],
	])("refuses the parameters %j", async (params, message) => {
		expect(await call("sales.RawTrade.search", [{ tid: "T1" }], params)).toEqual({ status: 100, message });
	});

	it("refuses as much as it is told to: calls beyond the quota, and a row of a push", async () => {
		const fault = (name: string) => sandbox.control("POST", "faults", { target: "erp/wdt", fault: name, times: 1 });
		await fault("rate-limit");
		expect((await push(pushedTrade("T1"))).message).toContain("超过每分钟最大调用频率限制");
		await fault("business-error");
		expect((await push(pushedTrade("T1"), pushedTrade("T2"))).data).toMatchObject({
			new_count: 1,
			error_list: [{ no: "T1", error: "库存不足(模拟)" }],
		});
	});
});
