import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import stockPush from "./stock-push.ts";

const pushed = { told: 2, unchanged: 1, waiting: 0, failed: [] };
const failure = { id: "taobao:s1:1:11", linkId: "taobao:s1:sku:11", reason: "The platform refused" };

describe("stock-push", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "stock.push": pushed });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["stock.push"] = pushed;
		await stopFlow();
	});

	const flow = (over: object = {}) => [
		{ id: "push", type: "stock-push", hub: "the-hub", wires: [["told"], ["some"]], ...over },
		{ id: "told", type: "helper" },
		{ id: "some", type: "helper" },
		{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
		{ id: "errors", type: "helper" },
	];
	const start = async (over: object = {}) => {
		await startFlow(recorder.broker, [stockPush], flow(over));
		return { told: arrivals("told"), some: arrivals("some"), errors: arrivals("errors"), statuses: statusesOf("push") };
	};

	it("tells of the SKU of an event, in the name of the flow", async () => {
		const { told, some, statuses } = await start();
		const hub = { delivery: "d1", traceId: "t1" };
		nodeOf("push").receive({ payload: { erpSku: "CUP", quantity: 3, before: 5 }, hub });
		await vi.waitFor(() => expect(told).toHaveLength(1));
		expect(told[0]).toMatchObject({ payload: pushed, hub });
		expect(some).toHaveLength(0);
		expect(recorder.asked).toMatchObject([
			{ action: "stock.push", params: { erpSku: "CUP" }, meta: { actor: expect.stringMatching(/^flow:test@/) } },
		]);
		expect(statuses.at(-1)).toContain("stock-push.status.done");
	});

	it("tells of each SKU of a list once and adds up what became of them", async () => {
		recorder.answers["stock.push"] = { ...pushed, failed: [failure] };
		const { told, some, statuses } = await start();
		nodeOf("push").receive({ payload: { items: [{ erpSku: "CUP" }, { erpSku: "LID" }, { erpSku: "CUP" }] } });
		await vi.waitFor(() => expect(some).toHaveLength(1));
		const failed = [
			{ ...failure, erpSku: "CUP" },
			{ ...failure, erpSku: "LID" },
		];
		expect(some[0]).toMatchObject({ payload: { told: 4, unchanged: 2, waiting: 0, failed } });
		expect(told).toHaveLength(0);
		expect(recorder.asked.map(({ params }) => params)).toEqual([{ erpSku: "CUP" }, { erpSku: "LID" }]);
		expect(statuses.at(-1)).toContain("stock-push.status.refused");
	});

	it.each([
		["the message names no SKU", pushed, { payload: { items: [{}, null] } }, {}, "noSku"],
		["there is no payload", pushed, {}, {}, "noSku"],
		["no hub is chosen", pushed, { payload: { erpSku: "CUP" } }, { hub: "gone" }, "hub.error.none"],
		["no stock is known", hubError("NOT_FOUND", "no stock"), { payload: { erpSku: "CUP" } }, {}, "no stock"],
	])("is an error when %s", async (_name, answer, msg, over, reason) => {
		recorder.answers["stock.push"] = answer;
		const { told, some, errors } = await start(over);
		nodeOf("push").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
		expect([...told, ...some]).toHaveLength(0);
	});
});
