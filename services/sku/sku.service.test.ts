import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { workbook } from "../../mixins/table/workbook.sample.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import { OrderModel } from "../order/order.model.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import type { Order, OrderLine, PlatformOrder } from "../order/order.ts";
import { sum } from "../platform/money.ts";
import { ProductModel } from "../product/product.model.ts";
import ProductService from "../product/product.service.ts";
import type { PlatformProduct } from "../product/product.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import type { ErpSku } from "./erp-sku.ts";
import { forgetErpSkus } from "./erp-skus.ts";
import type { Imported } from "./import.ts";
import { SkuJobModel } from "./job.model.ts";
import type { JobState } from "./job.ts";
import type { Fixed } from "./links.ts";
import type { SavedErpSkus } from "./save-erp-skus.ts";
import SkuService from "./sku.service.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import type { SkuLink } from "./sku-link.ts";

const shop = { platform: "taobao", shopId: "taobao-demo" } as const;

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, ProductService, SkuService);
});
afterEach(async () => {
	await ErpSkuModel.deleteMany({});
	await SkuLinkModel.deleteMany({});
	await SkuJobModel.deleteMany({});
	await ProductModel.deleteMany({});
	await OrderModel.deleteMany({});
	forgetErpSkus();
});
afterAll(() => broker?.stop());

const call = <T>(action: string, params: object = {}, meta: object = {}): Promise<T> =>
	broker.call<T, object>(action, params, { meta });
const saveErpSkus = (...items: object[]): Promise<SavedErpSkus> => call("sku.saveErpSkus", { items });
const link = (over: object = {}, meta: object = {}): Promise<Fixed> =>
	call("sku.link", { ...shop, platformSkuId: "5000000000001", parts: [{ erpSku: "CUP", quantity: 1 }], ...over }, meta);
const links = async (query: object = {}, meta: object = {}): Promise<SkuLink[]> =>
	(await call<{ items: SkuLink[] }>("sku.links", query, meta)).items;
const get = (id: string): Promise<Order> => call("order.get", { id });

async function save(line: Partial<OrderLine> = {}, over: Partial<PlatformOrder> = {}): Promise<string> {
	const order = platformOrder(over);
	const { id } = await call<{ id: string }>("order.save", {
		...order,
		lines: order.lines.map((each) => ({ ...each, ...line })),
	});
	return id;
}

/** How often the order was released and announced as ready. */
async function told(id: string): Promise<{ released: number; ready: number }> {
	await expect.poll(async () => (await OrderModel.findById(id).lean())?.outbox.length, { timeout: 20_000 }).toBe(0);
	const { items } = await call<{ items: { what: string }[] }>("order.timeline", { id });
	const count = (what: string): number => items.filter((each) => each.what === what).length;
	return { released: count("order.released"), ready: count("order.ready") };
}

const product = (productNo: string, ...skus: object[]): PlatformProduct => ({
	...shop,
	productNo,
	outerCode: "",
	title: "加厚保温杯",
	imageUrl: "",
	status: "ON_SALE",
	rawStatus: "onsale",
	modifiedAt: new Date(1_700_000_000_000),
	skus: skus.map((sku) => ({
		platformSkuId: "",
		outerSku: "",
		spec: "",
		barcode: "",
		imageUrl: "",
		priceFen: 3_900,
		stock: 5,
		onSale: true,
		...sku,
	})),
});

