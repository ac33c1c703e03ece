import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvRows, textOf } from "../../../mixins/table/csv.ts";
import { workbookWriter } from "../../../mixins/table/workbook.ts";
import { type Desk, startDesk } from "../desk.testbed.ts";
import { OrderModel } from "../order.model.ts";
import { templateRows } from "./columns.ts";
import type { ImportedOrders } from "./import.ts";

const heading = "店铺,订单号,商家编码,数量,单价（元）,优惠,运费,实付,收件人,手机号,省,市,区县,详细地址,下单时间";
const receiver = "王小明,13800001234,广东省,深圳市,南山区,科技路 1 号";
const line = (no: string, sku: string, more = receiver, price = "19.99", quantity = "2"): string =>
	`旗舰店,${no},${sku},${quantity},${price},,6,,${more},2026-03-18 08:30`;

let desk: Desk;
let numbers = 0;
function newNo(): string {
	numbers += 1;
	return `M-import-${numbers}`;
}
beforeAll(async () => {
	desk = await startDesk();
});
afterAll(() => desk.stop());

const base64 = (rows: readonly string[]): string => Buffer.from([heading, ...rows].join("\r\n")).toString("base64");
const take = (rows: readonly string[], more: object = {}): Promise<ImportedOrders> =>
	desk.call("order.import", { format: "csv", content: base64(rows), ...more });
const counts = ({ total, created, known, failed }: ImportedOrders) => [total, created, known, failed];
const stored = () => OrderModel.countDocuments({ platform: "manual" });

