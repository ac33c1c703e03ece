import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { choices } from "../hub/choices.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import aftersaleDecide from "./aftersale-decide.ts";
import { details } from "./answers.ts";

const view = { _id: "jd:s1:R1", decision: { action: "AGREE_REFUND", state: "PENDING" } };

describe("aftersale-decide", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "aftersale.decide": view });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["aftersale.decide"] = view;
		await stopFlow();
	});

	const empty = Object.fromEntries(details.map((field) => [field, ""]));
	const types = Object.fromEntries(details.map((field) => [`${field}Type`, "str"]));
	const start = (over: object = {}) =>
		startFlow(
			recorder.broker,
			[aftersaleDecide],
			[
				{
					id: "decide",
					type: "aftersale-decide",
					hub: "the-hub",
					action: "AGREE_REFUND",
					rule: "unshipped",
					...empty,
					...types,
					wires: [["out"], ["refused"]],
					...over,
				},
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				...["out", "refused", "errors"].map((id) => ({ id, type: "helper" })),
			],
		);
	const hub = { aftersaleId: "jd:s1:R1", orderId: "jd:s1:1", delivery: "d", traceId: "t1" };

	it("gives the answer in the name of the flow and of its rule", async () => {
		await start();
		const [out, statuses] = [arrivals("out"), statusesOf("decide")];
		nodeOf("decide").receive({ payload: { aftersale: {}, order: {} }, hub });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]).toMatchObject({ payload: view, hub });
		const params = { id: "jd:s1:R1", action: "AGREE_REFUND", ...empty };
		const meta = { actor: expect.stringMatching(/^flow:test\/unshipped@[0-9a-f]{8}$/), traceId: "t1" };
		expect(recorder.asked).toMatchObject([{ params, meta }]);
		expect(statuses.at(-1)).toBe("aftersale-decide.status.done");
	});

	it.each([
		[
			"its settings",
			{ action: "REFUSE", reasonCode: "7", note: "words.kind", noteType: "msg" },
			{ words: { kind: " 请联系客服 " }, hub },
			{ action: "REFUSE", reasonCode: "7", note: "请联系客服" },
		],
		[
			"the message where it has none",
			{ action: "" },
			{ payload: { action: "SHIP_EXCHANGE", carrier: "SF", trackingNo: "SF1" }, hub },
			{ action: "SHIP_EXCHANGE", carrier: "SF", trackingNo: "SF1" },
		],
		[
			"its settings before the message",
			{ action: "AGREE_RETURN", addressId: "A1" },
			{ payload: { action: "REFUSE", addressId: "A2", aftersaleId: "jd:s1:R1" } },
			{ action: "AGREE_RETURN", addressId: "A1" },
		],
	])("takes what goes with the answer from %s", async (_what, over, msg, given) => {
		await start(over);
		const out = arrivals("out");
		nodeOf("decide").receive(msg);
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(recorder.asked).toMatchObject([{ params: { id: "jd:s1:R1", ...empty, ...given } }]);
	});

	it("knows the after-sale by its delivery when a function node dropped msg.hub", async () => {
		await start();
		const out = arrivals("out");
		const event = { id: "e1", subject: "hub.aftersale.created", at: "", traceId: "t1", body: {} };
		const told = { ...hub, delivery: "d1", eventId: "e1", shopId: "s1", platform: "jd", attempt: 1, flow: "f" };
		const taken = { delivery: { token: "d1", attempt: 1, event }, consumer: "c", hub: told };
		const { open, settled } = openDelivery(taken, "m1", 60_000);
		nodeOf("decide").receive({ _msgid: "m1", payload: {} });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(recorder.asked).toMatchObject([{ params: { id: "jd:s1:R1" }, meta: { traceId: "t1" } }]);
		open.settle(null);
		await settled;
	});

	it("sends a refusal to the second output", async () => {
		recorder.answers["aftersale.decide"] = hubError("AFTERSALE_NOT_READY", "legal: nothing");
		await start();
		const [out, refused] = [arrivals("out"), arrivals("refused")];
		nodeOf("decide").receive({ hub });
		await vi.waitFor(() => expect(refused).toHaveLength(1));
		expect(refused[0]).toMatchObject({ payload: { type: "AFTERSALE_NOT_READY", detail: "legal: nothing" }, hub });
		expect(out).toEqual([]);
	});

	it.each([
		["an agreement without a rule", { rule: " " }, { hub }, "noRule"],
		["no answer", { action: "" }, { payload: {}, hub }, "noAction"],
		["an answer there is not", { action: "" }, { payload: { action: "GIVE_IN" }, hub }, "noAction"],
		["no after-sale", {}, { payload: "none" }, "noAftersale"],
		["something else than text", { action: "REFUSE" }, { payload: { reasonCode: ["7"] }, hub }, "noText"],
	])("is an error for %s, and nothing is decided", async (_what, over, msg, reason) => {
		await start(over);
		const errors = arrivals("errors");
		nodeOf("decide").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
		expect(recorder.asked).toEqual([]);
	});

	it("has a row in its dialog for whatever goes with an answer", async () => {
		const dialog = readFileSync(path.join(import.meta.dirname, "aftersale-decide.html"), "utf8");
		const fields = (await choices.answers()).flatMap(({ fields = [] }) => fields);
		expect(details).toEqual(expect.arrayContaining(fields));
		for (const field of fields) expect(dialog).toContain(`id="aftersale-decide-row-${field}"`);
		for (const field of details) expect(dialog).toContain(`id="node-input-${field}Type"`);
	});
});