describe("ERP SKUs", () => {
	it("are stored, and what a known one's item leaves out stays", async () => {
		const first = await saveErpSkus({ code: " CUP ", name: "杯", unit: "件", barcode: "690" }, { code: "LID" });
		expect(first).toMatchObject({ created: 2, updated: 0 });
		expect(await saveErpSkus({ code: "CUP", unit: "只" }, { code: "LID" })).toEqual({
			created: 0,
			updated: 1,
			job: null,
		});
		const { items } = await call<{ items: ErpSku[] }>("sku.erpSkus", { q: "690" });
		expect(items).toMatchObject([{ _id: "CUP", name: "杯", unit: "只", barcode: "690", status: "ACTIVE" }]);
	});

	it("are found by a part of their code or name, whatever signs are in it", async () => {
		await saveErpSkus(
			{ code: "CUP-BK", name: "保温杯（黑）" },
			{ code: "CUP.WT", name: "保温杯（白）" },
			{ code: "LID" },
		);
		const like = async (part: string): Promise<string[]> =>
			(await call<{ items: ErpSku[] }>("sku.erpSkus", { like: part })).items.map(({ _id }) => _id).toSorted();
		expect(await like("保温")).toEqual(["CUP-BK", "CUP.WT"]);
		expect(await like(" p.w ")).toEqual(["CUP.WT"]);
		expect(await like("(")).toEqual([]);
	});

	it("decide whether a merchant code is one, as soon as the hub knows any", async () => {
		const before = await save({ outerSku: "NEW-1" });
		expect((await get(before)).lines[0]).toMatchObject({ erpSku: "NEW-1", erpUnit: "" });
		await saveErpSkus({ code: "CUP", unit: "件" }, { code: "OLD", status: "DISABLED" });
		expect((await get(await save({ outerSku: "CUP" }))).lines[0]).toMatchObject({ erpSku: "CUP", erpUnit: "件" });
		for (const outerSku of ["NEW-1", "OLD", ""]) {
			const order = await get(await save({ outerSku }));
			expect(order).toMatchObject({ ready: false, holds: [{ reason: "SKU_UNMATCHED" }], lines: [{ erpSku: "" }] });
		}
	});

	it("release the orders that waited for their code, once", async () => {
		await saveErpSkus({ code: "CUP" });
		const waits = await save({ outerSku: "LID" });
		const other = await save({ outerSku: "POT" });
		expect(await saveErpSkus({ code: "LID" })).toMatchObject({ created: 1, job: { released: 1, done: true } });
		expect(await saveErpSkus({ code: "LID" })).toMatchObject({ created: 0, job: null });
		expect(await get(waits)).toMatchObject({ ready: true, holds: [], fence: 0, lines: [{ erpSku: "LID" }] });
		expect(await get(other)).toMatchObject({ ready: false });
		expect(await told(waits)).toEqual({ released: 1, ready: 1 });
	});
});

describe("the import of ERP SKUs", () => {
	const header = ["商品编码", "名称", "计量单位", "条码", "状态", "备注"];

	it("takes the good rows of a CSV and tells of the others, field by field", async () => {
		const rows = [
			"CUP,杯,件,690,启用,x",
			",无编码,,,,",
			"CUP,again,,,,",
			"LID,盖,个,,停产,",
			",,,,,",
			`${"X".repeat(101)},,,6.9E+12,,`,
		];
		const text = [header.join(","), ...rows].join("\r\n");
		const imported = await call<Imported>("sku.importErpSkus", { format: "csv", text });
		expect(imported).toMatchObject({ total: 5, created: 1, updated: 0, failed: 4 });
		expect(imported.errors.map(({ row, field }) => [row, field])).toEqual([
			[3, "code"],
			[4, "code"],
			[5, "status"],
			[7, "code"],
			[7, "barcode"],
		]);
		expect(await ErpSkuModel.findById("CUP").lean()).toMatchObject({ name: "杯", unit: "件", barcode: "690" });
	});

	it("reads a workbook, and with dryRun only tells what it would do", async () => {
		const content = workbook([
			["Code", "Name"],
			["A", "甲"],
			["B", "乙"],
		]).toString("base64");
		const tell = { format: "xlsx", content, dryRun: true };
		expect(await call("sku.importErpSkus", tell)).toMatchObject({ total: 2, created: 2, errors: [], job: null });
		expect(await ErpSkuModel.countDocuments()).toBe(0);
		expect(await call("sku.importErpSkus", { ...tell, dryRun: false })).toMatchObject({ created: 2, updated: 0 });
		expect(await call("sku.importErpSkus", tell)).toMatchObject({ created: 0, updated: 0 });
	});

	it.each([
		["no codes", { format: "csv", text: "name\nA" }],
		["two columns of codes", { format: "csv", text: "code,编码\nA,B" }],
		["no file", { format: "csv" }],
		["two files", { format: "csv", text: "code", content: "" }],
		["a workbook as text", { format: "xlsx", text: "code\nA" }],
		["no workbook", { format: "xlsx", content: Buffer.from("code\nA").toString("base64") }],
		["too many rows", { format: "csv", text: `code\n${"A\n".repeat(50_001)}` }],
	])("refuses %s", async (_, params) => {
		await expect(call("sku.importErpSkus", params)).rejects.toMatchObject({ type: "INVALID" });
	});
});

