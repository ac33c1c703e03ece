import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { hubMessage, openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, stopFlow } from "../test-runtime.ts";
import aftersaleGet from "./aftersale-get.ts";

const order = { _id: "taobao:s1:1", shopId: "s1", platform: "taobao", version: 4 };
const aftersale = { _id: "taobao:s1:R1", orderId: order._id, shopId: "s1", platform: "taobao", version: 3 };
const answers = { "order.get": order, "aftersale.get": aftersale };

describe("aftersale-get", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ ...answers });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		Object.assign(recorder.answers, answers);
		await stopFlow();
	});

	const flow = (over: object = {}) => [
		{ id: "get", type: "aftersale-get", hub: "the-hub", wires: [["out"]], ...over },
		{ id: "out", type: "helper" },
		{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
		{ id: "errors", type: "helper" },
	];

	it("reads the after-sale and its order afresh, and keeps what the delivery said", async () => {
		await startFlow(recorder.broker, [aftersaleGet], flow());
		const out = arrivals("out");
		const told = { aftersaleId: aftersale._id, delivery: "d1", traceId: "t1" };
		nodeOf("get").receive({ payload: { old: true }, hub: told });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		const hub = { ...told, orderId: order._id, shopId: "s1", platform: "taobao", fence: 3 };
		expect(out[0]).toMatchObject({ payload: { aftersale, order }, hub });
		expect(recorder.asked).toMatchObject([
			{ action: "aftersale.get", params: { id: aftersale._id } },
			{ action: "order.get", params: { id: order._id } },
		]);
	});

	it("leaves what it read with the delivery, for a function node that drops msg.hub", async () => {
		await startFlow(recorder.broker, [aftersaleGet], flow());
		const event = { id: "e1", subject: "hub.aftersale.changed", at: "", traceId: "t1", body: {} };
		const told = { eventId: "e1", aftersaleId: aftersale._id, orderId: "", shopId: "", platform: "", traceId: "t1" };
		const hub = { ...told, delivery: "d2", attempt: 1, flow: "test@1" };
		const delivery = { token: "d2", attempt: 1, event };
		const { open, settled } = openDelivery({ delivery, consumer: "c", hub }, "m2", 60_000);
		nodeOf("get").receive({ _msgid: "m2", hub: { ...hub } });
		const read = { delivery: "d2", orderId: order._id, fence: 3 };
		await vi.waitFor(() => expect(hubMessage({ _msgid: "m2" })).toMatchObject(read));
		open.settle(null);
		await settled;
	});

	it("takes the number from the payload for a trial by hand", async () => {
		await startFlow(recorder.broker, [aftersaleGet], flow());
		const out = arrivals("out");
		nodeOf("get").receive({ payload: { aftersaleId: aftersale._id } });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]).toMatchObject({ hub: { aftersaleId: aftersale._id, orderId: order._id } });
	});

	it.each([
		["a message that names no after-sale", { payload: "none" }, {}, "noAftersale"],
		["a node without a hub", { payload: { aftersaleId: "x" } }, { hub: "gone" }, "hub.error.none"],
	])("fails for %s", async (_name, msg, over, reason) => {
		await startFlow(recorder.broker, [aftersaleGet], flow(over));
		const errors = arrivals("errors");
		nodeOf("get").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});

	it("fails where the order is not here yet, so that the event comes again", async () => {
		recorder.answers["order.get"] = hubError("NOT_FOUND", "no such order");
		await startFlow(recorder.broker, [aftersaleGet], flow());
		const errors = arrivals("errors");
		const out = arrivals("out");
		nodeOf("get").receive({ payload: { aftersaleId: aftersale._id } });
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining("no such order") } });
		expect(out).toHaveLength(0);
	});
});
