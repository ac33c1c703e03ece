import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import ack from "../ack/ack.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import park from "./park.ts";

const event = {
	id: "e1",
	subject: "hub.order.ready",
	at: "2026-01-01T00:00:00Z",
	traceId: "t1",
	body: { orderId: "o1" },
};
const hub = {
	delivery: "d1",
	eventId: "e1",
	orderId: "o1",
	shopId: "s1",
	platform: "taobao",
	traceId: "t1",
	attempt: 1,
	flow: "test@0",
};

describe("park and ack", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "event.park": null });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		recorder.answers["event.park"] = null;
		await stopFlow();
	});

	const deliver = () =>
		openDelivery({ delivery: { token: "d1", attempt: 1, event }, consumer: "flow-in", hub }, "m1", 60_000);
	const start = (over: object = {}) =>
		startFlow(
			recorder.broker,
			[ack, park],
			[
				{ id: "ack", type: "ack" },
				{ id: "park", type: "park", hub: "the-hub", when: "last", reason: "", ...over },
			],
		);
	const caught = { message: "MoleculerError: no luck", source: { type: "erp-push" } };

	it("acknowledge the delivery that the message belongs to", async () => {
		await start();
		const { settled } = deliver();
		nodeOf("ack").receive({ hub });
		await settled;
	});

	it("let the first word count", async () => {
		await start();
		const { settled } = deliver();
		const statuses = statusesOf("park");
		nodeOf("ack").receive({ hub });
		await settled;
		nodeOf("park").receive({ hub, error: caught });
		await vi.waitFor(() => expect(statuses).toContain("park.status.nothing"));
		expect(recorder.asked).toEqual([]);
	});

	it("bring it back later with the error that was caught", async () => {
		await start();
		const { settled } = deliver();
		nodeOf("park").receive({ hub, error: caught });
		await expect(settled).rejects.toThrow("erp-push: no luck");
		expect(recorder.asked).toEqual([]);
	});

	it("park it at once, with its event and a reason of one's own", async () => {
		await start({ when: "now", reason: "wrong in itself" });
		const { settled } = deliver();
		nodeOf("park").receive({ _msgid: "m1" });
		await settled;
		const ref = { eventId: "e1", subject: event.subject, orderId: "o1" };
		const params = { id: "e1", source: "flow-in", ref, reason: "wrong in itself", event };
		expect(recorder.asked).toMatchObject([{ action: "event.park", params }]);
	});

	it("bring it back when it cannot be parked", async () => {
		recorder.answers["event.park"] = hubError("STORE_UNAVAILABLE");
		await start({ when: "now" });
		const { settled } = deliver();
		nodeOf("park").receive({ hub, error: caught });
		await expect(settled).rejects.toMatchObject({ type: "STORE_UNAVAILABLE" });
	});
});
