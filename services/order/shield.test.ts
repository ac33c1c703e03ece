/** What stands between a refund and the goods leaving: holds, claims, and orders that the ERP is to give back. */
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HubEvent } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import SkuService from "../sku/sku.service.ts";
import type { OpenRecall } from "./open-recalls.ts";
import { platformOrder } from "./order.sample.ts";
import OrderService from "./order.service.ts";
import type { Order, PlatformOrder } from "./order.ts";
import { orderId } from "./order.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, SkuService);
});
afterAll(() => broker?.stop());

const minutes = (n: number): Date => new Date(Date.parse("2026-01-02T03:00:00Z") + n * 60_000);
const idOf = ({ platform, shopId, orderNo }: PlatformOrder): string => orderId(platform, shopId, orderNo);
const save = (order: PlatformOrder, readAt?: Date) =>
	broker.call<{ id: string; result: string }, object>("order.save", order, {
		meta: { ...(readAt && { readAt: readAt.toISOString() }) },
	});
const get = (id: string) => broker.call<Order, object>("order.get", { id });
const note = (id: string, no: string, settledAt: Date | null = null) =>
	broker.call("order.noteAftersale", { id, no, settledAt });
const claim = (id: string, fence: number, by = "parcel-1") => broker.call("order.claimShipping", { id, fence, by });
const end = (id: string, by = "parcel-1") => broker.call("order.endShipping", { id, by });
const tell = async (subject: string, body: object): Promise<void> => {
	const event = { id: `${subject}:${Math.random()}`, subject, at: new Date().toISOString(), traceId: "", body };
	await broker.call("event.publish", { events: [event as HubEvent] });
};
const becomes = (id: string, holds: (order: Order) => boolean): Promise<Order> =>
	vi.waitFor(
		async () => {
			const order = await get(id);
			expect(holds(order)).toBe(true);
			return order;
		},
		{ timeout: 10_000, interval: 20 },
	);
const openRecall = async (id: string): Promise<OpenRecall | undefined> =>
	(await broker.call<OpenRecall[], object>("order.openRecalls", {})).find(({ orderId }) => orderId === id);
const reasons = ({ holds }: Order): string[] => holds.map(({ reason }) => reason);

describe("an after-sale that is told of by itself", () => {
	it("holds its order at once, and until the order was read after it was settled", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		const { fence } = await get(id);
		await note(id, "a1");
		expect(await get(id)).toMatchObject({ ready: false, fence: fence + 1, holds: [{ reason: "REFUND_APPLIED" }] });
		await note(id, "a1", minutes(5));
		await save(order, minutes(4)); // read before it was settled: what it shows may be older
		expect(reasons(await get(id))).toEqual(["REFUND_APPLIED"]);
		await save(order, minutes(6));
		expect(await get(id)).toMatchObject({ ready: true, holds: [] });
	});

	it("holds an order that is not here yet, from its first moment", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		await note(idOf(order), "a1");
		const { id } = await save(order);
		expect(await get(id)).toMatchObject({ ready: false, holds: [{ reason: "REFUND_APPLIED" }] });
	});

	it("is no reason to hold goods that are on their way", async () => {
		const { id } = await save(platformOrder({ status: "SHIPPED", modifiedAt: minutes(1) }));
		await note(id, "a1");
		expect((await get(id)).holds).toEqual([]);
	});

	it("is found at the same moment as its order", async () => {
		for (let n = 0; n < 20; n += 1) {
			const order = platformOrder({ modifiedAt: minutes(1) });
			await Promise.all([save(order), note(idOf(order), "a1")]);
			await becomes(idOf(order), (stored) => reasons(stored).includes("REFUND_APPLIED"));
		}
	});
});

