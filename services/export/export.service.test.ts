import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { csvRows, textOf } from "../../mixins/table/csv.ts";
import { xlsxRows } from "../../mixins/table/xlsx.ts";
import { startBroker } from "../../test/broker.ts";
import AuditService from "../audit/audit.service.ts";
import EventService from "../event/event.service.ts";
import { OrderModel } from "../order/order.model.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import RuleService from "../order/rule.service.ts";
import SkuService from "../sku/sku.service.ts";
import { ExportChunkModel, ExportModel } from "./export.model.ts";
import ExportService from "./export.service.ts";
import type { ExportView } from "./exports.ts";
import { exportKinds, sources } from "./sources.ts";

/** Lists stock: `pages` of 200, each after `pauseMs`. */
const warehouse = { pages: 1, pauseMs: 0, asked: 0 };
const stockService: ServiceSchema = {
	name: "stock",
	actions: {
		async list({ params }: Context<{ limit: number; cursor?: string }>) {
			warehouse.asked += 1;
			await new Promise((resolve) => setTimeout(resolve, warehouse.pauseMs));
			const page = Number(params.cursor ?? 0);
			const items = Array.from({ length: params.limit }, (_, at) => ({
				_id: `SKU-${page * params.limit + at}`,
				quantity: 5,
				warehouses: [{ warehouse: "HZ", quantity: 5, at: "2026-03-18T00:30:00.000Z" }],
			}));
			return { items, nextCursor: page + 1 < warehouse.pages ? String(page + 1) : null };
		},
	},
};

const admin = { actor: "user:admin", shops: "*", roles: ["admin"] };
const li = { actor: "user:li", shops: "*", roles: ["operator"] };

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(
		...[EventService, AuditService, SkuService, RuleService, OrderService, stockService, ExportService],
	);
	for (const shopId of ["s1", "s2"])
		await broker.call("order.save", platformOrder({ shopId, orderNo: "4704368000001000037" }));
});
afterEach(async () => {
	await ExportModel.deleteMany({});
	await ExportChunkModel.deleteMany({});
	Object.assign(warehouse, { pages: 1, pauseMs: 0, asked: 0 });
});
afterAll(async () => {
	await OrderModel.deleteMany({});
	await broker?.stop();
});

const call = <T = ExportView>(action: string, params: object = {}, meta: object = li): Promise<T> =>
	broker.call<T, object>(`export.${action}`, params, { meta });

async function ended(id: string): Promise<ExportView> {
	return vi.waitFor(
		async () => {
			const found = await call("get", { id }, admin);
			expect(found.state).not.toBe("RUNNING");
			return found;
		},
		{ timeout: 60_000, interval: 50 },
	);
}
const make = async (params: object, meta: object = li): Promise<ExportView> =>
	ended((await call("start", params, meta))._id);
const fileOf = async ({ _id: id }: ExportView, meta: object = li): Promise<Buffer> =>
	buffer(await call<Readable>("file", { id }, meta));

