import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ConsumerModel, EventModel } from "../../services/event/event.model.ts";
import EventService from "../../services/event/event.service.ts";
import { startBroker } from "../../test/broker.ts";
import ack from "../ack/ack.ts";
import { arrivals, nodeOf, startFlow, stopFlow, within } from "../test-runtime.ts";
import eventIn from "./event-in.ts";

// How deliveries come, come again and are settled is tested in ../order-in/order-in.test.ts.
describe("event-in", () => {
	let broker: ServiceBroker;
	beforeAll(async () => {
		broker = await startBroker(EventService);
	});
	afterAll(() => broker.stop());
	afterEach(() => stopFlow());

	/** A flow that listens to two subjects of its own, the first from the list and the second from the other field. */
	async function start(over: object = {}, acked = true) {
		const noun = `test-${randomUUID().slice(0, 8)}`;
		const [first, second] = [`hub.${noun}.first`, `hub.${noun}.second`];
		await startFlow(
			broker,
			[eventIn, ack],
			[
				{
					id: randomUUID(),
					type: "event-in",
					subjects: first,
					others: ` ${second} `,
					...over,
					wires: [acked ? ["seen", "ack"] : ["seen"]],
				},
				{ id: "seen", type: "helper" },
				{ id: "ack", type: "ack" },
			],
		);
		const seen = arrivals("seen");
		await vi.waitFor(async () => expect(await ConsumerModel.countDocuments({ subjects: first })).toBe(1), within);
		const publish = async (subject: string, ...bodies: object[]) => {
			const at = new Date().toISOString();
			const events = bodies.map((body) => ({ id: randomUUID(), subject, at, traceId: "t1", body }));
			await broker.call("event.publish", { events });
		};
		const open = async () =>
			(await EventModel.find({ subject: { $in: [first, second] } }).lean()).flatMap(({ open }) => open);
		const settled = () => vi.waitFor(async () => expect(await open()).toEqual([]), within);
		return { first, second, seen, publish, settled };
	}

	it("brings the events of the list and the others, which are settled like any other", async () => {
		const { first, second, seen, publish, settled } = await start();
		await publish(first, { n: 1 });
		await publish(second, { n: 2 });
		await vi.waitFor(() => expect(seen).toHaveLength(2), within);
		const told = seen.map(({ topic, payload }) => [topic, payload]);
		expect(told).toEqual(
			expect.arrayContaining([
				[first, { n: 1 }],
				[second, { n: 2 }],
			]),
		);
		await settled();
	});

	it.each([
		["of an order", { orderId: "jd:s1:1", order: { shopId: "s1", platform: "jd" } }, "jd:s1:1", "s1", "jd"],
		["of an after-sale", { orderId: "jd:s1:1", aftersale: { shopId: "s1", platform: "jd" } }, "jd:s1:1", "s1", "jd"],
		["that has only the order's number", { orderId: "jd:s1:1", pushId: "p1" }, "jd:s1:1", "s1", "jd"],
		["of a shop", { shopId: "s1", kind: "orders" }, "", "s1", ""],
		["of an alert about an order", { alertId: "a", ref: { orderId: "jd:s1:1", shopId: "s1" } }, "jd:s1:1", "s1", "jd"],
		["of an alert about a shop", { alertId: "a", ref: { shopId: "s1", platform: "jd" } }, "", "s1", "jd"],
		["of nothing of these", { alertId: "a", ref: { connectionId: "erp-1" } }, "", "", ""],
	])("says what an event is about: %s", async (_what, body, orderId, shopId, platform) => {
		const { first, seen, publish, settled } = await start();
		await publish(first, body);
		await vi.waitFor(() => expect(seen).toHaveLength(1), within);
		expect(seen[0]).toMatchObject({ payload: body, hub: { orderId, shopId, platform, traceId: "t1", attempt: 1 } });
		await settled();
	});

	it("passes over the events of other shops, and of none, when it is for one shop", async () => {
		const { first, seen, publish, settled } = await start({ shopId: "s1" });
		await publish(first, { shopId: "s2" }, { alertId: "a", ref: {} }, { orderId: "jd:s2:1" }, { orderId: "jd:s1:1" });
		await vi.waitFor(() => expect(seen).toHaveLength(1), within);
		await settled();
		expect(seen).toMatchObject([{ hub: { orderId: "jd:s1:1" } }]);
	});

	it("finds the delivery of an event about no order when a function node dropped msg.hub", async () => {
		const { first, seen, publish, settled } = await start({}, false);
		await publish(first, { shopId: "s1" });
		await vi.waitFor(() => expect(seen).toHaveLength(1), within);
		nodeOf("ack").receive({ _msgid: seen[0]?._msgid, payload: "new" });
		await settled();
	});
});
