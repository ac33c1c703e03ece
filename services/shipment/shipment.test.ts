import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ErrorType, hubError } from "../../config/errors.ts";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import type { PlatformCan } from "./ship-step.ts";
import { type Shipment, ShipmentModel, shipmentIdOf } from "./shipment.model.ts";
import shipmentService from "./shipment.service.ts";

interface ShipCall {
	orderNo: string;
	carrier: string;
	trackingNo: string;
	lines: { lineId: string; quantity: number }[];
	further: boolean;
}

/** A platform that records what it is told, and fails as it is told to: before or after it has taken a parcel. */
class Platform {
	readonly calls: ShipCall[] = [];
	readonly taken: ShipCall[] = [];
	looks = 0;
	can: PlatformCan = { parts: "lines", manyParcels: true, carriers: ["SF", "ZTO", "YTO"] };
	#failures: { err: Error; after: boolean }[] = [];

	failNext(type: ErrorType, { after = false, detail = "", data = {} } = {}): void {
		this.#failures.push({ err: hubError(type, detail, data), after });
	}

	ship(call: ShipCall): void {
		this.calls.push(call);
		const failure = this.#failures.shift();
		if (failure && !failure.after) throw failure.err;
		if (this.taken.some(({ orderNo, trackingNo }) => orderNo === call.orderNo && trackingNo === call.trackingNo)) {
			throw hubError("PLATFORM_REFUSED", "shipped already");
		}
		this.taken.push(call);
		if (failure) throw failure.err;
	}

	shipped(orderNo: string): { trackingNo: string; carrier: string; lineId: string }[] {
		this.looks += 1;
		return this.taken
			.filter((call) => call.orderNo === orderNo)
			.map(({ trackingNo, carrier }) => ({ trackingNo, carrier, lineId: "1" }));
	}
}

let platform = new Platform();
let broker: ServiceBroker;
const events: HubEvent[] = [];
const toDeliver: HubEvent[] = [];
const notReady = new Map<string, { status?: string; holds?: { reason: string }[] }>();

const platformService: ServiceSchema = {
	name: "platform.taobao",
	actions: {
		ship: ({ params }: Context<ShipCall>) => platform.ship(params),
		shipped: ({ params }: Context<{ orderNo: string }>) => platform.shipped(params.orderNo),
		can: () => platform.can,
	},
};
const orderService: ServiceSchema = {
	name: "order",
	actions: {
		get({ params: { id } }: Context<{ id: string }>) {
			const [, shopId, orderNo] = id.split(":");
			if (shopId !== "shop-1") throw hubError("NOT_FOUND", "no such order");
			const line = { status: "WAIT_SHIP", refund: "NONE" };
			const lines = [
				{ lineId: "1", quantity: 2, ...line },
				{ lineId: "2", quantity: 1, ...line },
			];
			const shipDeadline = new Date(Number(orderNo) * 1_000);
			const order = { _id: id, platform: "taobao", shopId, orderNo, lines, shipDeadline, fence: 3 };
			return { ...order, status: "WAIT_SHIP", holds: [], ...notReady.get(id) };
		},
	},
};
let shipMode = "AUTO";
const shopService: ServiceSchema = { name: "shop", actions: { get: () => ({ shipMode }) } };
const answers: object[] = [];
const aftersaleService: ServiceSchema = {
	name: "aftersale",
	actions: { decide: ({ params }: Context<object>) => void answers.push(params) },
};
const refused: object[] = [];
const pullService: ServiceSchema = {
	name: "pull",
	events: { "shipment.refused": ({ params }: Context<object>) => void refused.push(params) },
};
const eventService: ServiceSchema = {
	name: "event",
	actions: {
		publish: (ctx: Context<{ events: HubEvent[] }>) => void events.push(...ctx.params.events),
		subscribe: () => undefined,
		async fetch({ params }: Context<{ spec: ConsumerSpec }>): Promise<Delivery[]> {
			const wanted = toDeliver.filter(({ subject }) => params.spec.subjects.includes(subject));
			if (!wanted.length) await new Promise((resolve) => setTimeout(resolve, 20));
			for (const event of wanted) toDeliver.splice(toDeliver.indexOf(event), 1);
			return wanted.map((event) => ({ token: event.id, attempt: 1, event }));
		},
		ack: () => undefined,
		fail: () => undefined,
		working: () => undefined,
	},
};

