import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { workbook } from "../../mixins/table/workbook.sample.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import type { Imported } from "./import.ts";
import { ShipmentModel } from "./shipment.model.ts";
import ShipmentService from "./shipment.service.ts";

const line = (lineId: string, outerSku: string, quantity: number) => ({
	lineId,
	outerSku,
	platformSkuId: `p${lineId}`,
	erpSku: "",
	parts: outerSku === "SET" ? [{ erpSku: "IN-SET", quantity }] : [],
	quantity,
	status: "WAIT_SHIP",
	refund: "NONE",
});
const order = (orderNo: string, shopId = "s1", more: object = {}) => ({
	_id: `taobao:${shopId}:${orderNo}`,
	platform: "taobao",
	shopId,
	orderNo,
	status: "WAIT_SHIP",
	holds: [{ reason: "MANUAL" }], // so that nothing is shipped here
	lines: [line("1", "CUP", 2), line("2", "CUP", 1), line("3", "LID", 1), line("4", "SET", 1)],
	shipDeadline: new Date("2026-02-01"),
	fence: 0,
	...more,
});
const orders = [order("1"), order("2"), order("3"), order("3", "s2"), order("4", "s1", { status: "CLOSED" })];

const orderService: ServiceSchema = {
	name: "order",
	actions: {
		get: ({ params }: Context<{ id: string }>) => orders.find(({ _id }) => _id === params.id),
		/** One a page where there are few: the import must follow the cursor. */
		list({ params, meta }: Context<{ q: string; shopId?: string; cursor?: string }, { shops?: string[] }>) {
			const numbers = params.q.split("\n");
			const found = orders.filter(
				({ orderNo, shopId }) =>
					numbers.includes(orderNo) &&
					(params.shopId ?? shopId) === shopId &&
					(!meta.shops || meta.shops.includes(shopId)),
			);
			const at = Number(params.cursor ?? 0);
			const next = at + (found.length > 10 ? 100 : 1);
			return { items: found.slice(at, next), nextCursor: next < found.length ? String(next) : null };
		},
	},
};
const shopService: ServiceSchema = { name: "shop", actions: { get: () => ({ shipMode: "AUTO" }) } };
const platformService: ServiceSchema = { name: "platform.taobao", actions: { can: () => ({}) } };

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, orderService, shopService, platformService, ShipmentService);
});
afterEach(async () => {
	await ShipmentModel.deleteMany({});
});
afterAll(() => broker?.stop());

const base64 = (rows: string[]): string =>
	Buffer.from(["订单号,快递公司,运单号,商家编码,数量", ...rows].join("\r\n")).toString("base64");
const take = (rows: string[], more: object = {}, meta: object = {}) =>
	broker.call<Imported, object>("shipment.import", { format: "csv", content: base64(rows), ...more }, { meta });
const kept = async () =>
	(
		await ShipmentModel.find({}, { orderId: 1, carrier: 1, trackingNo: 1, lines: 1, shipDeadline: 1 })
			.sort({ _id: 1 })
			.lean()
	).map(({ orderId, carrier, trackingNo, lines }) => [
		orderId,
		carrier,
		trackingNo,
		lines.map((each) => `${each.lineId}x${each.quantity}`),
	]);

