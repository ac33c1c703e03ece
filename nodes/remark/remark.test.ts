import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, stopFlow } from "../test-runtime.ts";
import remark from "./remark.ts";

const order = { _id: "jd:s1:1", shopId: "s1", platform: "jd", fence: 0, erp: { revision: 1 }, holds: [] };

// What it has in common with other nodes is tested in ../hub/order-step.test.ts.
describe("remark", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "order.remark": order });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		await stopFlow();
	});

	const start = async (settings: object) => {
		await startFlow(
			recorder.broker,
			[remark],
			[
				{ id: "remark", type: "remark", hub: "the-hub", flag: "", ...settings, wires: [["done"], []] },
				{ id: "done", type: "helper" },
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				{ id: "errors", type: "helper" },
			],
		);
		return { done: arrivals("done"), errors: arrivals("errors") };
	};
	const msg = () => ({ payload: { docNo: "E1", count: 7, lines: [] }, hub: { orderId: order._id } });

	it.each([
		["as it stands in the dialog", { text: " by hand ", textType: "str" }, { text: "by hand" }],
		["empty, which clears the note", { text: "", textType: "str" }, { text: "" }],
		["a property of the message", { text: "payload.docNo", textType: "msg" }, { text: "E1" }],
		["a number of the message", { text: "payload.count", textType: "msg" }, { text: "7" }],
		["worked out", { text: '"ERP " & payload.docNo', textType: "jsonata" }, { text: "ERP E1" }],
		["with a flag", { text: "x", textType: "str", flag: "blue" }, { text: "x", flag: "blue" }],
		["without the flag that was there", { text: "x", textType: "str", flag: "none" }, { text: "x", flag: "" }],
	])("writes text %s", async (_what, settings, told) => {
		const { done } = await start(settings);
		nodeOf("remark").receive(msg());
		await vi.waitFor(() => expect(done).toHaveLength(1));
		expect(recorder.asked.map(({ params }) => params)).toEqual([{ id: order._id, ...told }]);
	});

	it.each([
		["nothing", { text: "payload.none", textType: "msg" }],
		["no text", { text: "payload.lines", textType: "msg" }],
		["nothing, worked out", { text: "payload.none", textType: "jsonata" }],
	])("does not clear the note where the message has %s", async (_what, settings) => {
		const { errors } = await start(settings);
		nodeOf("remark").receive(msg());
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining("noText") } });
		expect(recorder.asked).toEqual([]);
	});

	it("fails on an expression that is none", async () => {
		const { errors } = await start({ text: "payload.(", textType: "jsonata" });
		nodeOf("remark").receive(msg());
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(recorder.asked).toEqual([]);
	});
});
