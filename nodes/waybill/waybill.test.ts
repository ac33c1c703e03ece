import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type ErrorType, hubError } from "../../config/errors.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import waybill from "./waybill.ts";

const taken = { _id: "taobao:s1:1:1", state: "TAKEN", carrier: "ZTO", trackingNo: "784001" };
const recycled = { ...taken, state: "RECYCLED" };
const hub = { orderId: "taobao:s1:1", delivery: "d1", traceId: "t1" };

describe("waybill", () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({ "waybill.take": taken, "waybill.recycle": recycled });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		Object.assign(recorder.answers, { "waybill.take": taken, "waybill.recycle": recycled });
		await stopFlow();
	});

	const settings = {
		action: "take",
		carrier: "ZTO",
		branchCode: "",
		accountCode: "",
		senderName: "仓库",
		senderPhone: "057188886666",
	};
	const start = async (over: object = {}) => {
		await startFlow(
			recorder.broker,
			[waybill],
			[
				{ id: "waybill", type: "waybill", hub: "the-hub", ...settings, wires: [["done"], ["refused"]], ...over },
				{ id: "done", type: "helper" },
				{ id: "refused", type: "helper" },
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				{ id: "errors", type: "helper" },
			],
		);
		const seen = { done: arrivals("done"), refused: arrivals("refused"), errors: arrivals("errors") };
		return { ...seen, statuses: statusesOf("waybill") };
	};

	it("takes a number for the order of the message, in the name of the flow", async () => {
		const { done, refused, statuses } = await start();
		nodeOf("waybill").receive({ payload: { _id: hub.orderId, status: "WAIT_SHIP" }, hub });
		await vi.waitFor(() => expect(done).toHaveLength(1));
		expect(done[0]).toMatchObject({ payload: taken, hub });
		expect(refused).toHaveLength(0);
		expect(recorder.asked).toMatchObject([
			{ action: "waybill.take", meta: { actor: expect.stringMatching(/^flow:test@/), traceId: "t1" } },
		]);
		const sender = { name: "仓库", phone: "057188886666" };
		expect(recorder.asked[0]?.params).toEqual({ orderId: hub.orderId, carrier: "ZTO", sender });
		expect(statuses.at(-1)).toBe("waybill.status.done");
	});

	it("goes by what the message says of the parcel before its own settings", async () => {
		const { done } = await start({ branchCode: "571001", accountCode: "A1" });
		const sender = { name: "二号仓", phone: "057188887777", province: "浙江省" };
		const parcel = { parcelNo: 2, carrier: "SF", branchCode: "", accountCode: "A2", weightGram: 500, sender };
		nodeOf("waybill").receive({ payload: { orderId: "jd:s2:9", ...parcel } });
		await vi.waitFor(() => expect(done).toHaveLength(1));
		expect(recorder.asked[0]?.params).toEqual({ orderId: "jd:s2:9", ...parcel, branchCode: "571001" });
	});

	it("gives back the number of the parcel", async () => {
		const { done, statuses } = await start({ action: "recycle" });
		nodeOf("waybill").receive({ payload: { parcelNo: 2 }, hub });
		await vi.waitFor(() => expect(done).toHaveLength(1));
		expect(recorder.asked).toMatchObject([{ action: "waybill.recycle", params: { id: "taobao:s1:1:2" } }]);
		expect(done[0]).toMatchObject({ payload: recycled });
		expect(statuses.at(-1)).toBe("waybill.status.done");
	});

	it.each<[ErrorType]>([
		["ORDER_HELD"],
		["ORDER_NOT_READY"],
		["PLATFORM_REFUSED"],
		["PLATFORM_UNSUPPORTED"],
		["CARRIER_UNKNOWN"],
		["CONFLICT"],
		["INVALID"],
	])("sends a no (%s) to the second output, with the reason", async (type) => {
		recorder.answers["waybill.take"] = hubError(type, "because");
		const { done, refused, errors } = await start();
		nodeOf("waybill").receive({ payload: {}, hub });
		await vi.waitFor(() => expect(refused).toHaveLength(1));
		expect(refused[0]).toMatchObject({ payload: { type, detail: "because" }, hub });
		expect([...done, ...errors]).toHaveLength(0);
	});

	it.each([
		["the platform does not answer", hubError("PLATFORM_UNREACHABLE", "reset"), { hub }, {}, "reset"],
		["the number is being asked for", hubError("STILL_ANSWERING", "busy"), { hub }, {}, "busy"],
		["the message names no order", taken, { payload: {} }, {}, "noOrder"],
		["nobody names a carrier", taken, { hub }, { carrier: "" }, "noCarrier"],
		["nobody names a sender", taken, { hub }, { senderPhone: "" }, "noSender"],
		["no hub is chosen", taken, { hub }, { hub: "gone" }, "hub.error.none"],
	])("is an error when %s", async (_name, answer, msg, over, reason) => {
		recorder.answers["waybill.take"] = answer;
		const { done, refused, errors } = await start(over);
		nodeOf("waybill").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
		expect([...done, ...refused]).toHaveLength(0);
	});
});