describe("whoever tells the platform of a parcel", () => {
	it("may while nothing holds the order, and then no hold is stored until the call is over", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		await claim(id, (await get(id)).fence);
		const refund = save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect((await get(id)).holds).toEqual([]);
		await end(id);
		await refund;
		expect(reasons(await get(id))).toEqual(["REFUND_APPLIED"]);
	});

	it.each([
		["held by hand", (id: string) => broker.call("order.hold", { id, reason: "MANUAL" })],
		["held by an after-sale", (id: string) => note(id, "a1")],
	])("may not when the order was %s since it was decided", async (_what, hold) => {
		const { id } = await save(platformOrder({ modifiedAt: minutes(1) }));
		const { fence } = await get(id);
		await hold(id);
		await expect(claim(id, fence)).rejects.toMatchObject({ type: "ORDER_HELD" });
	});

	it("may not when the order changed since, though it is held no longer", async () => {
		const { id } = await save(platformOrder({ modifiedAt: minutes(1) }));
		const { fence } = await get(id);
		await broker.call("order.hold", { id, reason: "MANUAL" });
		await broker.call("order.release", { id, reason: "MANUAL" });
		await expect(claim(id, fence)).rejects.toMatchObject({ type: "ORDER_HELD" });
	});

	it("is the only one, but may ask again for the same parcel", async () => {
		const { id } = await save(platformOrder({ modifiedAt: minutes(1) }));
		const { fence } = await get(id);
		await claim(id, fence);
		await expect(claim(id, fence, "parcel-2")).rejects.toMatchObject({ type: "CONFLICT" });
		await claim(id, fence);
		await end(id);
		await claim(id, fence, "parcel-2");
		await end(id, "parcel-2");
	});

	it("finds a hold that was written while the order was being claimed", async () => {
		for (let n = 0; n < 30; n += 1) {
			const order = platformOrder({ modifiedAt: minutes(1) });
			const { id } = await save(order);
			const { fence } = await get(id);
			let sentAt = 0;
			let heldAt = 0;
			const ship = claim(id, fence).then(
				async () => {
					sentAt = performance.now();
					await end(id);
				},
				() => {},
			);
			const refund = save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] }).then(() => {
				heldAt = performance.now();
			});
			await Promise.all([ship, refund]);
			expect(sentAt).toBeLessThan(heldAt); // 0: it was not sent at all
		}
	});
});