beforeAll(async () => {
	broker = await startBroker(
		eventService,
		orderService,
		shopService,
		aftersaleService,
		platformService,
		pullService,
		shipmentService,
	);
});
afterAll(() => broker.stop());
afterEach(async () => {
	await ShipmentModel.deleteMany({});
	platform = new Platform();
	notReady.clear();
	shipMode = "AUTO";
});

let last = 0;
const nextOrder = (): string => `taobao:shop-1:${++last}`;
const parcel = { carrier: "SF", trackingNo: "SF1234567890123" };
const accept = (orderId: string, ...parcels: object[]): Promise<{ shipments: { id: string; state: string }[] }> =>
	broker.call("shipment.accept", { orderId, parcels: parcels.length ? parcels : [parcel] });
const becomes = (orderId: string, state: Shipment["state"], trackingNo = parcel.trackingNo): Promise<Shipment> =>
	vi.waitFor(
		async () => {
			const found = await ShipmentModel.findById(shipmentIdOf(orderId, trackingNo)).lean<Shipment>();
			expect(found).toMatchObject({ state });
			return found as Shipment;
		},
		{ timeout: 10_000, interval: 20 },
	);
const told = (orderId: string): Promise<string[]> =>
	vi.waitFor(() => {
		const subjects = events.filter(({ body }) => body.orderId === orderId).map(({ subject }) => subject);
		expect(subjects.length).toBeGreaterThan(1);
		return subjects;
	});

describe("accepted parcels", () => {
	it("are told to the platform at once, and once, however often they come", async () => {
		const orderId = nextOrder();
		const answers = await Promise.all([accept(orderId), accept(orderId), accept(orderId)]);
		const ids = new Set(answers.flatMap(({ shipments }) => shipments.map(({ id }) => id)));
		expect([...ids]).toEqual([shipmentIdOf(orderId, parcel.trackingNo)]);
		const { fence, nextAt } = await becomes(orderId, "SHIPPED");
		expect({ fence, nextAt }).toEqual({ fence: 3, nextAt: undefined });
		expect((await accept(orderId)).shipments).toMatchObject([{ state: "SHIPPED" }]);
		const orderNo = orderId.split(":")[2];
		expect(platform.calls).toMatchObject([{ shopId: "shop-1", orderNo, ...parcel, lines: [], further: false }]);
		expect(await told(orderId)).toEqual(["hub.shipment.accepted", "hub.shipment.shipped"]);
	});

	it("go line by line where they hold a part of the order", async () => {
		const orderId = nextOrder();
		const other = { carrier: "zto", trackingNo: "ZT76543210", lines: [{ lineId: "2", quantity: 1 }] };
		await accept(orderId, { ...parcel, lines: [{ lineId: "1", quantity: 2 }] }, other);
		await becomes(orderId, "SHIPPED");
		await becomes(orderId, "SHIPPED", other.trackingNo);
		expect(platform.taken.map(({ carrier, lines }) => [carrier, lines.map(({ lineId }) => lineId)]).sort()).toEqual([
			["SF", ["1"]],
			["ZTO", ["2"]],
		]);
	});

	it.each([
		["an unknown order", "taobao:another:1", {}, "NOT_FOUND"],
		["an unknown carrier", "taobao:shop-1:x", { carrier: "DRONE" }, "CARRIER_UNKNOWN"],
		["a line the order does not have", "taobao:shop-1:x", { lines: [{ lineId: "9", quantity: 1 }] }, "INVALID"],
		["an unknown field", "taobao:shop-1:x", { note: "" }, "VALIDATION_ERROR"],
	])("are refused for %s, and nothing is kept", async (_name, orderId, change, type) => {
		await expect(accept(orderId, { ...parcel, ...change })).rejects.toMatchObject({ type });
		expect(await ShipmentModel.countDocuments()).toBe(0);
	});

	it("are refused when they hold more pieces than were sold, or change a parcel that is on its way", async () => {
		const orderId = nextOrder();
		const lines = [{ lineId: "1", quantity: 2 }];
		await accept(orderId, { ...parcel, lines });
		const second = { carrier: "SF", trackingNo: "SF9999999999999", lines };
		await expect(accept(orderId, second)).rejects.toMatchObject({ type: "INVALID" });
		await expect(accept(orderId, { ...parcel, carrier: "ZTO", lines })).rejects.toMatchObject({ type: "CONFLICT" });
	});

	it("are taken all or none", async () => {
		const orderId = nextOrder();
		await accept(orderId, parcel);
		const other = { carrier: "SF", trackingNo: "SF7777777777777" };
		const conflict = { type: "CONFLICT" };
		await expect(accept(orderId, other, { ...parcel, carrier: "ZTO" })).rejects.toMatchObject(conflict);
		await expect(accept(orderId, other, { ...other, carrier: "ZTO" })).rejects.toMatchObject(conflict);
		expect(await ShipmentModel.distinct("trackingNo", { orderId })).toEqual([parcel.trackingNo]);
	});
});