describe("a table of tracking numbers", () => {
	it("is taken, with whole orders and parts of them, and taken once when it comes again", async () => {
		const rows = ["1,顺丰速运,SF0001,,", "2,SF,SF0002,CUP,3", "2,中通快递,ZT0003,LID,"];
		const taken = { total: 3, accepted: 3, failed: 0, errors: [] };
		expect(await take(rows)).toEqual(taken);
		expect(await take(rows)).toEqual(taken);
		expect(await kept()).toEqual([
			["taobao:s1:1", "SF", "SF0001", []],
			["taobao:s1:2", "SF", "SF0002", ["1x2", "2x1"]],
			["taobao:s1:2", "ZTO", "ZT0003", ["3x1"]],
		]);
	});

	it("puts rows of one number into one parcel", async () => {
		await take(["1,SF,SF0001,CUP,1", "1,SF,SF0001,p3,1"]);
		expect(await kept()).toEqual([["taobao:s1:1", "SF", "SF0001", ["1x1", "3x1"]]]);
	});

	it("says of which line a part of a combo is, as the platform ships that one only", async () => {
		const { errors } = await take(["1,SF,SF0001,IN-SET,1"]);
		expect(errors).toEqual([
			{
				row: 2,
				field: "sku",
				message: "IN-SET is a part of SET: give that SKU",
				messageZh: "IN-SET 是 SET 的组成部分：请填 SET",
			},
		]);
	});

	it.each([
		["an unknown order", ["9,SF,SF0001,,"], 2, "orderNo"],
		["a number that two shops have", ["3,SF,SF0001,,"], 2, "orderNo"],
		["an order that is closed", ["4,SF,SF0001,,"], 2, "orderNo"],
		["an unknown carrier", ["1,飞毛腿,SF0001,,"], 2, "carrier"],
		["no tracking number", ["1,SF,,,"], 2, "trackingNo"],
		["an unknown SKU", ["1,SF,SF0001,CAP,1"], 2, "sku"],
		["more pieces than there are", ["1,SF,SF0001,CUP,4"], 2, "quantity"],
		["more pieces over several parcels", ["1,SF,SF0001,CUP,3", "1,SF,SF0009,CUP,1"], 3, "sku"],
		["two carriers of one parcel", ["1,SF,SF0001,CUP,1", "1,ZTO,SF0001,LID,1"], 3, "carrier"],
	])("tells of %s by row and field, the same when it is only tried", async (_what, rows, row, field) => {
		const good = "2,SF,SF0002,,";
		const tried = await take([...rows, good], { dryRun: true });
		expect(tried.errors).toContainEqual({
			row,
			field,
			message: expect.any(String),
			messageZh: expect.stringMatching(/[一-龥]/),
		});
		expect(await kept()).toEqual([]);
		expect(await take([...rows, good])).toEqual(tried);
		expect(await kept()).toContainEqual(["taobao:s1:2", "SF", "SF0002", []]);
		expect(tried.accepted + tried.failed).toBe(tried.total);
	});

	it("is for the shop that is named, and never for one out of reach", async () => {
		expect(await take(["3,SF,SF0001,,"], { shopId: "s2" })).toMatchObject({ accepted: 1 });
		expect(await take(["1,SF,SF0001,,"], {}, { shops: ["s2"] })).toMatchObject({
			accepted: 0,
			errors: [{ row: 2, field: "orderNo", message: "no such order", messageZh: "没有这个订单" }],
		});
	});

	it("may be an Excel workbook", async () => {
		const content = workbook([
			["订单号", "快递公司", "运单号"],
			[{ number: "1" }, "SF", "SF0001"],
		]).toString("base64");
		expect(await take([], { format: "xlsx", content })).toMatchObject({ total: 1, accepted: 1 });
	});

	it.each([
		["that is no workbook", { format: "xlsx" }],
		["without headings", { content: Buffer.from("1,SF,SF0001").toString("base64") }],
	])("is refused %s", async (_what, more) => {
		await expect(take([], more)).rejects.toMatchObject({ type: "INVALID", data: { field: "content" } });
	});

	it("takes no more parcels of one order than anybody may tell of it", async () => {
		const rows = Array.from({ length: 60 }, (_, n) => `1,SF,SF${String(n).padStart(6, "0")},,`);
		const { accepted, errors } = await take(rows, { dryRun: true });
		expect({ accepted, first: errors[0]?.row }).toEqual({ accepted: 50, first: 52 });
	});

	it("of thousands of orders is taken in seconds", async () => {
		const many = Array.from({ length: 2_000 }, (_, n) => order(`9${n}`));
		orders.push(...many);
		const rows = many.map(({ orderNo }) => `${orderNo},SF,SF${orderNo.padStart(6, "0")},,`);
		expect(await take(rows)).toMatchObject({ total: 2_000, accepted: 2_000 });
		orders.splice(-many.length);
	}, 60_000);
});
