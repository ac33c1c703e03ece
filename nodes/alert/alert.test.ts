import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import alert from "./alert.ts";

const answers = { "alert.raise": { id: "flow.raised:late", news: true }, "alert.settle": { id: "x", news: false } };

describe("alert", () => {
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

	const settings = {
		mode: "raise",
		key: "late",
		keyType: "str",
		level: "critical",
		reason: "too late",
		reasonType: "str",
	};
	const start = async (over: object = {}) => {
		await startFlow(
			recorder.broker,
			[alert],
			[
				{ id: "alert", type: "alert", hub: "the-hub", ...settings, ...over, wires: [["out"]] },
				{ id: "out", type: "helper" },
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				{ id: "errors", type: "helper" },
			],
		);
		return { out: arrivals("out"), errors: arrivals("errors") };
	};
	const asked = () => recorder.asked.map(({ action, params }) => ({ action, params }));

	it("raises an alert about what the message is about, and lets the message go on as it came", async () => {
		const { out } = await start();
		const statuses = statusesOf("alert");
		const hub = { orderId: "jd:s1:1", shopId: "s1", aftersaleId: "jd:s1:R1", delivery: "d", traceId: "t1" };
		nodeOf("alert").receive({ payload: { state: "REJECTED" }, hub });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]).toMatchObject({ payload: { state: "REJECTED" }, hub });
		const ref = { shopId: "s1", orderId: "jd:s1:1", aftersaleId: "jd:s1:R1" };
		expect(asked()).toEqual([
			{ action: "alert.raise", params: { key: "late", level: "critical", reason: "too late", ref } },
		]);
		expect(recorder.asked[0]?.meta).toMatchObject({ actor: expect.stringMatching(/^flow:test@/) });
		expect(statuses).toEqual(["alert.status.raised"]);
	});

	it("takes key and words from the message, which need not be about an order", async () => {
		const over = { key: "payload.id", keyType: "msg", reason: '"left: " & payload.left', reasonType: "jsonata" };
		const { out } = await start(over);
		nodeOf("alert").receive({ payload: { id: "tea", left: 2 } });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(asked()).toMatchObject([{ params: { key: "tea", reason: "left: 2", ref: {} } }]);
	});

	it("settles an alert by its key alone", async () => {
		const { out } = await start({ mode: "settle", reason: "payload.none", reasonType: "msg" });
		const statuses = statusesOf("alert");
		nodeOf("alert").receive({ payload: [] });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(asked()).toEqual([{ action: "alert.settle", params: { key: "late" } }]);
		expect(statuses).toEqual(["alert.status.settled"]);
	});

	it("knows what the message is about when a function node dropped msg.hub", async () => {
		const { out } = await start();
		const event = { id: "e1", subject: "hub.push.rejected", at: "", traceId: "t1", body: {} };
		const about = { orderId: "jd:s1:1", shopId: "s1", platform: "jd" };
		const hub = { ...about, delivery: "d-alert", eventId: "e1", traceId: "t1", attempt: 1, flow: "test@1" };
		const delivery = { token: "d-alert", attempt: 1, event };
		const { open, settled } = openDelivery({ delivery, consumer: "c", hub }, "m-alert", 60_000);
		nodeOf("alert").receive({ _msgid: "m-alert", payload: "new" });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(asked()).toMatchObject([{ params: { ref: { shopId: "s1", orderId: "jd:s1:1" } } }]);
		open.settle(null);
		await settled;
	});

	it.each([
		["the message has no key", { key: "payload.id", keyType: "msg" }, answers["alert.raise"], "noText"],
		["the node has no hub", { hub: "gone" }, answers["alert.raise"], "hub.error.none"],
		["the alert service is away", {}, hubError("STORE_UNAVAILABLE"), "database"],
	])("fails, once, when %s", async (_what, over, answer, reason) => {
		recorder.answers["alert.raise"] = answer;
		const { out, errors } = await start(over);
		nodeOf("alert").receive({ payload: {} });
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
		expect(out).toEqual([]);
	});
});
