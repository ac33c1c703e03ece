import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import erpVerify from "./erp-verify.ts";

const answer = { found: { state: "FOUND", docNo: "E1" }, push: { _id: "erp-1:order:o1", state: "OK" } };

describe("erp-verify", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "erp.verify": answer });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["erp.verify"] = answer;
		await stopFlow();
	});

	const ports = ["there", "notThere", "unknown", "errors"];
	const start = (over: object = {}) =>
		startFlow(
			recorder.broker,
			[erpVerify],
			[
				{
					id: "verify",
					type: "erp-verify",
					hub: "the-hub",
					connection: "the-erp",
					kind: "order",
					wires: [["there"], ["notThere"], ["unknown"]],
					...over,
				},
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				...ports.map((id) => ({ id, type: "helper" })),
			],
		);

	it.each([
		["FOUND", "there"],
		["NOT_FOUND", "notThere"],
		["UNKNOWN", "unknown"],
	])("sends %s to the output %s and nowhere else", async (state, port) => {
		const told = { ...answer, found: { state } };
		recorder.answers["erp.verify"] = told;
		await start();
		const seen = Object.fromEntries(ports.map((each) => [each, arrivals(each)]));
		const statuses = statusesOf("verify");
		nodeOf("verify").receive({ payload: { pushId: "erp-1:order:o1" }, hub: { orderId: "o1", delivery: "d" } });
		await vi.waitFor(() => expect(seen[port]).toHaveLength(1));
		expect(seen[port]?.[0]).toMatchObject({ payload: told, hub: { orderId: "o1", delivery: "d" } });
		expect(Object.values(seen).flat()).toHaveLength(1);
		expect(statuses.at(-1)).toBe(`erp-verify.status.${state}`);
	});

	it.each([
		["the push that the payload names", {}, { payload: { pushId: "p" }, hub: { orderId: "o1" } }, "p"],
		["the order's document", {}, { hub: { orderId: "o1" } }, "erp-1:order:o1"],
		["the order's later document", {}, { hub: { orderId: "o1", revision: 2 } }, "erp-1:order:o1:2"],
		["its cancel", { kind: "cancel" }, { hub: { orderId: "o1", revision: 1 } }, "erp-1:cancel:o1"],
		[
			"the after-sale's",
			{ kind: "aftersale" },
			{ hub: { orderId: "o1", aftersaleId: "a1", revision: 2 } },
			"erp-1:aftersale:a1",
		],
		["an order named by hand", {}, { payload: { orderId: "o2" } }, "erp-1:order:o2"],
	])("asks for %s, in the name of the flow", async (_what, over, msg, id) => {
		await start(over);
		const there = arrivals("there");
		nodeOf("verify").receive(msg);
		await vi.waitFor(() => expect(there).toHaveLength(1));
		const meta = { actor: expect.stringMatching(/^flow:test@/) };
		expect(recorder.asked).toMatchObject([{ action: "erp.verify", params: { id }, meta }]);
	});

	it("knows the order by its delivery when a function node dropped msg.hub", async () => {
		await start();
		const there = arrivals("there");
		const event = { id: "e1", subject: "hub.order.pushed", at: "", traceId: "t1", body: {} };
		const hub = { delivery: "d1", eventId: "e1", orderId: "o1", shopId: "s1", platform: "jd", traceId: "t1" };
		const taken = {
			delivery: { token: "d1", attempt: 1, event },
			consumer: "c",
			hub: { ...hub, attempt: 1, flow: "f" },
		};
		const { open, settled } = openDelivery(taken, "m1", 60_000);
		nodeOf("verify").receive({ _msgid: "m1" });
		await vi.waitFor(() => expect(there).toHaveLength(1));
		expect(recorder.asked).toMatchObject([{ params: { id: "erp-1:order:o1" }, meta: { traceId: "t1" } }]);
		open.settle(null);
		await settled;
	});

	it.each([
		["the message names nothing", answer, {}, { payload: 1 }, "noOrder"],
		["the message names no after-sale", answer, { kind: "aftersale" }, { hub: { orderId: "o1" } }, "noAftersale"],
		["no connection is chosen", answer, { connection: "" }, { hub: { orderId: "o1" } }, "erp-connection.error.none"],
		["it was never pushed", hubError("NOT_FOUND", "push p"), {}, { payload: { pushId: "p" } }, "push p"],
	])("is an error when %s", async (_name, told, over, msg, reason) => {
		recorder.answers["erp.verify"] = told;
		await start(over);
		const errors = arrivals("errors");
		nodeOf("verify").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});
});