describe("an order that the ERP has", () => {
	const pushed = async (over: Partial<PlatformOrder> = {}) => {
		const order = platformOrder({ modifiedAt: minutes(1), ...over });
		const { id } = await save(order);
		await tell("hub.push.done", { orderId: id, kind: "order", connectionId: "erp", docNo: "D1", reason: "" });
		await becomes(id, ({ erp }) => erp.state === "OK");
		return { id, order };
	};

	it.each([
		["refund", { platformHolds: ["REFUND_APPLIED"] }],
		["closed", { status: "CLOSED" }],
		["address", { receiver: { ...platformOrder().receiver, platformKey: "oaid-2", city: "广州市" } }],
		["goods", { lines: [{ ...platformOrder().lines[0], lineId: "other" }] }],
	] as [string, Partial<PlatformOrder>][])("is recalled because of: %s", async (why, change) => {
		const { id, order } = await pushed();
		await save({ ...order, ...change, modifiedAt: minutes(2) });
		expect((await get(id)).erp.recall).toMatchObject({ state: "WANTED", why });
	});

	it("goes to the ERP anew, as it is now, once it was given back and nothing holds it", async () => {
		const { id, order } = await pushed();
		const receiver = { ...order.receiver, platformKey: "oaid-2", city: "广州市" };
		await save({ ...order, receiver, modifiedAt: minutes(2) });
		await tell("hub.push.done", { orderId: id, kind: "cancel", connectionId: "erp", docNo: "C1", reason: "" });
		const back = await becomes(id, ({ erp }) => erp.state === "CANCELLED");
		expect(back).toMatchObject({ ready: true, holds: [], erp: { revision: 2, docNo: "", recall: { state: "NONE" } } });
		expect(await openRecall(id)).toBeUndefined();
		const late = { orderId: id, kind: "order", connectionId: "erp", docNo: "D1", reason: "", revision: 1 };
		await tell("hub.push.done", late);
		await tell("hub.push.done", { ...late, docNo: "D2", revision: 2 });
		expect((await becomes(id, ({ erp }) => erp.state === "OK")).erp.docNo).toBe("D2");
	});

	it("stays held for a refund although it was given back", async () => {
		const { id, order } = await pushed();
		await save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		await tell("hub.push.done", { orderId: id, kind: "cancel", connectionId: "erp", docNo: "C1", reason: "" });
		const back = await becomes(id, ({ erp }) => erp.state === "CANCELLED");
		expect(back).toMatchObject({ ready: false, holds: [{ reason: "REFUND_APPLIED" }] });
		await save({ ...order, modifiedAt: minutes(3) }); // the buyer takes it back
		expect(await get(id)).toMatchObject({ ready: true, erp: { revision: 2 } });
	});

	it("says in the ERP's words why it was not given back", async () => {
		const { id, order } = await pushed();
		await save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		const refused = { orderId: id, kind: "cancel", connectionId: "erp", docNo: "", reason: "已拣货，不能取消" };
		await tell("hub.push.rejected", refused);
		const kept = await becomes(id, ({ erp }) => erp.recall.state === "REFUSED");
		expect(kept).toMatchObject({ erp: { state: "OK", recall: { reason: "已拣货，不能取消" } }, ready: false });
		const { shopId, updatedAt: at } = kept;
		const open = { orderId: id, shopId, state: "REFUSED", why: "refund", reason: "已拣货，不能取消", at };
		expect(await openRecall(id)).toEqual(open);
	});

	it("is no longer asked for when the goods left before the ERP refused", async () => {
		const { id, order } = await pushed();
		await save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		await tell("hub.shipment.shipped", { orderId: id, carrier: "SF", trackingNo: "SF1", lines: [] });
		await becomes(id, ({ parcels }) => parcels.length === 1);
		await tell("hub.push.rejected", { orderId: id, kind: "cancel", connectionId: "erp", docNo: "", reason: "已发货" });
		const { erp } = await becomes(id, (now) => now.erp.recall.state !== "WANTED");
		expect(erp.recall).toEqual({ state: "NONE", why: "", reason: "" });
	});

	it("is asked for again when another cause comes after a refusal, and no more once there is none", async () => {
		const { id, order } = await pushed();
		await save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		const cancel = { orderId: id, kind: "cancel", connectionId: "erp", docNo: "", reason: "已拣货" };
		await tell("hub.push.rejected", cancel);
		await becomes(id, ({ erp }) => erp.recall.state === "REFUSED");
		await save({ ...order, modifiedAt: minutes(3) }); // the buyer takes it back
		expect((await get(id)).erp.recall).toEqual({ state: "NONE", why: "", reason: "" });
		await save({ ...order, modifiedAt: minutes(4), platformHolds: ["REFUND_APPLIED"] });
		expect((await get(id)).erp.recall).toMatchObject({ state: "WANTED", why: "refund" });
		await tell("hub.push.rejected", { ...cancel, reason: "仍不能取消" });
		await becomes(id, ({ erp }) => erp.recall.state === "REFUSED");
		await save({ ...order, modifiedAt: minutes(5), status: "CLOSED" });
		expect((await get(id)).erp.recall).toMatchObject({ state: "WANTED", why: "closed" });
	});

	it.each([
		["refused it", { subject: "hub.push.rejected", reason: "仓库不存在" }, "REJECTED"],
		["never got it", { subject: "hub.push.parked", reason: "ORDER_HELD: ADDRESS_CHANGED" }, "PARKED"],
	])("is free again when the ERP %s after all", async (_what, { subject, reason }, state) => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		const push = { orderId: id, kind: "order", connectionId: "erp", docNo: "", reason: "" };
		await tell("hub.push.doubtful", { ...push, reason: "timeout" });
		await becomes(id, ({ erp }) => erp.state === "IN_DOUBT");
		const receiver = { ...order.receiver, platformKey: "oaid-2", city: "广州市" };
		await save({ ...order, receiver, modifiedAt: minutes(2) });
		expect(await get(id)).toMatchObject({ ready: false, holds: [{ reason: "ADDRESS_CHANGED" }] });
		expect((await get(id)).erp.recall).toMatchObject({ state: "WANTED", why: "address" });
		await tell(subject, { ...push, reason });
		await becomes(id, ({ erp }) => erp.state === state);
		const nothing = { ...push, kind: "cancel", reason: "NOTHING_TO_CANCEL" };
		await tell("hub.push.parked", { ...nothing, connectionId: "another" });
		await tell("hub.push.parked", nothing);
		const free = await becomes(id, ({ erp }) => erp.recall.state === "NONE");
		expect(free).toMatchObject({ ready: true, holds: [], erp: { state, revision: 1 } });
		// Before the ERP is asked anew, another address is no matter of it.
		await save({ ...order, receiver: { ...receiver, city: "深圳市" }, modifiedAt: minutes(3) });
		expect(await get(id)).toMatchObject({ ready: true, holds: [] });
	});

	it("is recalled when the refund was seen while the push was under way", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		await save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		expect((await get(id)).erp.recall.state).toBe("NONE");
		await tell("hub.push.done", { orderId: id, kind: "order", connectionId: "erp", docNo: "D9", reason: "", fence: 0 });
		const pushed = await becomes(id, ({ erp }) => erp.state === "OK");
		expect(pushed).toMatchObject({ erp: { recall: { state: "WANTED", why: "refund" } } });
		expect(reasons(pushed)).toEqual(["REFUND_APPLIED"]); // the goods are those the ERP has
		const refused = { orderId: id, kind: "cancel", connectionId: "erp", docNo: "", reason: "已发货" };
		await tell("hub.push.rejected", refused);
		await becomes(id, ({ erp }) => erp.recall.state === "REFUSED");
		await save({ ...order, modifiedAt: minutes(3) }); // the buyer takes it back: the ERP's parcel may go
		expect(await get(id)).toMatchObject({ holds: [], ready: true, erp: { recall: { state: "NONE" } } });
	});
});
