import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { revealPurposes } from "../../services/platform/adapter.ts";
import { choices } from "../hub/choices.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import reveal from "./reveal.ts";

const receiver = { name: "王小明", phone: "18400000000", address: "测试路 1 号", province: "浙江省", city: "杭州市" };

describe("reveal", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "order.reveal": receiver });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["order.reveal"] = receiver;
		await stopFlow();
	});

	const start = (over: object = {}) =>
		startFlow(
			recorder.broker,
			[reveal],
			[
				{
					id: "reveal",
					type: "reveal",
					hub: "the-hub",
					purpose: "push",
					property: "receiver",
					wires: [["out"], ["refused"]],
					...over,
				},
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				...["out", "refused", "errors"].map((id) => ({ id, type: "helper" })),
			],
		);
	const hub = { orderId: "jd:s1:1", delivery: "d", traceId: "t1" };

	it.each([
		["msg.receiver", {}, { payload: { no: "1" }, receiver }],
		["the property that is chosen", { property: "erp.to" }, { payload: { no: "1" }, erp: { to: receiver } }],
	])("puts the receiver into %s and leaves the rest as it is", async (_what, over, expected) => {
		await start(over);
		const out = arrivals("out");
		nodeOf("reveal").receive({ payload: { no: "1" }, hub });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		const { _msgid, ...seen } = out[0] ?? {};
		expect(seen).toEqual({ ...expected, hub });
	});

	it("asks with the purpose, in the name and revision of the flow, and shows nothing of the answer on the node", async () => {
		await start();
		const [out, statuses] = [arrivals("out"), statusesOf("reveal")];
		nodeOf("reveal").receive({ payload: { orderId: "jd:s1:2" } });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		const meta = { actor: expect.stringMatching(/^flow:test@[0-9a-f]{8}$/) };
		expect(recorder.asked).toMatchObject([{ params: { id: "jd:s1:2", purpose: "push" }, meta }]);
		expect(statuses).toEqual(["reveal.status.working", "reveal.status.done"]);
	});

	it("knows the order by its delivery when a function node dropped msg.hub, and leaves no receiver with it", async () => {
		await start();
		const out = arrivals("out");
		const event = { id: "e1", subject: "hub.order.ready", at: "", traceId: "t1", body: {} };
		const told = { ...hub, delivery: "d1", eventId: "e1", shopId: "s1", platform: "jd", attempt: 1, flow: "f" };
		const taken = { delivery: { token: "d1", attempt: 1, event }, consumer: "c", hub: told };
		const { open, settled } = openDelivery(taken, "m1", 60_000);
		nodeOf("reveal").receive({ _msgid: "m1" });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(recorder.asked).toMatchObject([{ params: { id: "jd:s1:1" }, meta: { traceId: "t1" } }]);
		expect(JSON.stringify([open.hub, open.delivery])).not.toContain(receiver.name);
		open.settle(null);
		await settled;
	});

	it.each([
		["TOO_MANY_REQUESTS", hubError("TOO_MANY_REQUESTS", "shop s1 has used its 5 of today")],
		["PLATFORM_UNSUPPORTED", hubError("PLATFORM_UNSUPPORTED", "weixin: reveal")],
		["PLATFORM_REFUSED", hubError("PLATFORM_REFUSED", "no permission")],
	] as const)("sends the refusal %s to the second output, without a receiver", async (type, refusal) => {
		recorder.answers["order.reveal"] = refusal;
		await start();
		const [out, refused] = [arrivals("out"), arrivals("refused")];
		nodeOf("reveal").receive({ hub });
		await vi.waitFor(() => expect(refused).toHaveLength(1));
		expect(refused[0]).toMatchObject({ payload: { type, detail: expect.any(String) }, hub });
		expect(refused[0]).not.toHaveProperty("receiver");
		expect(out).toEqual([]);
	});

	it.each([
		["no purpose is chosen", receiver, { purpose: "" }, { hub }, "noPurpose"],
		["the message names no order", receiver, {}, { payload: null }, "noOrder"],
		["the platform does not answer", hubError("PLATFORM_UNREACHABLE", "timed out"), {}, { hub }, "timed out"],
	])("is an error when %s", async (_what, answer, over, msg, reason) => {
		recorder.answers["order.reveal"] = answer;
		await start(over);
		const errors = arrivals("errors");
		nodeOf("reveal").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});

	it("offers every purpose there is", async () => {
		expect((await choices.purposes()).map(({ value }) => value)).toEqual(revealPurposes);
	});
});