describe("an export", () => {
	it("is a workbook of what the list has, ids as text, money in yuan, times of Beijing, people masked", async () => {
		const done = await make({ what: "orders", query: { shopId: "s1" } });
		expect(done).toMatchObject({ state: "DONE", rows: 1, by: "user:li", expiresAt: expect.any(Date) });
		const file = await fileOf(done);
		expect(done.bytes).toBe(file.length);
		const [heading = [], ...rows] = await xlsxRows(file, 10);
		expect(rows).toHaveLength(1);
		const order = platformOrder();
		const cellOf = (name: string): string | undefined => rows[0]?.[heading.indexOf(name)];
		expect([cellOf("店铺"), cellOf("订单号"), cellOf("订单状态")]).toEqual(["s1", "4704368000001000037", "待发货"]);
		expect(cellOf("实付")).toBe((order.money.paidFen / 100).toFixed(2));
		expect(cellOf("下单时间")).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
		expect(cellOf("收件人")).toBe(order.receiver.name);
		expect(cellOf("收件人")).toContain("*");
	});

	it("is a CSV of the columns that were wished, in their order and the reader's language", async () => {
		const columns = ["status", "orderNo"];
		const done = await make({
			what: "order-lines",
			format: "csv",
			language: "en-US",
			columns,
			query: { shopId: "s2" },
		});
		const rows = csvRows(textOf(await fileOf(done)), 100);
		const lines = platformOrder().lines.map(() => ["to ship", "'4704368000001000037"]);
		expect(rows).toEqual([["Status", "Order no"], ...lines]);
	});

	it("holds no orders of a shop that is not the caller's", async () => {
		const done = await make({ what: "orders", format: "csv", columns: ["shopId"] }, { ...li, shops: ["s2"] });
		expect(csvRows(textOf(await fileOf(done)), 10)).toEqual([["店铺"], ["s2"]]);
	});

	it("is for whoever asked for it and for administrators", async () => {
		const { _id: id } = await make({ what: "stock" });
		const others = [
			{ ...li, actor: "user:otto" },
			{ ...admin, actor: "user:una", shops: ["s1"] },
		];
		for (const meta of others) {
			for (const action of ["get", "cancel", "file"]) {
				await expect(call(action, { id }, meta)).rejects.toMatchObject({ type: "NOT_FOUND" });
			}
			expect(await call("list", {}, meta)).toMatchObject({ items: [] });
		}
		for (const meta of [li, admin]) expect(await call("list", {}, meta)).toMatchObject({ items: [{ _id: id }] });
		expect(JSON.stringify(await call("get", { id }))).not.toContain("shops");
	});

	it("stands in the audit with who asked and who took it", async () => {
		const done = await make({ what: "stock" });
		await fileOf(done, admin);
		const { items } = await broker.call<{ items: object[] }, object>("audit.list", { limit: 2 });
		expect(items).toMatchObject([
			{ actor: "user:admin", what: "export.file", ref: done._id },
			{ actor: "user:li", what: "export.start", ref: "stock" },
		]);
	});

	it("is cancelled while it is made, and leaves nothing", async () => {
		Object.assign(warehouse, { pages: 1_000, pauseMs: 20 });
		const { _id: id } = await call("start", { what: "stock" });
		await vi.waitFor(() => expect(warehouse.asked).toBeGreaterThan(3), { timeout: 20_000 });
		expect(await call("cancel", { id })).toMatchObject({ state: "CANCELLED" });
		await expect(call("file", { id })).rejects.toMatchObject({ type: "CONFLICT" });
		const asked = () => warehouse.asked;
		await vi.waitFor(
			async () => {
				const before = asked();
				await new Promise((resolve) => setTimeout(resolve, 200));
				expect(asked()).toBe(before);
			},
			{ timeout: 20_000 },
		);
		expect(await ExportChunkModel.countDocuments({ exportId: id })).toBe(0);
	});

	it("tells how far it is", async () => {
		Object.assign(warehouse, { pages: 200, pauseMs: 30 });
		const { _id: id } = await call("start", { what: "stock" });
		await vi.waitFor(
			async () =>
				expect(await call("get", { id })).toMatchObject({ state: "RUNNING", rows: expect.toSatisfy((n) => n > 0) }),
			{ timeout: 20_000 },
		);
		await call("cancel", { id });
	});

	it("is made from the beginning by the next one when its maker is gone", async () => {
		const old = {
			_id: "left",
			what: "stock",
			query: {},
			columns: ["erpSku"],
			format: "csv",
			language: "zh-CN",
		};
		const at = new Date();
		await ExportChunkModel.create({
			_id: "left:1:0",
			exportId: "left",
			turn: 1,
			no: 0,
			bytes: Buffer.from("half"),
			at,
		});
		await ExportModel.collection.insertOne({
			...{ ...old, state: "RUNNING", rows: 0, bytes: 0, reason: "", by: "user:li", shops: "*" },
			...{ at, endedAt: null, nextAt: at, turn: 1 },
		} as never);
		const done = await ended("left");
		const rows = csvRows(textOf(await fileOf(done)), 1_000);
		expect([done.state, rows.length, rows[0]]).toEqual(["DONE", 201, ["ERP规格"]]);
	});

	it("says why it failed where there are too many rows", async () => {
		warehouse.pages = 501;
		const failed = await make({ what: "stock", format: "csv", columns: ["erpSku"] });
		expect(failed).toMatchObject({ state: "FAILED", reason: expect.stringContaining("100000 rows") });
		expect(await ExportChunkModel.countDocuments({})).toBe(0);
	}, 90_000);

	it.each<[string, object, string]>([
		["a filter that the list does not know", { what: "orders", query: { $where: "1" } }, "query.$where"],
		["a value that the list does not take", { what: "orders", query: { status: "SOON" } }, "query.status"],
	])("is refused for %s", async (_what, params, field) => {
		const errors = [expect.objectContaining({ field })];
		await expect(call("start", params)).rejects.toMatchObject({ type: "INVALID", data: { errors } });
	});

	it.each<[string, object, string]>([
		["a page", { what: "orders", query: { limit: 5 } }, "query.limit"],
		["a column that is not there", { what: "orders", columns: ["phone"] }, "columns"],
	])("is refused for %s", async (_what, params, field) => {
		await expect(call("start", params)).rejects.toMatchObject({ type: "INVALID", data: { field } });
	});

	it("waits while three of the same person are made", async () => {
		Object.assign(warehouse, { pages: 1_000, pauseMs: 20 });
		const started = [];
		for (let no = 0; no < 3; no += 1) started.push(await call("start", { what: "stock" }));
		await expect(call("start", { what: "stock" })).rejects.toMatchObject({ type: "TOO_MANY_REQUESTS" });
		expect(await call("start", { what: "stock" }, admin)).toMatchObject({ state: "RUNNING" });
		for (const { _id: id } of started) await call("cancel", { id });
	});
});

it.each(exportKinds)("the columns of %s have headings in both languages, none twice", (kind) => {
	const words = Object.values(sources[kind].columns);
	expect(words.length).toBeGreaterThan(3);
	for (const language of ["zh", "en"] as const) {
		expect(new Set(words.map((each) => each[language])).size).toBe(words.length);
	}
});
