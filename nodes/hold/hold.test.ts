import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Desk, startDesk } from "../../services/order/desk.testbed.ts";
import type { Order } from "../../services/order/order.ts";
import release from "../release/release.ts";
import { arrivals, nodeOf, startFlow, stopFlow, within } from "../test-runtime.ts";
import hold from "./hold.ts";

// What they have in common with other nodes is tested in ../hub/order-step.test.ts.
describe("hold and release, with the order service", () => {
	let desk: Desk;
	beforeAll(async () => {
		desk = await startDesk();
	});
	afterAll(() => desk.stop());
	afterEach(() => stopFlow());

	const start = async () => {
		await startFlow(
			desk.broker,
			[hold, release],
			[
				{ id: "hold", type: "hold", hub: "the-hub", reason: "RISK", note: "a large order", wires: [["done"], ["no"]] },
				{ id: "release", type: "release", hub: "the-hub", reason: "RISK", note: "", wires: [["done"], ["no"]] },
				{ id: "done", type: "helper" },
				{ id: "no", type: "helper" },
			],
		);
		return { done: arrivals("done"), no: arrivals("no") };
	};

	it("hold an order in the name of the flow, and let it go again", async () => {
		const id = await desk.save();
		const { done } = await start();
		nodeOf("hold").receive({ payload: { orderId: id } });
		await vi.waitFor(() => expect(done).toHaveLength(1), within);
		const held = done[0]?.payload as Order;
		expect(held.holds).toContainEqual({
			reason: "RISK",
			at: expect.any(Date),
			by: expect.stringMatching(/^flow:test@[0-9a-f]{8}$/),
		});
		expect(done[0]).toMatchObject({ hub: { orderId: id, fence: held.fence } });
		nodeOf("release").receive({ payload: null, hub: { orderId: id } });
		await vi.waitFor(() => expect(done).toHaveLength(2), within);
		expect((await desk.get(id)).holds.map(({ reason }) => reason)).not.toContain("RISK");
	});

	it("are told no where there is nothing to hold or to release", async () => {
		const [shipped, free] = [await desk.save({ status: "SHIPPED" }), await desk.save()];
		const { done, no } = await start();
		nodeOf("hold").receive({ payload: { orderId: shipped } });
		nodeOf("release").receive({ payload: { orderId: free } });
		await vi.waitFor(() => expect(no).toHaveLength(2), within);
		const told = no.map(({ payload, hub }) => [payload, (hub as { orderId: string }).orderId]);
		expect(told).toContainEqual([{ type: "ORDER_NOT_READY", detail: "it is SHIPPED" }, shipped]);
		expect(told).toContainEqual([
			{ type: "ORDER_NOT_READY", detail: expect.stringContaining("not held for RISK") },
			free,
		]);
		expect(done).toEqual([]);
	});
});
