import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import ship from "./ship.ts";

const parcel = { carrier: "SF", trackingNo: "SF1234567890123" };
const id = `taobao:s1:1:${parcel.trackingNo}`;
const accepted = { shipments: [{ id, state: "PENDING" }] };
const sent = { id, state: "PENDING" };

describe("ship", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "shipment.accept": accepted, "shipment.send": sent });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		Object.assign(recorder.answers, { "shipment.accept": accepted, "shipment.send": sent });
		await stopFlow();
	});

	const start = (over: object = {}) =>
		startFlow(
			recorder.broker,
			[ship],
			[
				{ id: "ship", type: "ship", hub: "the-hub", property: "payload", wires: [["out"], ["refused"]], ...over },
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				...["out", "refused", "errors"].map((each) => ({ id: each, type: "helper" })),
			],
		);
	const accept = { action: "shipment.accept", params: { orderId: "taobao:s1:1", parcels: [parcel] } };
	const send = { action: "shipment.send", params: { id } };
	const hub = { orderId: "taobao:s1:1", delivery: "d", traceId: "t1" };

	it.each([
		["parcels of the order that msg.hub names", {}, { payload: { parcels: [parcel] }, hub }],
		["a list of parcels", {}, { payload: [parcel], hub }],
		["parcels that name their order", {}, { payload: { orderId: "taobao:s1:1", parcels: [parcel] } }],
		["parcels in another property", { property: "sent.away" }, { payload: {}, sent: { away: [parcel] }, hub }],
	])("hands over %s", async (_what, over, msg) => {
		await start(over);
		const out = arrivals("out");
		nodeOf("ship").receive(msg);
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]?.payload).toEqual(accepted);
		expect(recorder.asked).toMatchObject([{ ...accept, meta: { actor: expect.stringMatching(/^flow:test@/) } }]);
	});

	it("lets go at once what would wait for a flow", async () => {
		recorder.answers["shipment.accept"] = {
			shipments: [
				{ id, state: "WAITING" },
				{ id: "other", state: "SHIPPED" },
			],
		};
		await start();
		const out = arrivals("out");
		nodeOf("ship").receive({ payload: [parcel], hub });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]).toMatchObject({ payload: { shipments: [sent, { id: "other", state: "SHIPPED" }] }, hub });
		expect(recorder.asked).toMatchObject([accept, send]);
	});

	it("lets the parcel go that an event tells of, when a function node dropped msg.hub too", async () => {
		await start();
		const out = arrivals("out");
		const body = { shipmentId: id, orderId: "taobao:s1:1", ...parcel, lines: [], reason: "" };
		const event = { id: "e1", subject: "hub.shipment.accepted", at: "", traceId: "t1", body };
		const told = { eventId: "e1", orderId: "taobao:s1:1", shopId: "s1", platform: "taobao", traceId: "t1" };
		const taken = { delivery: { token: "d1", attempt: 1, event }, consumer: "c" };
		const known = { ...told, delivery: "d1", attempt: 1, flow: "f" };
		const { open, settled } = openDelivery({ ...taken, hub: known }, "m1", 60_000);
		nodeOf("ship").receive({ _msgid: "m1", payload: body });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]?.payload).toEqual({ shipments: [sent] });
		expect(recorder.asked).toMatchObject([{ ...send, meta: { traceId: "t1" } }]);
		open.settle(null);
		await settled;
	});

	it.each([
		["CARRIER_UNKNOWN", hubError("CARRIER_UNKNOWN", "DRONE"), "DRONE"],
		["INVALID", hubError("INVALID", "the order has no line 9"), "the order has no line 9"],
		["CONFLICT", hubError("CONFLICT", "parcel SF1 was given with another carrier"), "parcel SF1 was given with"],
	] as const)("sends the refusal %s to the second output, with its detail", async (type, refusal, detail) => {
		recorder.answers["shipment.accept"] = refusal;
		await start();
		const [out, refused, statuses] = [arrivals("out"), arrivals("refused"), statusesOf("ship")];
		nodeOf("ship").receive({ payload: [parcel], hub });
		await vi.waitFor(() => expect(refused).toHaveLength(1));
		expect(refused[0]).toMatchObject({ payload: { type, detail: expect.stringContaining(detail) }, hub });
		expect(out).toEqual([]);
		expect(statuses.at(-1)).toBe("ship.status.refused");
	});

	it.each([
		["the order is not there yet", hubError("NOT_FOUND", "order x"), { payload: [parcel], hub }, "order x"],
		["the store does not answer", hubError("STORE_UNAVAILABLE"), { payload: [parcel], hub }, "database"],
		["the message holds no parcels", accepted, { payload: "SF1", hub }, "noParcels"],
		["the message holds nothing", accepted, { hub }, "noParcels"],
		["the message names no order", accepted, { payload: [parcel] }, "noOrder"],
	])("is an error when %s", async (_what, answer, msg, reason) => {
		recorder.answers["shipment.accept"] = answer;
		await start();
		const errors = arrivals("errors");
		nodeOf("ship").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});
});
