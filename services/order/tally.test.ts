import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Pending, pending } from "../../mixins/outbox.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { fillIn } from "./fill-in.ts";
import { OrderModel } from "./order.model.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order } from "./order.ts";
import { recordOutcome, recordWaybill } from "./outcomes.ts";
import { stages } from "./stage.ts";
import { type Tab, tabs } from "./tabs.ts";
import type { Tally } from "./tally.ts";

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
});
afterAll(() => desk.stop());

const tally = (query: object, meta?: Record<string, unknown>): Promise<Tally> =>
	desk.call<Tally>("order.tally", query, meta);
const listed = async (query: object, meta?: Record<string, unknown>): Promise<string[]> =>
	(await desk.call<{ items: Order[] }>("order.list", query, meta)).items.map(({ _id }) => _id);

/** An order that the ERP has. */
async function pushed(shopId: string): Promise<string> {
	const orderId = await desk.save({ shopId });
	await recordOutcome(pending("hub.push.done", { orderId, connectionId: "erp-1", docNo: "SO-1", reason: "" }, ""));
	return orderId;
}

const waybillEvent = (orderId: string, verb: string, version: number): Pending =>
	pending(
		`hub.waybill.${verb}`,
		{ orderId, parcelNo: 1, carrier: "SF", trackingNo: "SF1", by: "user:ann", version },
		"",
	);

describe("the tally", () => {
	it("counts for each tab what its list shows, by shop and by platform", async () => {
		const shopId = `tabs-${randomUUID()}`;
		const shop = { shopId, platform: "taobao" };
		await desk.save({ ...shop, status: "WAIT_PAY", paidAt: null });
		await desk.save(shop);
		await desk.call("order.hold", { id: await desk.save(shop) });
		await desk.save({ ...shop, status: "SHIPPED" });
		await desk.save({ ...shop, status: "COMPLETED" });
		await desk.save({ ...shop, status: "CLOSED" });
		await desk.call("order.close", { id: await desk.save(shop) });
		await pushed(shopId);
		await desk.save({ status: "SHIPPED" }); // of another shop
		const { counts } = await tally({ shopId });
		for (const tab of tabs) expect([tab, (await listed({ shopId, tab })).length]).toEqual([tab, counts[tab]]);
		const some: Partial<Record<Tab, number>> = {
			all: 8,
			"to-push": 1,
			exceptions: 1,
			closed: 2,
			"to-print": 1,
			"to-ship": 1,
		};
		expect(counts).toMatchObject(some);
		expect((await tally({ platform: "taobao", shopId })).counts).toEqual(counts);
		expect((await tally({ platform: "jd", shopId })).counts.all).toBe(0);
	});

	it("counts by the day of the order", async () => {
		const shopId = `days-${randomUUID()}`;
		const [before, after] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-01-05T00:00:00Z")];
		for (const placedAt of [before, after]) await desk.save({ shopId, placedAt, status: "SHIPPED" });
		expect((await tally({ shopId, from: after })).counts.shipped).toBe(1);
		expect((await tally({ shopId, to: after })).counts.shipped).toBe(1);
	});

	it("counts no order of a shop out of the caller's reach", async () => {
		const [mine, theirs] = [`mine-${randomUUID()}`, `theirs-${randomUUID()}`];
		await desk.save({ shopId: mine, status: "SHIPPED" });
		await desk.save({ shopId: theirs, status: "SHIPPED" });
		const li = { actor: "user:li", shops: [mine] };
		expect((await tally({}, li)).counts).toMatchObject({ all: 1, shipped: 1 });
		expect((await tally({ shopId: theirs }, li)).counts.all).toBe(0);
		expect((await tally({}, { actor: "user:an", shops: [] })).counts.all).toBe(0);
	});

	it("is counted once for all who ask within two seconds", async () => {
		const count = vi.spyOn(OrderModel, "countDocuments");
		const shopId = `kept-${randomUUID()}`;
		await Promise.all([tally({ shopId }), tally({ shopId }), tally({ shopId })]);
		expect(count).toHaveBeenCalledTimes(stages.length);
		count.mockRestore();
	});

	it.each([
		["all shops", {}],
		["a shop", { shopId: "s-1" }],
		["several shops", { shopId: { $in: ["s-1", "s-2"] } }],
		["a platform", { platform: "jd" }],
		["a shop of a platform", { platform: "jd", shopId: "s-1" }],
	])("of %s reads one index, also of some days", async (_, narrowed) => {
		const days = { placedAt: { $gte: new Date(0), $lt: new Date() } };
		const plan = JSON.stringify(await OrderModel.collection.find({ ...narrowed, stage: "SHIPPED", ...days }).explain());
		expect(plan).toContain('"stage":1,"placedAt":-1');
		expect(plan).not.toContain("COLLSCAN");
	});
});

describe("a label", () => {
	it("moves its order from being printed to being shipped, and back when it is given back", async () => {
		const shopId = `labels-${randomUUID()}`;
		const id = await pushed(shopId);
		const inTab = (tab: Tab): Promise<string[]> => listed({ shopId, tab });
		await recordWaybill(waybillEvent(id, "taken", 1));
		expect(await inTab("to-print")).toEqual([id]);
		await recordWaybill(waybillEvent(id, "printed", 2));
		expect([await inTab("to-print"), await inTab("to-ship")]).toEqual([[], [id]]);
		await recordWaybill(waybillEvent(id, "taken", 1)); // told again, late
		expect((await desk.get(id)).labels).toMatchObject([{ parcelNo: 1, state: "PRINTED", version: 2 }]);
		await recordWaybill(waybillEvent(id, "recycled", 3));
		expect(await inTab("to-print")).toEqual([id]);
	});
});

describe("orders of an older release", () => {
	it("are in their tabs once it is worked out where they are", async () => {
		const shopId = `old-${randomUUID()}`;
		const id = await desk.save({ shopId, status: "SHIPPED", memo: { ...platformOrder().memo, buyer: "快" } });
		await OrderModel.collection.updateOne(
			{ _id: id as never },
			{ $unset: { stage: "", marks: "", labels: "", tags: "" } },
		);
		expect(await listed({ shopId, tab: "shipped" })).toEqual([]);
		await fillIn();
		expect(await listed({ shopId, tab: "shipped", buyerMemo: true })).toEqual([id]);
		expect(await fillIn()).toBe(0);
	});
});
