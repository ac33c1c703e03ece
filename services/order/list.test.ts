import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyOf } from "../../mixins/terms.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { OrderModel } from "./order.model.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order } from "./order.ts";

let desk: Desk;
const shopId = `s-${randomUUID()}`;
const buyer = { nick: "~z", openId: `open-${randomUUID()}` };
const minutes = (count: number): Date => new Date(Date.UTC(2026, 0, 2, 3, count));
const found = async (query: object): Promise<string[]> =>
	(await desk.call<{ items: Order[] }>("order.list", { shopId, ...query })).items.map(({ _id }) => _id);

let cup: string;
let pen: string;
let masked: string;
let shipped: string;
beforeAll(async () => {
	desk = await startDesk();
	const base = platformOrder();
	const [line] = base.lines as [(typeof base.lines)[number]];
	const pens = [{ ...line, outerSku: "PEN-1", platformSkuId: "777" }];
	cup = await desk.save({ shopId, buyer, shipDeadline: minutes(40), flags: ["presale"], placedAt: minutes(1) });
	pen = await desk.save({
		shopId,
		lines: pens,
		shipDeadline: minutes(20),
		memo: { ...base.memo, flag: "red" },
		placedAt: minutes(2),
	});
	const receiver = { ...base.receiver, phone: "1********34" };
	masked = await desk.save({ shopId, receiver, placedAt: minutes(3) });
	shipped = await desk.save({ shopId, status: "SHIPPED", shipDeadline: minutes(10), placedAt: minutes(4) });
});
afterAll(() => desk.stop());

const sorted = /"SORT"|COLLSCAN/;
const planOf = async (filter: object, sort: Record<string, 1 | -1>): Promise<string> =>
	JSON.stringify(await OrderModel.collection.find(filter).sort(sort).limit(50).explain());

describe("orders are found", () => {
	it("by SKU, whoever's it is", async () => {
		expect(await found({ sku: "PEN-1" })).toEqual([pen]);
		expect(await found({ sku: "777" })).toEqual([pen]);
		expect(await found({ sku: "CUP-BK-500" })).toEqual([shipped, masked, cup]);
	});

	it("by the last four digits of a phone, where the platform shows them, none of which is stored", async () => {
		expect(await found({ phoneTail: "1234" })).toEqual([shipped, pen, cup]);
		expect(await found({ phoneTail: "4321" })).toEqual([]);
		const stored = await OrderModel.findById(cup).lean<Order>();
		expect(stored?.receiver.phoneTail).toMatch(/^[\w-]{43}$/);
		expect((await desk.get(cup)).receiver).not.toHaveProperty("phoneTail");
	});

	it("by buyer, by the order's flag and by the colour of its note", async () => {
		expect(await found({ buyerOpenId: buyer.openId })).toEqual([cup]);
		expect(await found({ flag: "presale" })).toEqual([cup]);
		expect(await found({ flag: "red" })).toEqual([pen]);
	});

	it("by deadline when they are not shipped yet, the soonest first, page by page", async () => {
		expect(await found({ deadlineBefore: minutes(60) })).toEqual([pen, cup]);
		expect(await found({ deadlineBefore: minutes(30) })).toEqual([pen]);
		const { nextCursor } = await desk.call<{ nextCursor: string }>("order.list", {
			shopId,
			deadlineBefore: minutes(60),
			limit: 1,
		});
		expect(await found({ deadlineBefore: minutes(60), cursor: nextCursor })).toEqual([cup]);
	});

	it("by 500 pasted numbers at once", async () => {
		const numbers = [cup, pen].map((id) => id.split(":")[2]);
		const q = [...numbers, ...Array.from({ length: 498 }, (_, at) => `4187263500000000${at}`)].join("\n");
		expect((await found({ q })).toSorted()).toEqual([cup, pen].toSorted());
		await expect(found({ q: `${q}\n1` })).rejects.toMatchObject({ type: "INVALID" });
	});

	it.each([
		["sku", { numbers: "PEN-1" }],
		["parcel", { numbers: "SF1", "parcels.trackingNo": "SF1" }],
		["pasted numbers", anyOf("41872635 SF0001", ["numbers"])],
		["phone", { "receiver.phoneTail": "x" }],
		["buyer", { "buyer.openId": "x" }],
		["flag", { flags: "presale" }],
		["note", { "memo.flag": "red" }],
	])("by %s along one index that has them in the list's order", async (_, filter) => {
		const plan = await planOf(filter, { placedAt: -1, _id: -1 });
		expect(plan).toContain(`"${Object.keys(filter)[0]}":1,"placedAt":-1`);
		expect(plan).not.toMatch(sorted);
	});

	it("by deadline along one index", async () => {
		const filter = { status: { $in: ["WAIT_SHIP", "PART_SHIPPED"] }, shipDeadline: { $lt: minutes(60) } };
		expect(await planOf(filter, { shipDeadline: 1, _id: 1 })).not.toMatch(sorted);
	});

	it("by what has no index only in another way", async () => {
		expect(await planOf({ rawStatus: "x" }, { updatedAt: -1 })).toMatch(sorted);
	});
});