describe("a link", () => {
	it("wins over the merchant code and makes a combo of several parts", async () => {
		await saveErpSkus({ code: "CUP-BK-500" }, { code: "CUP", unit: "件" }, { code: "LID", unit: "个" });
		await link({
			parts: [
				{ erpSku: "CUP", quantity: 1 },
				{ erpSku: "LID", quantity: 2 },
			],
		});
		const order = await get(await save());
		expect(order).toMatchObject({ ready: true, lines: [{ erpSku: "", outerSku: "CUP-BK-500", paidFen: 7_205 }] });
		const { erpLines } = order as Order & { erpLines: object[] };
		expect(erpLines).toMatchObject([
			{ erpSku: "CUP", erpUnit: "件", quantity: 2, paidFen: 2_402, comboOf: "CUP-BK-500" },
			{ erpSku: "LID", erpUnit: "个", quantity: 4, paidFen: 4_803, comboOf: "CUP-BK-500" },
		]);
	});

	it("releases exactly the orders that waited for it, once", async () => {
		await saveErpSkus({ code: "CUP" });
		const [first, second, other] = [await save(), await save(), await save({ platformSkuId: "7" })];
		const elsewhere = await save({}, { shopId: "another" });
		expect(await link()).toMatchObject({ link: { source: "manual" }, job: { released: 2, done: true } });
		expect(await link()).toMatchObject({ job: { released: 0 } });
		for (const id of [first, second]) {
			expect(await get(id)).toMatchObject({ ready: true, lines: [{ erpSku: "CUP" }] });
			expect(await told(id)).toEqual({ released: 1, ready: 1 });
		}
		for (const id of [other, elsewhere]) expect(await get(id)).toMatchObject({ ready: false });
	});

	it("lets an order that is held for something else wait on", async () => {
		await saveErpSkus({ code: "CUP" });
		const id = await save();
		await call("order.hold", { id, reason: "MANUAL" });
		await link();
		expect(await get(id)).toMatchObject({ ready: false, holds: [{ reason: "MANUAL" }], lines: [{ erpSku: "CUP" }] });
		expect(await told(id)).toEqual({ released: 1, ready: 0 });
	});

	it("is by merchant code where the platform has no SKU id", async () => {
		await saveErpSkus({ code: "CUP" });
		const id = await save({ platformSkuId: "", outerSku: "杯/黑" });
		await link({ platformSkuId: "", outerSku: "杯/黑" });
		expect(await get(id)).toMatchObject({ ready: true, lines: [{ erpSku: "CUP" }] });
	});

	it("holds for orders placed from its time on, and the one before for those placed earlier", async () => {
		await link({ parts: [{ erpSku: "OLD" }] });
		const { link: stored } = await link({ parts: [{ erpSku: "NEW" }], effectiveFrom: "2026-06-01T00:00:00Z" });
		expect(stored).toMatchObject({
			parts: [{ erpSku: "NEW" }],
			earlier: [{ parts: [{ erpSku: "OLD" }], effectiveFrom: null }],
		});
		expect(await get(await save())).toMatchObject({ lines: [{ erpSku: "OLD" }] });
		expect(await get(await save({}, { placedAt: new Date("2026-06-01T00:00:00Z") }))).toMatchObject({
			lines: [{ erpSku: "NEW" }],
		});
		await link({ parts: [{ erpSku: "ALL" }] });
		expect(await links()).toMatchObject([{ parts: [{ erpSku: "ALL" }], earlier: [] }]);
	});

	it("that is taken away lets the merchant code count again", async () => {
		await link();
		await call("sku.unlink", { id: "taobao:taobao-demo:sku:5000000000001" });
		expect(await get(await save())).toMatchObject({ lines: [{ erpSku: "CUP-BK-500" }] });
		await expect(call("sku.unlink", { id: "taobao:taobao-demo:sku:5" })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it.each([
		["an ERP SKU the hub does not know", { parts: [{ erpSku: "LID" }] }],
		["one ERP SKU twice", { parts: [{ erpSku: "CUP" }, { erpSku: "CUP" }] }],
		["a SKU without id and code", { platformSkuId: "" }],
	])("refuses %s", async (_, over) => {
		await saveErpSkus({ code: "CUP" });
		await expect(link(over)).rejects.toMatchObject({ type: "INVALID" });
	});

	it("is seen and changed only by those who may see its shop", async () => {
		await link();
		const meta = { shops: ["another"] };
		expect(await links({}, meta)).toEqual([]);
		await expect(link({}, meta)).rejects.toMatchObject({ type: "NOT_FOUND" });
		await expect(call("sku.unlink", { id: (await links())[0]?._id }, meta)).rejects.toMatchObject({
			type: "NOT_FOUND",
		});
	});

	it("made by many at once is one link", async () => {
		await Promise.all(["A", "B", "C"].map((erpSku) => link({ parts: [{ erpSku }] })));
		expect(await links()).toMatchObject([{ version: 2 }]);
	});
});

describe("matching by itself", () => {
	it("links by code, then by the barcode of one ERP SKU only, and never over a person's link", async () => {
		await call(
			"product.save",
			product("1", { platformSkuId: "1", outerSku: "CUP" }, { platformSkuId: "2", barcode: "690" }),
		);
		await call(
			"product.save",
			product("2", { platformSkuId: "3", barcode: "691" }, { platformSkuId: "4", outerSku: "LID" }),
		);
		await link({ platformSkuId: "4", parts: [{ erpSku: "OWN" }] });
		await ErpSkuModel.create([
			{ _id: "CUP", status: "ACTIVE" },
			{ _id: "POT", barcode: "690", status: "ACTIVE" },
			{ _id: "PAN-1", barcode: "691", status: "ACTIVE" },
			{ _id: "PAN-2", barcode: "691", status: "ACTIVE" },
			{ _id: "LID", status: "ACTIVE" },
		]);
		const waits = await save({ platformSkuId: "2", outerSku: "" });
		expect(await call<JobState>("sku.match")).toMatchObject({ linked: 2, released: 1, done: true });
		expect(await call<JobState>("sku.match")).toMatchObject({ linked: 0, released: 0 });
		const found = (await links()).map(({ platformSkuId, source, parts }) => [platformSkuId, source, parts[0]?.erpSku]);
		expect(found.sort()).toEqual([
			["1", "auto", "CUP"],
			["2", "auto", "POT"],
			["4", "manual", "OWN"],
		]);
		expect(await get(waits)).toMatchObject({ ready: true, lines: [{ erpSku: "POT" }] });
	});

	it("is tried when the platform tells of a new SKU, and leaves a person's link alone when it tells again", async () => {
		await saveErpSkus({ code: "CUP", barcode: "690" }, { code: "MUG" });
		const waits = await save({ platformSkuId: "1", outerSku: "" });
		const told = product("1", { platformSkuId: "1", barcode: "690" });
		await call("product.save", told);
		expect(await get(waits)).toMatchObject({ ready: true, lines: [{ erpSku: "CUP" }] });
		await link({ platformSkuId: "1", parts: [{ erpSku: "MUG" }] });
		await call("product.save", { ...told, skus: told.skus.map((sku) => ({ ...sku, outerSku: "CUP", stock: 1 })) });
		expect(await links()).toMatchObject([{ source: "manual", parts: [{ erpSku: "MUG" }] }]);
	});

	it("follows ERP SKUs that are told of later", async () => {
		await saveErpSkus({ code: "CUP" });
		await call("product.save", product("1", { platformSkuId: "1", barcode: "690" }));
		const waits = await save({ platformSkuId: "1", outerSku: "" });
		expect(await saveErpSkus({ code: "POT", barcode: "690" })).toMatchObject({ job: { linked: 1, released: 1 } });
		expect(await get(waits)).toMatchObject({ ready: true, lines: [{ erpSku: "POT" }] });
	});
});

describe("what waits for a link", () => {
	it("is told SKU by SKU, with what the same code is linked to elsewhere", async () => {
		await saveErpSkus({ code: "CUP" }, { code: "LID" });
		await link({ shopId: "another", outerSku: "X-1", parts: [{ erpSku: "LID" }] });
		await save({ outerSku: "X-1" });
		await save({ outerSku: "X-1" }, { placedAt: new Date("2025-12-31T00:00:00Z") });
		await save({ platformSkuId: "9", outerSku: "" });
		await save({ platformSkuId: "8" }, { status: "CLOSED" });
		const { items } = await call<{ items: object[] }>("sku.unmatched");
		expect(items).toEqual([
			{
				...shop,
				platformSkuId: "5000000000001",
				outerSku: "X-1",
				title: "加厚保温杯",
				spec: "颜色:黑色;容量:500ml",
				imageUrl: "",
				orders: 2,
				oldestAt: new Date("2025-12-31T00:00:00Z"),
				suggestions: [[{ erpSku: "LID", quantity: 1 }]],
			},
			expect.objectContaining({ platformSkuId: "9", orders: 1, suggestions: [] }),
		]);
		expect(await call("sku.unmatched", {}, { shops: ["another"] })).toEqual({ items: [] });
	});
});

describe("what waits under a code that is nearly the ERP's", () => {
	it("is suggested as what the code reads as, where the ERP has all of it and still uses it", async () => {
		await saveErpSkus({ code: "CUP-BK" }, { code: "LID" }, { code: "OLD", status: "DISABLED" });
		const cases = {
			"cup_bk*2": [[{ erpSku: "CUP-BK", quantity: 2 }]],
			"CUP-BK+LID": [
				[
					{ erpSku: "CUP-BK", quantity: 1 },
					{ erpSku: "LID", quantity: 1 },
				],
			],
			"LID+POT": [],
			old: [],
		};
		for (const [at, outerSku] of Object.keys(cases).entries())
			await save({ platformSkuId: `60${at}`, outerSku }, { orderNo: `470436800000100${at}` });
		const { items } = await call<{ items: { outerSku: string; suggestions: object[] }[] }>("sku.unmatched");
		expect(Object.fromEntries(items.map(({ outerSku, suggestions }) => [outerSku, suggestions]))).toEqual(cases);
	});
});

describe("a job", () => {
	it("that was cut off is taken up, and releases what was left", async () => {
		await saveErpSkus({ code: "CUP" });
		const waits = await save();
		await SkuLinkModel.create({
			_id: "taobao:taobao-demo:sku:5000000000001",
			...shop,
			platformSkuId: "5000000000001",
			parts: [{ erpSku: "CUP", quantity: 1 }],
			source: "manual",
			by: "user:ann",
		});
		const orders = { shop, field: "platformSkuId" as const, values: ["5000000000001"] };
		await SkuJobModel.create({
			_id: "left",
			orders,
			by: "user:ann",
			stage: "orders",
			createdAt: new Date(),
			nextAt: new Date(),
		});
		await expect
			.poll(() => call("sku.job", { id: "left" }), { timeout: 20_000 })
			.toMatchObject({ done: true, released: 1 });
		expect(await get(waits)).toMatchObject({ ready: true });
		expect(await told(waits)).toEqual({ released: 1, ready: 1 });
	});

	it("releases hundreds of orders, and several at the same time release each once", async () => {
		await saveErpSkus({ code: "CUP" });
		const ids = await Promise.all(Array.from({ length: 120 }, () => save()));
		await Promise.all([link(), link(), saveErpSkus({ code: "CUP-BK-500" })]);
		await expect.poll(() => SkuJobModel.countDocuments({ stage: { $ne: "done" } }), { timeout: 30_000 }).toBe(0);
		const jobs = await SkuJobModel.find().lean();
		expect(sum(jobs.map(({ released }) => released))).toBe(120);
		expect(await OrderModel.countDocuments({ _id: { $in: ids }, ready: true })).toBe(120);
		for (const id of [ids[0], ids[119]]) expect(await told(id as string)).toEqual({ released: 1, ready: 1 });
	}, 60_000);

	it("finds an order that was stored while its link was", async () => {
		await saveErpSkus({ code: "CUP" });
		const ids = await Promise.all([
			...Array.from({ length: 20 }, () => save()),
			link().then(() => ""),
			...Array.from({ length: 20 }, () => save()),
		]);
		expect(await OrderModel.countDocuments({ _id: { $in: ids }, ready: true })).toBe(40);
	});
});
