import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConsumerSpec, Delivery } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import SkuService from "../sku/sku.service.ts";
import { offerForgotten } from "./forgotten.ts";
import { platformOrder } from "./order.sample.ts";
import OrderService from "./order.service.ts";
import type { Order, PlatformOrder } from "./order.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, SkuService);
});
afterAll(() => broker.stop());

const save = (order: PlatformOrder): Promise<{ id: string; result: string }> => broker.call("order.save", order);
const get = (id: string): Promise<Order> => broker.call("order.get", { id });
const minutes = (count: number): Date => new Date(Date.UTC(2026, 0, 2, 3, count));

/** The subjects of one order's events, in the order they came. */
async function subjectsOf(orderId: string, count: number): Promise<string[]> {
	let rows: { what: string }[] = [];
	for (const until = Date.now() + 10_000; rows.length < count && Date.now() < until; ) {
		({ items: rows } = await broker.call<{ items: { what: string }[] }, { id: string }>("order.timeline", {
			id: orderId,
		}));
	}
	return rows.map(({ what }) => what);
}

describe("order.save", () => {
	it("stores a new order, matched by merchant code, and announces it as ready", async () => {
		const { id, result } = await save(platformOrder());
		expect(result).toBe("created");
		expect(await get(id)).toMatchObject({ status: "WAIT_SHIP", ready: true, holds: [], fence: 0, version: 1 });
		expect(await subjectsOf(id, 2)).toEqual(["order.created", "order.ready"]);
	});

	it("changes nothing when the same order comes twice, or an older one late", async () => {
		const order = platformOrder({ modifiedAt: minutes(5) });
		const { id } = await save(order);
		expect(await save(order)).toMatchObject({ result: "unchanged" });
		const older = { ...order, modifiedAt: minutes(1), memo: { ...order.memo, seller: "older" } };
		expect(await save(older)).toMatchObject({ result: "stale" });
		expect(await get(id)).toMatchObject({ version: 1, memo: { seller: "" } });
	});

	it("takes a change that carries the same whole-second stamp", async () => {
		const order = platformOrder({ modifiedAt: minutes(5) });
		const { id } = await save(order);
		expect(await save({ ...order, memo: { ...order.memo, seller: "加急" } })).toMatchObject({ result: "updated" });
		expect((await get(id)).memo.seller).toBe("加急");
	});

	it("ends at the newest version whatever the order and number of tellings", async () => {
		const order = platformOrder({ status: "WAIT_PAY", rawStatus: "WAIT_BUYER_PAY", paidAt: null });
		const tellings = [
			{ ...order, modifiedAt: minutes(1) },
			{ ...order, modifiedAt: minutes(2), status: "WAIT_SHIP" as const, paidAt: minutes(2) },
			{ ...order, modifiedAt: minutes(3), status: "SHIPPED" as const, paidAt: minutes(2) },
		];
		const shuffled = [...tellings, ...tellings, ...tellings].sort(() => Math.random() - 0.5);
		const results = await Promise.all(shuffled.map(save));
		const { id } = results[0] as { id: string };
		expect(results.filter(({ result }) => result === "created")).toHaveLength(1);
		expect(await get(id)).toMatchObject({ status: "SHIPPED", modifiedAt: minutes(3) });
	});

	it("takes another receiver as a whole", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		const moved = { ...order.receiver, name: "", town: "", platformKey: "oaid-2", city: "广州市" };
		await save({ ...order, modifiedAt: minutes(2), receiver: moved });
		expect((await get(id)).receiver).toEqual(moved);
	});

	it("keeps a receiver that the platform blanks later", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		const blank = Object.fromEntries(
			Object.keys(order.receiver).map((key) => [key, ""]),
		) as unknown as typeof order.receiver;
		await save({ ...order, modifiedAt: minutes(2), receiver: blank, memo: { ...order.memo, seller: "x" } });
		expect(await get(id)).toMatchObject({ receiver: order.receiver, ready: true });
	});

	it("refuses a state that goes back", async () => {
		const order = platformOrder({ status: "SHIPPED", modifiedAt: minutes(1) });
		await save(order);
		await expect(save({ ...order, status: "WAIT_SHIP", modifiedAt: minutes(2) })).rejects.toMatchObject({
			type: "PLATFORM_BAD_RECORD",
		});
	});

	it("names the field that is wrong", async () => {
		const order = platformOrder();
		order.money.paidFen = 19.9;
		await expect(save(order)).rejects.toMatchObject({ code: 422, data: [{ field: "money.paidFen" }] });
	});
});