describe("a table of orders", () => {
	it("makes one order of the rows of one number, with amounts, times and the receiver as it says", async () => {
		const no = newNo();
		const rows = [line(no, "CUP"), `,${no},LID,1,5,1,,,,,,,,,`];
		expect(counts(await take(rows))).toEqual([2, 1, 0, 0]);
		const order = await desk.get(`manual:shop-1:${no}`);
		expect(order).toMatchObject({
			shopId: "shop-1",
			placedAt: new Date("2026-03-18T00:30:00Z"),
			money: { goodsFen: 4_498, freightFen: 600, discountSellerFen: 100, paidFen: 4_998 },
			lines: [
				{ outerSku: "CUP", quantity: 2 },
				{ outerSku: "LID", quantity: 1, discountFen: 100 },
			],
		});
		const plain = await desk.call("order.reveal", { id: order._id, purpose: "push" });
		expect(plain).toMatchObject({ name: "王小明", phone: "13800001234", address: "科技路 1 号" });
		const [created] = await desk.timeline(order._id, 2);
		expect(created).toMatchObject({ what: "order.created", by: "user:li" });
	});

	it("is only looked at with dryRun, and shows people masked", async () => {
		const before = await stored();
		const tried = await take([line(newNo(), "CUP")], { dryRun: true });
		expect(counts(tried)).toEqual([1, 1, 0, 0]);
		expect(tried.rows[0]).toMatchObject({
			row: 2,
			ok: true,
			order: {
				known: false,
				receiver: { name: "王**", phone: "*******1234", address: "****", city: "深圳市" },
				lines: [{ outerSku: "CUP", quantity: 2, paidFen: 3_998 }],
				money: { paidFen: 4_598 },
			},
			errors: [],
		});
		expect(JSON.stringify(tried)).not.toMatch(/王小明|13800001234|科技路/);
		expect(await stored()).toBe(before);
	});

	it("makes nothing twice, with numbers or without, and after other rows were corrected", async () => {
		const no = newNo();
		const rows = [line(no, "CUP"), line("", "NO-NUMBER"), line("", "TWIN"), line("", "TWIN"), line("", "", receiver)];
		expect(counts(await take(rows))).toEqual([5, 4, 0, 1]);
		const before = await stored();
		expect(counts(await take(rows))).toEqual([5, 0, 4, 1]);
		const corrected = [line("", "CORRECTED"), ...rows.slice(0, 4)];
		expect(counts(await take(corrected))).toEqual([5, 1, 4, 0]);
		expect(await stored()).toBe(before + 1);
		expect((await take(rows, { dryRun: true })).rows[0]?.order).toMatchObject({ orderNo: no, known: true });
	});

	it("makes each order once, however often it is sent at the same time", async () => {
		const rows = [line(newNo(), "CUP"), line("", "AT-ONCE")];
		const all = await Promise.all(Array.from({ length: 4 }, () => take(rows)));
		for (const each of all) expect(each.failed).toBe(0);
		expect(await OrderModel.countDocuments({ numbers: "AT-ONCE" })).toBe(1);
	});

	it.each<[string, (no: string) => string[], row: number, field: string]>([
		["a shop that is not the caller's", (no) => [line(no, "CUP").replace("旗舰店", "别家店")], 2, "shop"],
		["a number that no manual order has", () => [line("20260318", "CUP")], 2, "orderNo"],
		["no SKU", (no) => [line(no, "")], 2, "outerSku"],
		["no pieces", (no) => [line(no, "CUP", receiver, "1", "0")], 2, "quantity"],
		["half a piece", (no) => [line(no, "CUP", receiver, "1", "0.5")], 2, "quantity"],
		["no price", (no) => [line(no, "CUP", receiver, "")], 2, "price"],
		["a price that is none", (no) => [line(no, "CUP", receiver, "a few")], 2, "price"],
		["a price of half a fen", (no) => [line(no, "CUP", receiver, "1.005")], 2, "price"],
		["no name", (no) => [line(no, "CUP", receiver.replace("王小明", ""))], 2, "name"],
		["a phone that is none", (no) => [line(no, "CUP", receiver.replace("13800001234", "none"))], 2, "phone"],
		["a phone that lost digits", (no) => [line(no, "CUP", receiver.replace("13800001234", "1.38E+10"))], 2, "phone"],
		["no address", (no) => [line(no, "CUP", receiver.replace("科技路 1 号", ""))], 2, "address"],
		["a time that is none", (no) => [line(no, "CUP").replace("03-18", "02-30")], 2, "placedAt"],
		[
			"another receiver in a later row",
			(no) => [line(no, "A"), line(no, "B", receiver.replace("王", "李"))],
			3,
			"name",
		],
		["a discount above the price", (no) => [line(no, "A"), line(no, "B").replace(",,6,", ",50,6,")], 3, "discount"],
		["an amount that lines do not make up", (no) => [line(no, "A").replace(",,6,,", ",,6,1,")], 2, "paid"],
	])("is told of %s by row and column, in both languages, the rest taken", async (_what, rowsOf, row, field) => {
		const good = newNo();
		const rows = [...rowsOf(newNo()), line(good, "GOOD")];
		const tried = await take(rows, { dryRun: true });
		const wrong = tried.rows.filter(({ ok }) => !ok);
		expect(wrong.find((each) => each.row === row)?.errors).toEqual([
			{ field, message: expect.stringMatching(/[a-z]/), messageZh: expect.stringMatching(/[一-龥]/) },
		]);
		expect(wrong).toHaveLength(rows.length - 1); // an order is made whole or not at all
		expect(JSON.stringify(tried)).not.toMatch(/王小明|13800001234|科技路/);
		expect(counts(await take(rows))).toEqual(counts(tried));
		expect(await desk.get(`manual:shop-1:${good}`)).toMatchObject({ version: 1 });
	});

	it("is told of a number that another order has", async () => {
		const no = newNo();
		await take([line(no, "CUP")]);
		const { rows } = await take([line(no, "OTHER")]);
		expect(rows[0]).toMatchObject({ ok: false, order: null, errors: [{ field: "orderNo" }] });
	});

	it("goes to the shop that is named beside it, where that is the caller's", async () => {
		const no = newNo();
		const bare = line(no, "CUP").replace("旗舰店", "");
		expect((await take([bare])).rows[0]?.errors).toMatchObject([{ field: "shop" }]);
		expect((await take([bare], { shopId: "shop-9" })).rows[0]?.errors).toMatchObject([{ field: "shop" }]);
		expect(counts(await take([bare], { shopId: "shop-2" }))).toEqual([1, 1, 0, 0]);
		expect(await desk.get(`manual:shop-2:${no}`)).toMatchObject({ shopId: "shop-2" });
	});

	it.each([
		["without a column that is needed", { content: Buffer.from("订单号,数量\nM-1,1").toString("base64") }],
		["that is no workbook", { format: "xlsx" }],
		["of too many rows", { content: base64(Array.from({ length: 2_001 }, () => line("", "CUP"))) }],
	])("is refused %s", async (_what, more) => {
		await expect(take([], more)).rejects.toMatchObject({ type: "INVALID", data: { field: "content" } });
	});
});

describe("the template", () => {
	it.each(["zh", "en"] as const)("in %s is a table that the import takes", async (language) => {
		const writer = workbookWriter();
		const bytes = [...writer.write(templateRows(language)), ...writer.end()];
		const content = Buffer.concat(bytes).toString("base64");
		const result = await desk.call<ImportedOrders>("order.import", {
			...{ format: "xlsx", content, shopId: "shop-1", dryRun: true },
		});
		expect([counts(result), result.rows.flatMap(({ errors }) => errors)]).toEqual([[1, 1, 0, 0], []]);
	});

	it("comes as a file of the wished kind", async () => {
		const file = await desk.call<Readable>("order.importTemplate", { format: "csv", language: "en-US" });
		const [names] = csvRows(textOf(await buffer(file)), 10);
		expect(names).toEqual(templateRows("en")[0]);
	});
});
