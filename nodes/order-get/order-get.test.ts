import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { hubMessage, openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, stopFlow } from "../test-runtime.ts";
import orderGet from "./order-get.ts";

const order = { _id: "taobao:s1:1", shopId: "s1", platform: "taobao", version: 4, fence: 3, erp: { revision: 1 } };

describe("order-get", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "order.get": order });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["order.get"] = order;
		await stopFlow();
	});

	const flow = (over: object = {}) => [
		{ id: "get", type: "order-get", hub: "the-hub", wires: [["out"]], ...over },
		{ id: "out", type: "helper" },
		{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
		{ id: "errors", type: "helper" },
	];

	it("reads the order afresh and keeps what the delivery said", async () => {
		await startFlow(recorder.broker, [orderGet], flow());
		const out = arrivals("out");
		nodeOf("get").receive({ payload: { old: true }, hub: { orderId: order._id, delivery: "d1", traceId: "t1" } });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		const hub = { orderId: order._id, shopId: "s1", platform: "taobao", delivery: "d1", traceId: "t1" };
		expect(out[0]).toMatchObject({ payload: order, hub });
		expect(recorder.asked).toMatchObject([
			{
				action: "order.get",
				params: { id: order._id },
				meta: { actor: expect.stringMatching(/^flow:test@[0-9a-f]{8}$/) },
			},
		]);
	});

	it("leaves what it read with the delivery, for a function node that drops msg.hub", async () => {
		await startFlow(recorder.broker, [orderGet], flow());
		const event = { id: "e1", subject: "hub.order.ready", at: "", traceId: "t1", body: {} };
		const told = { eventId: "e1", orderId: order._id, shopId: "s1", platform: "taobao", traceId: "t1" };
		const hub = { ...told, delivery: "d2", attempt: 1, flow: "test@1" };
		const delivery = { token: "d2", attempt: 1, event };
		const { open, settled } = openDelivery({ delivery, consumer: "c", hub }, "m2", 60_000);
		nodeOf("get").receive({ _msgid: "m2", hub: { ...hub } });
		await vi.waitFor(() => expect(hubMessage({ _msgid: "m2" })).toMatchObject({ delivery: "d2", fence: 3 }));
		open.settle(null);
		await settled;
	});

	it("takes the number of the order from the payload for a trial by hand", async () => {
		await startFlow(recorder.broker, [orderGet], flow());
		const out = arrivals("out");
		nodeOf("get").receive({ payload: { orderId: order._id } });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]).toMatchObject({ hub: { orderId: order._id, shopId: "s1" } });
	});

	it.each([
		["a message that names no order", { payload: "none" }, {}, "noOrder"],
		["a node without a hub", { payload: { orderId: "x" } }, { hub: "gone" }, "hub.error.none"],
	])("fails for %s", async (_name, msg, over, reason) => {
		await startFlow(recorder.broker, [orderGet], flow(over));
		const errors = arrivals("errors");
		nodeOf("get").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});

	it("passes on what the order service says, once", async () => {
		recorder.answers["order.get"] = hubError("NOT_FOUND", "no such order");
		await startFlow(recorder.broker, [orderGet], flow());
		const errors = arrivals("errors");
		const out = arrivals("out");
		nodeOf("get").receive({ payload: { orderId: "x" } });
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining("no such order") } });
		expect(out).toHaveLength(0);
	});
});