describe("holds", () => {
	it("hold an order whose line has no merchant code until the platform tells one", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const bare = { ...order, lines: order.lines.map((line) => ({ ...line, outerSku: "" })) };
		const { id } = await save(bare);
		expect(await get(id)).toMatchObject({ ready: false, holds: [{ reason: "SKU_UNMATCHED" }] });
		await save({ ...order, modifiedAt: minutes(2) });
		expect(await get(id)).toMatchObject({ ready: true, holds: [] });
		expect(await subjectsOf(id, 5)).toEqual([
			"order.created",
			"order.held",
			"order.changed",
			"order.released",
			"order.ready",
		]);
	});

	it.each([
		["without a province", { province: "" }, [], ["NO_RECEIVER"]],
		["that nobody can decrypt", { platformKey: "" }, [], ["NO_RECEIVER"]],
		["of goods that nobody carries", { province: "", platformKey: "" }, ["virtual"], []],
	])("stop an order to a receiver %s: only where there is something to deliver", async (_, over, flags, reasons) => {
		const order = platformOrder({ flags });
		const { id } = await save({ ...order, receiver: { ...order.receiver, ...over } });
		expect((await get(id)).holds.map(({ reason }) => reason)).toEqual(reasons);
	});

	it("stop a refunded order in the write that stores the refund, and raise its fence", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		await save({ ...order, modifiedAt: minutes(2), platformHolds: ["REFUND_APPLIED"] });
		expect(await get(id)).toMatchObject({
			ready: false,
			fence: 1,
			holds: [{ reason: "REFUND_APPLIED", by: "platform" }],
		});
		await save({ ...order, modifiedAt: minutes(3) });
		expect(await get(id)).toMatchObject({ ready: true, holds: [] });
	});

	it("put by hand stay until they are released, and the release says who", async () => {
		const { id } = await save(platformOrder());
		const meta = { actor: "user:li" };
		await broker.call("order.hold", { id }, { meta });
		await broker.call("order.hold", { id }, { meta });
		expect(await get(id)).toMatchObject({ ready: false, fence: 1, holds: [{ reason: "MANUAL", by: "user:li" }] });
		await expect(broker.call("order.repush", { id })).rejects.toMatchObject({ type: "ORDER_NOT_READY" });
		await broker.call("order.release", { id }, { meta });
		expect(await get(id)).toMatchObject({ ready: true, holds: [] });
		expect(await subjectsOf(id, 5)).toEqual([
			"order.created",
			"order.ready",
			"order.held",
			"order.released",
			"order.ready",
		]);
	});
});

describe("a release", () => {
	it("takes no hold away that the platform still gives, such as an open refund", async () => {
		const { id } = await save(platformOrder({ platformHolds: ["REFUND_APPLIED"] }));
		const release = broker.call("order.release", { id, reason: "REFUND_APPLIED" });
		await expect(release).rejects.toMatchObject({ type: "ORDER_HELD", code: 409 });
		expect(await get(id)).toMatchObject({ ready: false, holds: [{ reason: "REFUND_APPLIED" }] });
	});

	it("of what is not held says what is", async () => {
		const { id } = await save(platformOrder());
		await broker.call("order.hold", { id, reason: "RISK" });
		await expect(broker.call("order.release", { id })).rejects.toThrow(/not held for MANUAL, but for: RISK/);
	});
});

describe("a hold that a person puts for a reason that the platform may give too", () => {
	it.each([
		["before the platform's", ["hand", "platform"]],
		["over the platform's", ["platform", "hand"]],
	])("stays when it was put %s and the platform's is gone", async (_, sources) => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		for (const source of sources) {
			if (source === "platform") await save({ ...order, modifiedAt: minutes(2), platformHolds: ["RISK"] });
			else await broker.call("order.hold", { id, reason: "RISK" }, { meta: { actor: "user:li" } });
		}
		await save({ ...order, modifiedAt: minutes(3), memo: { ...order.memo, seller: "x" } });
		expect(await get(id)).toMatchObject({ ready: false, holds: [{ reason: "RISK", by: "user:li" }] });
		await broker.call("order.release", { id, reason: "RISK" });
		expect(await get(id)).toMatchObject({ ready: true, holds: [] });
	});
});

