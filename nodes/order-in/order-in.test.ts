import type { ServiceBroker } from "moleculer";
import type { NodeAPI, NodeMessage } from "node-red";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { HubEvent } from "../../mixins/event.ts";
import { ConsumerModel, EventModel } from "../../services/event/event.model.ts";
import EventService from "../../services/event/event.service.ts";
import { startBroker } from "../../test/broker.ts";
import ack from "../ack/ack.ts";
import park from "../park/park.ts";
import { arrivals, nodeOf, startFlow, stopFlow, within } from "../test-runtime.ts";
import type { HubMessage } from "./deliveries.ts";
import orderIn from "./order-in.ts";

const nodes = [orderIn, ack, park];

interface Parked {
	_id: string;
	source: string;
	reason: string;
	ref: Record<string, string>;
}

describe("order-in", () => {
	let broker: ServiceBroker;
	let subject: string;
	let count = 0;

	beforeAll(async () => {
		broker = await startBroker(EventService);
	});
	afterAll(() => broker.stop());
	afterEach(() => stopFlow());

	/** A subject and a node of its own for each test, so that none gets another's events. */
	function entry(over: object = {}): { id: string; type: string } & Record<string, unknown> {
		count += 1;
		subject = `hub.order.test${count}`;
		return {
			id: `in-${count}`,
			type: "order-in",
			subjects: subject,
			shopId: "",
			concurrency: 4,
			timeoutSec: 60,
			...over,
		};
	}

	async function publish(...orderIds: string[]): Promise<HubEvent[]> {
		const events = orderIds.map((orderId) => ({
			id: `${subject}:${orderId}`,
			subject,
			at: new Date().toISOString(),
			traceId: `trace-${orderId}`,
			body: { orderId, version: 1, order: { shopId: "shop-1", platform: "taobao" } },
		}));
		// Published before its consumer is known, an event would reach it too, but only seconds later.
		await vi.waitFor(async () => expect(await ConsumerModel.countDocuments({ subjects: subject })).toBe(1), within);
		await broker.call("event.publish", { events });
		return events;
	}

	const parked = async (source: string): Promise<Parked[]> => {
		const { items } = await broker.call<{ items: Parked[] }, object>("event.parked", { state: "PARKED" });
		return items.filter((each) => each.source === source);
	};
	const hubOf = (msg: NodeMessage | undefined): HubMessage => msg?.hub as HubMessage;
	const ordersIn = (messages: NodeMessage[]): string[] => messages.map((msg) => hubOf(msg).orderId).sort();

	/** How often the still open deliveries of the test's events were handed out; none open means none comes again. */
	const handedOut = async (): Promise<number[]> => {
		const events = await EventModel.find({ subject }).sort({ _id: 1 }).lean();
		return events.flatMap(({ open }) => open.map(({ attempt }) => attempt));
	};
	const allSettled = (): Promise<void> => vi.waitFor(async () => expect(await handedOut()).toEqual([]), within);

	it("sends each event with its body and its delivery; acknowledged, it does not come again", async () => {
		const node = entry();
		const flow = [
			{ ...node, wires: [["seen", "ack"]] },
			{ id: "seen", type: "helper" },
			{ id: "ack", type: "ack" },
		];
		await startFlow(broker, nodes, flow);
		const seen = arrivals("seen");
		const [event] = await publish("a", "b", "c");
		await vi.waitFor(() => expect(ordersIn(seen)).toEqual(["a", "b", "c"]), within);
		const first = seen.find((msg) => hubOf(msg).orderId === "a");
		expect(first).toMatchObject({ topic: subject, payload: event?.body });
		expect(hubOf(first)).toMatchObject({
			eventId: event?.id,
			shopId: "shop-1",
			platform: "taobao",
			traceId: "trace-a",
			attempt: 1,
			flow: expect.stringMatching(/^test@[0-9a-f]{8}$/),
		});
		await allSettled();
	});

	it("has no more messages in the flow than it may", async () => {
		const node = entry({ concurrency: 2 });
		await startFlow(broker, nodes, [
			{ ...node, wires: [["seen"]] },
			{ id: "seen", type: "helper" },
			{ id: "ack", type: "ack" },
		]);
		const seen = arrivals("seen");
		await publish("a", "b", "c", "d", "e");
		await vi.waitFor(() => expect(seen).toHaveLength(2), within);
		expect((await handedOut()).sort()).toEqual([0, 0, 0, 1, 1]);
		nodeOf("ack").receive(seen[0] as NodeMessage);
		await vi.waitFor(() => expect(seen).toHaveLength(3), within);
		while (seen.length < 5) {
			nodeOf("ack").receive(seen[seen.length - 1] as NodeMessage);
			const before = seen.length;
			await vi.waitFor(() => expect(seen.length).toBeGreaterThan(before), within);
		}
	});

	it("takes a number that is out of range for the nearest one", async () => {
		const node = entry({ concurrency: 1_000 });
		await startFlow(broker, nodes, [
			{ ...node, wires: [["ack"]] },
			{ id: "ack", type: "ack" },
		]);
		await publish("a");
		await allSettled();
	});

	it("finds the delivery by the message's id when a function node dropped msg.hub", async () => {
		const node = entry();
		await startFlow(broker, nodes, [
			{ ...node, wires: [["seen"]] },
			{ id: "seen", type: "helper" },
			{ id: "ack", type: "ack" },
		]);
		const seen = arrivals("seen");
		await publish("a");
		await vi.waitFor(() => expect(seen).toHaveLength(1), within);
		nodeOf("ack").receive({ _msgid: seen[0]?._msgid, payload: "something new" });
		await allSettled();
	});

	it("brings an event back at once when a node fails and nobody catches it", async () => {
		const node = entry();
		const failing = (RED: NodeAPI): void => {
			RED.nodes.registerType("failing", function Failing(def) {
				RED.nodes.createNode(this, def);
				this.on("input", (_msg, _send, done) => done(new Error("no such luck")));
			});
		};
		await startFlow(
			broker,
			[...nodes, failing],
			[
				{ ...node, wires: [["seen", "fails"]] },
				{ id: "seen", type: "helper" },
				{ id: "fails", type: "failing" },
			],
		);
		const seen = arrivals("seen");
		await publish("a");
		await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2), within);
		expect(seen.slice(0, 2).map((msg) => hubOf(msg).attempt)).toEqual([1, 2]);
	});

	it("leaves a caught error to the catching branch, which may park it at once with that error", async () => {
		const node = entry();
		const failing = (RED: NodeAPI): void => {
			RED.nodes.registerType("failing", function Failing(def) {
				RED.nodes.createNode(this, def);
				this.on("input", (_msg, _send, done) => done(new Error("no such luck")));
			});
		};
		await startFlow(
			broker,
			[...nodes, failing],
			[
				{ ...node, wires: [["seen", "fails"]] },
				{ id: "seen", type: "helper" },
				{ id: "fails", type: "failing", name: "the failing one" },
				{ id: "catch", type: "catch", scope: null, wires: [["park"]] },
				{ id: "park", type: "park", hub: "the-hub", when: "now", reason: "" },
			],
		);
		const seen = arrivals("seen");
		await publish("a");
		await vi.waitFor(async () => expect(await parked(`flow-${node.id}`)).toHaveLength(1), within);
		expect(await parked(`flow-${node.id}`)).toMatchObject([
			{ reason: "the failing one: no such luck", ref: { orderId: "a", subject } },
		]);
		expect(seen).toHaveLength(1);
		await allSettled();
	});

	it("brings an event back that the flow did not settle in time", async () => {
		const node = entry({ timeoutSec: 1 });
		await startFlow(broker, nodes, [
			{ ...node, wires: [["seen"]] },
			{ id: "seen", type: "helper" },
		]);
		const seen = arrivals("seen");
		await publish("a");
		await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2), within);
	});

	it("gives back what is in hand when it stops, and gets it again when it starts", async () => {
		const node = entry();
		const flow = [
			{ ...node, wires: [["seen"]] },
			{ id: "seen", type: "helper" },
		];
		await startFlow(broker, nodes, flow);
		const before = arrivals("seen");
		await publish("a", "b");
		await vi.waitFor(() => expect(ordersIn(before)).toEqual(["a", "b"]), within);
		await stopFlow();
		await startFlow(broker, nodes, flow);
		const after = arrivals("seen");
		await vi.waitFor(() => expect(ordersIn(after)).toEqual(["a", "b"]), within);
	});

	it("passes over the events of other shops than its own", async () => {
		const node = entry({ shopId: "shop-2" });
		await startFlow(broker, nodes, [
			{ ...node, wires: [["seen"]] },
			{ id: "seen", type: "helper" },
		]);
		const seen = arrivals("seen");
		await publish("a");
		await vi.waitFor(
			async () => expect(await EventModel.countDocuments({ subject, "consumers.0": { $exists: true } })).toBe(1),
			within,
		);
		await allSettled();
		expect(seen).toEqual([]);
	});
});