describe("a parcel", () => {
	it("of a held order waits, and goes on when the order is let go", async () => {
		const orderId = nextOrder();
		notReady.set(orderId, { holds: [{ reason: "REFUND_APPLIED" }] });
		await accept(orderId);
		expect((await becomes(orderId, "HELD")).reason).toBe("ORDER_HELD: REFUND_APPLIED");
		expect(platform.calls).toEqual([]);

		notReady.clear();
		const body = { orderId };
		toDeliver.push({ id: `e-${orderId}`, subject: "hub.order.released", at: "", traceId: "", body });
		await becomes(orderId, "SHIPPED");
	});

	it("that the platform refused goes on when its order was held and is let go", async () => {
		const orderId = nextOrder();
		platform.failNext("PLATFORM_REFUSED", { detail: "订单正在退款中" });
		await accept(orderId);
		await becomes(orderId, "FAILED");
		const [shopId, orderNo] = orderId.split(":").slice(1);
		expect(refused).toContainEqual({ shopId, orderNo }); // so that the order is read anew
		const body = { orderId };
		toDeliver.push({ id: `e-${orderId}`, subject: "hub.order.released", at: "", traceId: "", body });
		await becomes(orderId, "SHIPPED");
	});

	it("that the platform refuses shows its words, and goes when it comes again or a person says so", async () => {
		const orderId = nextOrder();
		platform.failNext("PLATFORM_REFUSED", { detail: "运单号格式错误 isv.invalid-out-sid" });
		await accept(orderId);
		const { reason, nextAt, _id: id } = await becomes(orderId, "FAILED");
		expect({ reason, nextAt }).toEqual({ reason: expect.stringContaining("运单号格式错误"), nextAt: undefined });
		expect(await told(orderId)).toEqual(["hub.shipment.accepted", "hub.shipment.failed"]);

		platform.failNext("PLATFORM_REFUSED");
		await accept(orderId);
		await becomes(orderId, "FAILED");
		await broker.call("shipment.retry", { id });
		await becomes(orderId, "SHIPPED");
		await expect(broker.call("shipment.retry", { id })).rejects.toMatchObject({ type: "CONFLICT" });
	});

	it.each([
		["taken", true],
		["not taken", false],
	])("that was %s before the connection broke is told once: the platform is looked at first", async (_name, after) => {
		const orderId = nextOrder();
		platform.failNext("PLATFORM_UNREACHABLE", { after });
		await accept(orderId);
		await becomes(orderId, "SHIPPED");
		expect(platform.looks).toBeGreaterThan(0);
		expect(platform.calls).toHaveLength(after ? 1 : 2);
		expect(platform.taken).toHaveLength(1);
	});

	it("is shipped when the refusal is the echo of an earlier call", async () => {
		const orderId = nextOrder();
		platform.taken.push({ orderNo: orderId.split(":")[2] ?? "", ...parcel, lines: [], further: false });
		await accept(orderId);
		await becomes(orderId, "SHIPPED");
		expect(platform.taken).toHaveLength(1);
	});

	it("waits as long as the platform asks for", async () => {
		const orderId = nextOrder();
		platform.failNext("PLATFORM_RATE_LIMITED", { data: { waitMs: 300 } });
		await accept(orderId);
		const { attempts } = await becomes(orderId, "SHIPPED");
		expect(attempts.map(({ outcome }) => outcome)).toEqual(["PENDING", "SHIPPED"]);
		expect(platform.looks).toBe(0);
	});

	it("left behind in the middle of a call is looked for before it is told again", async () => {
		const orderId = nextOrder();
		const [, shopId = "", orderNo = ""] = orderId.split(":");
		platform.taken.push({ orderNo, ...parcel, lines: [], further: false });
		const left = { state: "SENDING" as const, doubtful: true, nextAt: new Date(0), turn: 2 };
		const _id = shipmentIdOf(orderId, parcel.trackingNo);
		await ShipmentModel.create({ _id, orderId, orderNo, platform: "taobao", shopId, ...parcel, ...left });
		await becomes(orderId, "SHIPPED");
		expect(platform.calls).toEqual([]);
	});

	it.each([
		["an order that is closed", { status: "CLOSED" }, {}, {}, "ORDER_NOT_READY: CLOSED"],
		["a carrier the platform does not have", {}, { carriers: [] }, {}, "CARRIER_UNKNOWN: SF"],
		["a part, where orders go whole", {}, { parts: "none" }, { lines: [{ lineId: "2", quantity: 1 }] }, "UNSUPPORTED"],
		["a part of a line", {}, {}, { lines: [{ lineId: "1", quantity: 1 }] }, "PLATFORM_UNSUPPORTED: line 1"],
	])("for %s is left to an operator", async (_name, order, can, given, reason) => {
		const orderId = nextOrder();
		notReady.set(orderId, order);
		Object.assign(platform.can, can);
		await accept(orderId, { ...parcel, ...given });
		expect((await becomes(orderId, "FAILED")).reason).toContain(reason);
		expect(platform.calls).toEqual([]);
	});

	it("of a part of a line goes where the platform takes quantities", async () => {
		const orderId = nextOrder();
		platform.can.parts = "quantities";
		const lines = [{ lineId: "1", quantity: 1 }];
		await accept(orderId, { ...parcel, lines });
		await becomes(orderId, "SHIPPED");
		expect(platform.calls).toMatchObject([{ lines, further: false }]);
	});

	it("after the one that shipped the order is told as a further one, where platforms take them so", async () => {
		const orderId = nextOrder();
		Object.assign(platform.can, { parts: "none" });
		await accept(orderId);
		await becomes(orderId, "SHIPPED");
		notReady.set(orderId, { status: "SHIPPED" });
		await accept(orderId, { carrier: "SF", trackingNo: "SF9999999999999" });
		await vi.waitFor(() => expect(platform.calls).toHaveLength(2), { timeout: 5_000 });
		expect(platform.calls.map(({ further }) => further)).toEqual([false, true]);
	});

	it("beside another one is left to an operator where an order goes in one", async () => {
		const orderId = nextOrder();
		platform.can.manyParcels = false;
		const second = { carrier: "SF", trackingNo: "SF9999999999999", lines: [{ lineId: "2", quantity: 1 }] };
		await accept(orderId, { ...parcel, lines: [{ lineId: "1", quantity: 2 }] }, second);
		expect((await becomes(orderId, "FAILED")).reason).toContain("one parcel for an order");
	});

	it("is listed by state, and only to those who may see its shop", async () => {
		const orderId = nextOrder();
		await accept(orderId);
		await becomes(orderId, "SHIPPED");
		expect(await broker.call("shipment.list", { state: "SHIPPED" })).toMatchObject({ items: [{ orderId }] });
		const meta = { shops: ["another"] };
		expect(await broker.call("shipment.list", {}, { meta })).toEqual({ items: [], nextCursor: null });
		const id = shipmentIdOf(orderId, parcel.trackingNo);
		await expect(broker.call("shipment.retry", { id }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it.each([
		["order number", (orderId: string) => ({ q: `${orderId.split(":")[2]} 999999` }), 1],
		["tracking number", () => ({ q: parcel.trackingNo }), 1],
		["shop", () => ({ shopId: "another" }), 0],
	])("is found by %s", async (_what, query, count) => {
		const orderId = nextOrder();
		await accept(orderId);
		const { items } = await broker.call<{ items: Shipment[] }, object>("shipment.list", query(orderId));
		expect(items).toHaveLength(count);
	});

	it("is found by the order's deadline until it is shipped, the soonest first", async () => {
		platform.can.carriers = ["SF"];
		const orderIds = [nextOrder(), nextOrder(), nextOrder()];
		const zto = { carrier: "ZTO", trackingNo: "ZT76543210" };
		for (const orderId of orderIds.toReversed()) await accept(orderId, zto);
		for (const orderId of orderIds) await becomes(orderId, "FAILED", zto.trackingNo);
		const shipped = nextOrder();
		await accept(shipped);
		await becomes(shipped, "SHIPPED");
		const found = async (more: object): Promise<string[]> => {
			const query = { deadlineBefore: new Date((last + 1) * 1_000), ...more };
			return (await broker.call<{ items: Shipment[] }, object>("shipment.list", query)).items.map(
				(each) => each.orderId,
			);
		};
		expect(await found({})).toEqual(orderIds);
		expect(await found({ state: "SHIPPED" })).toEqual([shipped]);
		expect(await found({ deadlineBefore: new Date(0) })).toEqual([]);
	});
});

describe("a parcel of a shop whose flow lets parcels go", () => {
	beforeEach(() => {
		shipMode = "FLOW";
	});
	const send = (id: string) => broker.call("shipment.send", { id }, { meta: { actor: "flow:ship@1f3a" } });
	const idOf = (orderId: string): string => shipmentIdOf(orderId, parcel.trackingNo);
	const acceptedEvents = (orderId: string) =>
		events.filter(({ subject, body }) => subject === "hub.shipment.accepted" && body.orderId === orderId);

	it("waits, whatever becomes of its order, until it is sent", async () => {
		const orderId = nextOrder();
		const id = idOf(orderId);
		expect((await accept(orderId)).shipments).toEqual([{ id, state: "WAITING" }]);
		expect((await accept(orderId)).shipments).toEqual([{ id, state: "WAITING" }]);
		await vi.waitFor(() => expect(acceptedEvents(orderId)).toHaveLength(1));
		toDeliver.push({ id: `e-${orderId}`, subject: "hub.order.released", at: "", traceId: "", body: { orderId } });
		await vi.waitFor(() => expect(toDeliver).toEqual([]));
		const { nextAt, waitsSince } = await becomes(orderId, "WAITING");
		expect({ nextAt, waitsSince }).toEqual({ nextAt: undefined, waitsSince: expect.any(Date) });

		expect(await send(id)).toEqual({ id, state: "PENDING" });
		const sent = await becomes(orderId, "SHIPPED");
		expect({ by: sent.by, waitsSince: sent.waitsSince }).toEqual({ by: "flow:ship@1f3a", waitsSince: undefined });
		expect(await send(id)).toEqual({ id, state: "SHIPPED" });
		expect(platform.calls).toHaveLength(1);
	});

	it("is told once, however often and at once it is sent", async () => {
		const orderId = nextOrder();
		await accept(orderId);
		await Promise.all([send(idOf(orderId)), send(idOf(orderId)), accept(orderId)]);
		await becomes(orderId, "SHIPPED");
		expect(platform.calls).toHaveLength(1);
	});

	it("is held like any other when it is sent while its order is held", async () => {
		const orderId = nextOrder();
		notReady.set(orderId, { holds: [{ reason: "REFUND_APPLIED" }] });
		await accept(orderId);
		await send(idOf(orderId));
		expect((await becomes(orderId, "HELD")).reason).toBe("ORDER_HELD: REFUND_APPLIED");
		expect(await send(idOf(orderId))).toMatchObject({ state: "HELD" });
		expect(platform.calls).toEqual([]);
	});

	it("is for the flow anew when it comes again after the platform refused it", async () => {
		const orderId = nextOrder();
		platform.failNext("PLATFORM_REFUSED");
		await accept(orderId);
		await send(idOf(orderId));
		await becomes(orderId, "FAILED");
		await accept(orderId, { ...parcel, carrier: "ZTO" });
		expect(await becomes(orderId, "WAITING")).toMatchObject({ carrier: "ZTO", reason: "" });
		await vi.waitFor(() => expect(acceptedEvents(orderId)).toHaveLength(2));
		expect(acceptedEvents(orderId)[1]?.body).toMatchObject({ shipmentId: idOf(orderId), carrier: "ZTO" });
	});

	it("goes by itself when the shop wants no flow any more", async () => {
		const orderIds = [nextOrder(), nextOrder()];
		for (const orderId of orderIds) await accept(orderId);
		shipMode = "AUTO";
		for (const orderId of orderIds) {
			const shipment = await becomes(orderId, "SHIPPED");
			expect(shipment.by).toBe("rule:ship-mode");
			expect(shipment.waitsSince).toBeUndefined();
		}
		expect(platform.calls).toHaveLength(2);
	});

	it("goes when a person says so", async () => {
		const orderId = nextOrder();
		await accept(orderId);
		await broker.call("shipment.retry", { id: idOf(orderId) });
		await becomes(orderId, "SHIPPED");
	});

	it("keeps none back that was sent after it, where an order's parcels go one after the other", async () => {
		const orderId = nextOrder();
		platform.can.parts = "none";
		const second = { carrier: "SF", trackingNo: "SF9999999999999" };
		await accept(orderId);
		await accept(orderId, second);
		await send(shipmentIdOf(orderId, second.trackingNo));
		await becomes(orderId, "SHIPPED", second.trackingNo);
		await becomes(orderId, "WAITING");
	});

	it("waits too long after a while, or when its order is due", async () => {
		const orderId = nextOrder(); // due in 1970
		await accept(orderId);
		const waiting = async (since: Date, deadlineBefore: Date) =>
			(await broker.call<Shipment[], object>("shipment.waiting", { since, deadlineBefore })).map(({ _id }) => _id);
		const later = new Date(Date.now() + 60_000);
		expect(await waiting(new Date(0), new Date(0))).toEqual([]);
		expect(await waiting(later, new Date(0))).toEqual([idOf(orderId)]);
		expect(await waiting(new Date(0), later)).toEqual([idOf(orderId)]);
		await send(idOf(orderId));
		expect(await waiting(later, later)).toEqual([]);
	});

	it("is sent only by those who may see its shop", async () => {
		const orderId = nextOrder();
		await accept(orderId);
		const call = broker.call("shipment.send", { id: idOf(orderId) }, { meta: { shops: ["another"] } });
		await expect(call).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});

describe("what an after-sale sends", () => {
	const aftersaleId = "taobao:shop-1:1800";
	const _id = `aftersale:${aftersaleId}:${parcel.trackingNo}`;
	const tell = (verb: string, version: number, orderId: string, more: object = {}): void => {
		const change = { action: "SHIP_EXCHANGE", ...parcel, ...more };
		const [platform, shopId, orderNo] = orderId.split(":");
		const aftersale = { platform, shopId, orderNo, lines: [{ lineId: "1", quantity: 1, title: "杯" }] };
		const body = { aftersaleId, orderId, version, by: "user:li", change, aftersale };
		const subject = `hub.aftersale.decision-${verb}`;
		toDeliver.push({ id: `${subject}:${version}`, subject, at: "", traceId: "", body });
	};
	const becomesIt = (state: Shipment["state"]): Promise<Shipment> =>
		vi.waitFor(
			async () => {
				const found = await ShipmentModel.findById(_id).lean<Shipment>();
				expect(found).toMatchObject({ state });
				return found as Shipment;
			},
			{ timeout: 5_000, interval: 20 },
		);

	it("is a shipment that follows the seller's answer, and no parcel of the order", async () => {
		const orderId = nextOrder();
		tell("made", 2, orderId);
		expect(await becomesIt("PENDING")).toMatchObject({ orderId, ...parcel, aftersale: { id: aftersaleId } });
		tell("done", 4, orderId);
		await becomesIt("SHIPPED");
		tell("failed", 3, orderId, { reason: "late word" });
		tell("made", 5, orderId, { action: "AGREE_REFUND", trackingNo: undefined });
		await vi.waitFor(() => expect(toDeliver).toEqual([]));
		await accept(orderId); // the same number again: another parcel
		await becomes(orderId, "SHIPPED");
		expect(platform.calls).toHaveLength(1);
		expect(platform.calls).toMatchObject([{ further: false }]);
		await becomesIt("SHIPPED");
		expect(await ShipmentModel.countDocuments()).toBe(2);
	});

	it("is told again by giving the answer again", async () => {
		const orderId = nextOrder();
		tell("failed", 3, orderId, { reason: "运单号格式错误" });
		expect((await becomesIt("FAILED")).reason).toBe("运单号格式错误");
		await broker.call("shipment.retry", { id: _id });
		expect(answers).toEqual([{ id: aftersaleId, action: "SHIP_EXCHANGE", ...parcel }]);
		expect(platform.calls).toEqual([]);
	});
});