describe("what happens outside", () => {
	const publish = (subject: string, body: object, at = new Date()) =>
		broker.call("event.publish", { events: [{ id: randomUUID(), subject, at: at.toISOString(), traceId: "", body }] });

	async function until(id: string, holdsTrue: (order: Order) => boolean): Promise<Order> {
		let order = await get(id);
		for (const end = Date.now() + 10_000; !holdsTrue(order) && Date.now() < end; ) order = await get(id);
		return order;
	}

	it("is recorded: the ERP's yes is final, a late doubt changes nothing", async () => {
		const { id } = await save(platformOrder());
		const body = { orderId: id, connectionId: "erp", docNo: "D1", reason: "" };
		await publish("hub.push.done", body);
		await until(id, ({ erp }) => erp.state === "OK");
		await publish("hub.push.doubtful", { ...body, docNo: "", reason: "reset" }, new Date(Date.now() + 1_000));
		await publish("hub.shipment.shipped", { orderId: id, carrier: "SF", trackingNo: "SF1", lines: [] });
		const order = await until(id, ({ parcels }) => parcels.length > 0);
		expect(order).toMatchObject({ erp: { state: "OK", docNo: "D1" }, parcels: [{ carrier: "SF", trackingNo: "SF1" }] });
		expect(order.lines.every(({ shippedQty, quantity }) => shippedQty === quantity)).toBe(true);
	});

	it("is recorded where the clock that stamped the ERP's yes is behind", async () => {
		const { id } = await save(platformOrder());
		const body = { orderId: id, connectionId: "erp", docNo: "", reason: "reset" };
		await publish("hub.push.doubtful", body, new Date(Date.now() + 5_000));
		await until(id, ({ erp }) => erp.state === "IN_DOUBT");
		await publish("hub.push.done", { ...body, docNo: "D4", reason: "" });
		expect((await until(id, ({ erp }) => erp.state === "OK")).erp).toMatchObject({ state: "OK", docNo: "D4" });
	});

	it("tells in the timeline why an order was shipped although it is held", async () => {
		const { id } = await save(platformOrder());
		await broker.call("order.hold", { id });
		const body = { orderId: id, carrier: "SF", trackingNo: "SF2", lines: [], fence: 0 };
		await publish("hub.shipment.shipped", body);
		await until(id, ({ parcels }) => parcels.length > 0);
		await subjectsOf(id, 4);
		const { items } = await broker.call<{ items: { what: string; change: object }[] }, object>("order.timeline", {
			id,
		});
		const { change } = items.find(({ what }) => what === "order.parcel-shipped") ?? {};
		expect(change).toEqual({ carrier: "SF", trackingNo: "SF2", despite: ["MANUAL"], fence: [0, 1] });
	});

	it("is shown on the order when a flow gave it up, until it is pushed after all", async () => {
		const { id } = await save(platformOrder());
		const body = { orderId: id, consumer: "flow-x", subject: "hub.order.ready", reason: "mapping: line 1" };
		await publish("hub.delivery.parked", body);
		const parked = await until(id, ({ erp }) => erp.state === "PARKED");
		expect(parked).toMatchObject({ ready: true, erp: { state: "PARKED", reason: "mapping: line 1" } });
		await publish("hub.push.done", { orderId: id, connectionId: "erp", docNo: "D5", reason: "" });
		expect((await until(id, ({ erp }) => erp.state === "OK")).erp).toMatchObject({ docNo: "D5", reason: "" });
	});

	it("holds an order that changed while the ERP was being told of it", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		await save({ ...order, modifiedAt: minutes(2), receiver: { ...order.receiver, address: "another***" } });
		await publish("hub.push.done", { orderId: id, connectionId: "erp", docNo: "D2", reason: "", fence: 0 });
		const held = await until(id, ({ holds }) => holds.length > 0);
		expect(held).toMatchObject({ ready: false, holds: [{ reason: "CHANGED_AFTER_PUSH" }] });
	});

	it("holds an order that the ERP has when its address changes", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save(order);
		await publish("hub.push.done", { orderId: id, connectionId: "erp", docNo: "D3", reason: "" });
		await until(id, ({ erp }) => erp.state === "OK");
		await save({ ...order, modifiedAt: minutes(2), receiver: { ...order.receiver, address: "another***" } });
		expect((await get(id)).holds).toMatchObject([{ reason: "ADDRESS_CHANGED" }]);
	});

	it.each([
		["its ciphertext is another one at the next reading", { cipher: "first" }, { cipher: "second" }],
		["a receiver that was blank is told", { name: "", phone: "" }, { name: "王**", phone: "*******1234" }],
	])("does not hold an order that the ERP has when %s", async (_what, before, after) => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const { id } = await save({ ...order, receiver: { ...order.receiver, ...before } });
		await publish("hub.push.done", { orderId: id, connectionId: "erp", docNo: "D4", reason: "" });
		await until(id, ({ erp }) => erp.state === "OK");
		await save({ ...order, modifiedAt: minutes(2), receiver: { ...order.receiver, ...after } });
		expect(await get(id)).toMatchObject({ holds: [], receiver: after });
	});

	it("holds an order without a key of its address when the ciphertext changes", async () => {
		const receiver = { ...platformOrder().receiver, platformKey: "", cipher: "first" };
		const order = platformOrder({ modifiedAt: minutes(1), receiver });
		const { id } = await save(order);
		await publish("hub.push.done", { orderId: id, connectionId: "erp", docNo: "D6", reason: "" });
		await until(id, ({ erp }) => erp.state === "OK");
		await save({ ...order, modifiedAt: minutes(2), receiver: { ...receiver, cipher: "second" } });
		expect((await get(id)).holds).toMatchObject([{ reason: "ADDRESS_CHANGED" }]);
	});
});

