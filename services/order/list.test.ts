import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyOf } from "../../mixins/terms.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { OrderModel } from "./order.model.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order } from "./order.ts";
import { provinceNames } from "./province.ts";

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

	it("by province, however it is written", async () => {
		const receiver = { ...platformOrder().receiver, province: "内蒙古自治区" };
		const far = await desk.save({ shopId, receiver, placedAt: minutes(-1) });
		for (const province of ["内蒙古", "内蒙古自治区"]) expect(await found({ province })).toEqual([far]);
		expect(await found({ province: "广东", to: minutes(3) })).toEqual([pen, cup]);
	});

	it("by memo, by refund, by how many goods and by what was paid", async () => {
		const base = platformOrder();
		const lines = base.lines.map((line) => ({ ...line, quantity: 1, refund: "DONE" as const }));
		const memo = { buyer: "快点", seller: " ", flag: "" as const };
		const money = { ...base.money, paidFen: 1 };
		const odd = await desk.save({ shopId: `${shopId}-odd`, lines, memo, money });
		const odds = (query: object): Promise<string[]> => found({ shopId: `${shopId}-odd`, ...query });
		for (const query of [{ buyerMemo: true }, { sellerMemo: false }, { refund: "DONE" }, { severalGoods: false }])
			expect(await odds(query)).toEqual([odd]);
		for (const query of [{ buyerMemo: false }, { sellerMemo: true }, { refund: "APPLIED" }, { severalGoods: true }])
			expect(await odds(query)).toEqual([]);
		expect(await odds({ minPaidFen: 1, maxPaidFen: 1 })).toEqual([odd]);
		expect([await odds({ minPaidFen: 2 }), await odds({ maxPaidFen: 0 })]).toEqual([[], []]);
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
		["stage", { stage: "TO_PUSH" }],
		["mark", { marks: "SELLER_MEMO" }],
		["tag", { tags: "vip" }],
		["province", { "receiver.province": "广东省" }],
		["carrier", { "parcels.carrier": "SF" }],
	])("by %s along one index that has them in the list's order", async (_, filter) => {
		const plan = await planOf(filter, { placedAt: -1, _id: -1 });
		expect(plan).toContain(`"${Object.keys(filter)[0]}":1,"placedAt":-1`);
		expect(plan).not.toMatch(sorted);
	});

	it.each([
		["several provinces' names", { "receiver.province": { $in: provinceNames("广东") } }],
		["several stages", { stage: { $in: ["TO_PRINT", "TO_SHIP"] } }],
	])("by %s without sorting", async (_, filter) => {
		expect(await planOf(filter, { placedAt: -1, _id: -1 })).not.toMatch(sorted);
	});

	it("by what was paid along its index where it is of few", async () => {
		const plan = await planOf({ "money.paidFen": { $lte: 1 } }, { placedAt: -1, _id: -1 });
		expect(plan).toContain('"money.paidFen":1');
	});

	it("by deadline along one index", async () => {
		const filter = { status: { $in: ["WAIT_SHIP", "PART_SHIPPED"] }, shipDeadline: { $lt: minutes(60) } };
		expect(await planOf(filter, { shipDeadline: 1, _id: 1 })).not.toMatch(sorted);
	});

	it("by what has no index only in another way", async () => {
		expect(await planOf({ rawStatus: "x" }, { updatedAt: -1 })).toMatch(sorted);
	});
});
