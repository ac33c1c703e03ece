import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, stopFlow } from "../test-runtime.ts";
import erpPush from "./erp-push.ts";

const result = { pushId: "erp-1:order:o1", state: "OK", docNo: "E1", reason: "" };

describe("erp-push", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "erp.push": result });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["erp.push"] = result;
		await stopFlow();
	});

	const flow = (over: object = {}) => [
		{
			id: "push",
			type: "erp-push",
			hub: "the-hub",
			connection: "the-erp",
			wires: [["ok"], ["rejected"], ["doubt"]],
			...over,
		},
		{ id: "ok", type: "helper" },
		{ id: "rejected", type: "helper" },
		{ id: "doubt", type: "helper" },
		{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
		{ id: "errors", type: "helper" },
	];
	const ports = ["ok", "rejected", "doubt", "errors"];
	const msg = (): { payload: unknown; hub: object } => ({
		payload: { no: "1" },
		hub: { orderId: "o1", traceId: "t1", delivery: "d" },
	});

	it.each([
		["OK", "ok"],
		["REJECTED", "rejected"],
		["PARKED", "rejected"],
		["IN_DOUBT", "doubt"],
	])("sends %s to the output %s and nowhere else", async (state, port) => {
		recorder.answers["erp.push"] = { ...result, state };
		await startFlow(recorder.broker, [erpPush], flow());
		const seen = Object.fromEntries(ports.map((each) => [each, arrivals(each)]));
		nodeOf("push").receive(msg());
		await vi.waitFor(() => expect(seen[port]).toHaveLength(1));
		expect(seen[port]?.[0]).toMatchObject({ payload: { ...result, state }, hub: { orderId: "o1", delivery: "d" } });
		expect(Object.values(seen).flat()).toHaveLength(1);
	});

	it("asks for the document of the order by the chosen connection, in the name of the flow", async () => {
		await startFlow(recorder.broker, [erpPush], flow());
		const ok = arrivals("ok");
		nodeOf("push").receive(msg());
		await vi.waitFor(() => expect(ok).toHaveLength(1));
		expect(recorder.asked).toMatchObject([
			{
				params: { connectionId: "erp-1", kind: "order", orderId: "o1", document: { no: "1" } },
				meta: { actor: expect.stringMatching(/^flow:test@/), traceId: "t1" },
			},
		]);
	});

	it.each([
		["order", { revision: 2 }],
		["change", { revision: 2 }],
		["cancel", { revision: 2 }],
		["aftersale", { aftersaleId: "a1" }],
	])("asks for the %s that is chosen, of what the message names", async (kind, named) => {
		await startFlow(recorder.broker, [erpPush], flow({ kind }));
		const ok = arrivals("ok");
		nodeOf("push").receive({ ...msg(), hub: { orderId: "o1", aftersaleId: "a1", revision: 2, fence: 7 } });
		await vi.waitFor(() => expect(ok).toHaveLength(1));
		const params = { connectionId: "erp-1", kind, orderId: "o1", ...named, document: { no: "1" }, fence: 7 };
		expect(recorder.asked).toMatchObject([{ params }]);
		expect(recorder.asked[0]?.params).toEqual(params);
	});

	it.each([
		["the erp service fails", new Error("no such connection"), {}, msg(), "no such connection"],
		["no connection is chosen", result, { connection: "" }, msg(), "erp-connection.error.none"],
		["the message names no order", result, {}, { payload: {} }, "noOrder"],
		["the message names no after-sale", result, { kind: "aftersale" }, msg(), "noAftersale"],
	])("is an error when %s", async (_name, answer, over, message, reason) => {
		recorder.answers["erp.push"] = answer;
		await startFlow(recorder.broker, [erpPush], flow(over));
		const errors = arrivals("errors");
		nodeOf("push").receive(message);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});
});
