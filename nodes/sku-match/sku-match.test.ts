import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, stopFlow } from "../test-runtime.ts";
import skuMatch from "./sku-match.ts";

// What it has in common with other nodes is tested in ../hub/order-step.test.ts.
describe("sku-match", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "order.rematch": null });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(() => stopFlow());

	it.each([
		["no line waits for a SKU", [], "matched"],
		["it is held for something else", ["MANUAL"], "matched"],
		["a line still waits for a SKU", ["MANUAL", "SKU_UNMATCHED"], "unmatched"],
	])("sends the order where %s to the right output", async (_what, reasons, port) => {
		const holds = reasons.map((reason) => ({ reason, at: "", by: "platform" }));
		const order = { _id: "jd:s1:1", shopId: "s1", platform: "jd", fence: 0, erp: { revision: 1 }, holds };
		recorder.answers["order.rematch"] = order;
		await startFlow(
			recorder.broker,
			[skuMatch],
			[
				{ id: "match", type: "sku-match", hub: "the-hub", wires: [["matched"], ["unmatched"]] },
				{ id: "matched", type: "helper" },
				{ id: "unmatched", type: "helper" },
			],
		);
		const seen = { matched: arrivals("matched"), unmatched: arrivals("unmatched") };
		nodeOf("match").receive({ payload: { orderId: order._id } });
		await vi.waitFor(() => expect(seen[port as keyof typeof seen]).toHaveLength(1));
		expect(Object.values(seen).flat()).toMatchObject([{ payload: order }]);
	});
});