describe("events", () => {
	it("carry the order without what is internal, and reach a consumer once acknowledged", async () => {
		const spec: ConsumerSpec = {
			name: `t-${randomUUID()}`,
			subjects: ["hub.order.ready"],
			ackWaitMs: 30_000,
			maxAttempts: 3,
			backoffMs: [100],
		};
		await broker.call("event.subscribe", { spec });
		const { id } = await save(platformOrder());
		let delivery: Delivery | undefined;
		while (delivery?.event.body.orderId !== id) {
			[delivery] = await broker.call<Delivery[], object>("event.fetch", { spec, max: 1, waitMs: 5_000 });
		}
		expect(delivery.event.body).toMatchObject({ orderId: id, version: 1, order: { ready: true } });
		expect(delivery.event.body.order).not.toHaveProperty("outbox");
	});
});

describe("a ready order that no flow has pushed", () => {
	it("is offered again after an hour, and not before", async () => {
		const { id } = await save(platformOrder());
		expect(await subjectsOf(id, 2)).toEqual(["order.created", "order.ready"]);
		await offerForgotten(new Date());
		expect(await get(id)).toMatchObject({ version: 1 });
		await offerForgotten(new Date(Date.now() + 3_700_000));
		expect(await subjectsOf(id, 3)).toEqual(["order.created", "order.ready", "order.ready"]);
	});
});

describe("order.list", () => {
	it("pages through every order once, newest first, by any filter", async () => {
		const shopId = `s-${randomUUID()}`;
		const orders = Array.from({ length: 7 }, (_, index) =>
			platformOrder({ shopId, placedAt: minutes(Math.floor(index / 2)) }),
		);
		await Promise.all(orders.map(save));
		const seen: string[] = [];
		let cursor: string | undefined;
		do {
			const page: { items: Order[]; nextCursor: string | null } = await broker.call("order.list", {
				shopId,
				limit: 3,
				...(cursor && { cursor }),
			});
			seen.push(...page.items.map(({ orderNo }) => orderNo));
			cursor = page.nextCursor ?? undefined;
		} while (cursor);
		expect(seen.sort()).toEqual(orders.map(({ orderNo }) => orderNo).sort());
	});

	it("finds pasted order numbers, and nothing of shops out of reach", async () => {
		const [one, two] = [platformOrder({ shopId: "mine" }), platformOrder({ shopId: "theirs" })];
		await Promise.all([save(one), save(two)]);
		const query = { q: `${one.orderNo}, ${two.orderNo}` };
		const all: { items: Order[] } = await broker.call("order.list", query);
		expect(all.items).toHaveLength(2);
		const mine: { items: Order[] } = await broker.call("order.list", query, { meta: { shops: ["mine"] } });
		expect(mine.items.map(({ orderNo }) => orderNo)).toEqual([one.orderNo]);
		const { id } = await save(two);
		await expect(broker.call("order.get", { id }, { meta: { shops: ["mine"] } })).rejects.toMatchObject({
			type: "NOT_FOUND",
		});
	});

	it("refuses a cursor that no list gave", async () => {
		await expect(broker.call("order.list", { cursor: "xyz" })).rejects.toMatchObject({ type: "INVALID" });
	});
});
