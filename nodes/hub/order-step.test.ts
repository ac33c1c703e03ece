import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import hold from "../hold/hold.ts";
import { hubMessage, openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import release from "../release/release.ts";
import remark from "../remark/remark.ts";
import skuMatch from "../sku-match/sku-match.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";

const order = {
	_id: "taobao:s1:1",
	shopId: "s1",
	platform: "taobao",
	fence: 3,
	erp: { revision: 2 },
	holds: [] as { reason: string }[],
};

describe.each([
	{ type: "hold", action: "order.hold", settings: { reason: "RISK", note: "two of one buyer" }, told: undefined },
	{ type: "release", action: "order.release", settings: { reason: "RISK", note: "" }, told: undefined },
	{ type: "sku-match", action: "order.rematch", settings: {}, told: undefined },
	{
		type: "remark",
		action: "order.remark",
		settings: { text: "call first", textType: "str", flag: "red" },
		told: { text: "call first", flag: "red" },
	},
])("$type", ({ type, action, settings, told = settings }) => {
	const nodes = [hold, release, remark, skuMatch];
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ [action]: order });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers[action] = order;
		await stopFlow();
	});

	const start = async (over: object = {}) => {
		await startFlow(recorder.broker, nodes, [
			{ id: "step", type, hub: "the-hub", ...settings, wires: [["done"], ["refused"]], ...over },
			{ id: "done", type: "helper" },
			{ id: "refused", type: "helper" },
			{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
			{ id: "errors", type: "helper" },
		]);
		return { done: arrivals("done"), refused: arrivals("refused"), errors: arrivals("errors") };
	};

	it("does it with the order of the message, and passes the order on as it is afterwards", async () => {
		const { done, refused } = await start();
		const statuses = statusesOf("step");
		nodeOf("step").receive({ payload: { old: true }, hub: { orderId: order._id, delivery: "d1", traceId: "t1" } });
		await vi.waitFor(() => expect(done).toHaveLength(1));
		const hub = { orderId: order._id, shopId: "s1", platform: "taobao", fence: 3, revision: 2, delivery: "d1" };
		expect(done[0]).toMatchObject({ payload: order, hub });
		expect(refused).toEqual([]);
		expect(recorder.asked).toMatchObject([{ action, meta: { actor: expect.stringMatching(/^flow:test@/) } }]);
		expect(recorder.asked[0]?.params).toEqual({ id: order._id, ...told });
		expect(statuses.at(-1)).toBe(`${type}.status.done`);
	});

	it("takes the number of the order from the payload for a trial by hand", async () => {
		const { done } = await start();
		nodeOf("step").receive({ payload: { orderId: order._id } });
		await vi.waitFor(() => expect(done).toHaveLength(1));
		expect(recorder.asked).toMatchObject([{ params: { id: order._id } }]);
	});

	it("finds the order of an event when a function node dropped msg.hub, and leaves with it what it read", async () => {
		const { done } = await start();
		const event = { id: "e1", subject: "hub.order.held", at: "", traceId: "t1", body: {} };
		const hub = { delivery: `d-${type}`, eventId: "e1", orderId: order._id, shopId: "", platform: "", traceId: "t1" };
		const delivery = { token: hub.delivery, attempt: 1, event };
		const taken = { delivery, consumer: "c", hub: { ...hub, attempt: 1, flow: "test@1" } };
		const { open, settled } = openDelivery(taken, `m-${type}`, 60_000);
		nodeOf("step").receive({ _msgid: `m-${type}`, payload: "something new" });
		await vi.waitFor(() => expect(done).toHaveLength(1));
		expect(done[0]).toMatchObject({ hub: { delivery: hub.delivery, fence: 3 } });
		expect(hubMessage({ _msgid: `m-${type}` })).toMatchObject({ shopId: "s1", fence: 3 });
		open.settle(null);
		await settled;
	});

	it.each([
		["ORDER_NOT_READY", "it is SHIPPED"],
		["PLATFORM_REFUSED", "no such order"],
	] as const)("gives the hub's %s to the second output", async (kind, detail) => {
		recorder.answers[action] = hubError(kind, detail);
		const { done, refused, errors } = await start();
		const statuses = statusesOf("step");
		nodeOf("step").receive({ hub: { orderId: order._id, delivery: "d1" } });
		await vi.waitFor(() => expect(refused).toHaveLength(1));
		expect(refused[0]).toMatchObject({ payload: { type: kind, detail }, hub: { orderId: order._id, delivery: "d1" } });
		expect([...done, ...errors]).toEqual([]);
		expect(statuses.at(-1)).toBe(`${type}.status.refused`);
	});

	it.each([
		[
			"the order is not here",
			hubError("NOT_FOUND", "no such order"),
			{},
			{ payload: { orderId: "x" } },
			"no such order",
		],
		["the store is away", hubError("STORE_UNAVAILABLE"), {}, { payload: { orderId: "x" } }, "database"],
		["the message names no order", order, {}, { payload: "none" }, "noOrder"],
		["the node has no hub", order, { hub: "gone" }, { payload: { orderId: "x" } }, "hub.error.none"],
	])("fails, once, when %s", async (_what, answer, over, msg, reason) => {
		recorder.answers[action] = answer;
		const { done, refused, errors } = await start(over);
		nodeOf("step").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
		expect([...done, ...refused]).toEqual([]);
	});
});
