import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import taobaoService from "../../services/platform/taobao/taobao.service.ts";
import { openDelivery } from "../order-in/deliveries.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow } from "../test-runtime.ts";
import { operationFields, operations } from "./operations.ts";
import platformCall from "./platform-call.ts";

const shipped = [{ carrier: "SF", trackingNo: "SF1", lineId: "1" }];
const addresses = [{ id: "A1", text: "浙江省 杭州市 测试路 1 号 王小明 18400000000", isDefault: true }];
const sender = [{ province: "浙江省", city: "杭州市", district: "", town: "", address: "测试路 1 号" }];
const account = { carrier: "SF", branchCode: "571", branchName: "杭州", accountCode: "M1", left: 12 };

describe("platform-call", () => {
	let recorder: Recorder;
	const answers: Record<string, unknown> = {
		"shop.get": { _id: "s1", platform: "taobao" },
		"platform.taobao.shipped": shipped,
		"platform.taobao.carriers": [{ carrier: "SF", code: "SF" }],
		"platform.taobao.aftersales.reasons": [],
		"platform.taobao.aftersales.addresses": addresses,
		"platform.taobao.waybill.accounts": [{ ...account, sender }],
	};
	beforeAll(async () => {
		recorder = await startRecorder({ ...answers });
	});
	afterAll(() => recorder.broker.stop());
	afterEach(async () => {
		recorder.asked.length = 0;
		Object.assign(recorder.answers, answers);
		await stopFlow();
	});

	const empty = Object.fromEntries(
		operationFields.flatMap((field) => [
			[field, ""],
			[`${field}Type`, "str"],
		]),
	);
	const start = (over: object = {}) =>
		startFlow(
			recorder.broker,
			[platformCall],
			[
				{
					id: "call",
					type: "platform-call",
					hub: "the-hub",
					operation: "shipped",
					shopId: "",
					...empty,
					wires: [["out"], ["refused"]],
					...over,
				},
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				...["out", "refused", "errors"].map((id) => ({ id, type: "helper" })),
			],
		);
	const hub = { orderId: "taobao:s1:42", aftersaleId: "taobao:s1:R7", shopId: "s1", delivery: "d", traceId: "t1" };

	it.each([
		["of the order that msg.hub names", "shipped", {}, { hub }, { shopId: "s1", orderNo: "42" }],
		[
			"of the payload's before that",
			"shipped",
			{},
			{ payload: { orderNo: "43" }, hub },
			{ shopId: "s1", orderNo: "43" },
		],
		[
			"of its settings before both",
			"shipped",
			{ orderNo: "44" },
			{ payload: { orderNo: "43" }, hub },
			{ shopId: "s1", orderNo: "44" },
		],
		[
			"of a property",
			"shipped",
			{ orderNo: "no", orderNoType: "msg" },
			{ no: "45", hub },
			{ shopId: "s1", orderNo: "45" },
		],
		["of the after-sale", "aftersales.reasons", {}, { hub }, { shopId: "s1", aftersaleNo: "R7" }],
		["of the chosen shop", "aftersales.addresses", { shopId: "s2" }, { hub }, { shopId: "s2" }],
		[
			"of a shop named by hand",
			"waybill.accounts",
			{ carrier: "SF" },
			{ payload: { shopId: "s3" } },
			{ shopId: "s3", carrier: "SF" },
		],
		["of no shop where all have the same", "carriers", {}, { hub }, {}],
	])("asks %s", async (_what, operation, over, msg, params) => {
		await start({ operation, ...over });
		const out = arrivals("out");
		nodeOf("call").receive(msg);
		await vi.waitFor(() => expect(out).toHaveLength(1));
		const meta = { actor: expect.stringMatching(/^flow:test@/) };
		const [shop, asked] = recorder.asked;
		expect([shop, asked]).toMatchObject([
			{ action: "shop.get", meta },
			{ action: `platform.taobao.${operation}`, meta },
		]);
		expect(asked?.params).toEqual(params);
	});

	it.each([
		["shipped", shipped],
		["aftersales.addresses", [{ id: "A1", isDefault: true }]],
		["waybill.accounts", [account]],
	])("passes on what %s answers, without anybody's name, phone or address", async (operation, payload) => {
		await start({ operation, carrier: "SF" });
		const [out, statuses] = [arrivals("out"), statusesOf("call")];
		nodeOf("call").receive({ hub });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(out[0]).toMatchObject({ hub });
		expect(out[0]?.payload).toEqual(payload);
		expect(statuses.at(-1)).toBe("platform-call.status.done");
	});

	it("knows shop and order by the delivery when a function node dropped msg.hub", async () => {
		await start();
		const out = arrivals("out");
		const event = { id: "e1", subject: "hub.order.changed", at: "", traceId: "t1", body: {} };
		const told = { ...hub, delivery: "d1", eventId: "e1", platform: "taobao", attempt: 1, flow: "f" };
		const taken = { delivery: { token: "d1", attempt: 1, event }, consumer: "c", hub: told };
		const { open, settled } = openDelivery(taken, "m1", 60_000);
		nodeOf("call").receive({ _msgid: "m1" });
		await vi.waitFor(() => expect(out).toHaveLength(1));
		expect(recorder.asked[1]).toMatchObject({ params: { shopId: "s1", orderNo: "42" }, meta: { traceId: "t1" } });
		open.settle(null);
		await settled;
	});

	it.each(["PLATFORM_UNSUPPORTED", "PLATFORM_REFUSED", "CARRIER_UNKNOWN"] as const)(
		"sends the refusal %s to the second output",
		async (type) => {
			recorder.answers["platform.taobao.shipped"] = hubError(type, "why");
			await start();
			const [out, refused] = [arrivals("out"), arrivals("refused")];
			nodeOf("call").receive({ hub });
			await vi.waitFor(() => expect(refused).toHaveLength(1));
			expect(refused[0]).toMatchObject({ payload: { type, detail: "why" }, hub });
			expect(out).toEqual([]);
		},
	);

	it.each([
		["the platform does not answer", hubError("PLATFORM_UNREACHABLE", "timed out"), {}, { hub }, "timed out"],
		["no shop is named", shipped, {}, { payload: { orderNo: "1" } }, "noShop"],
		["no order is named", shipped, {}, { payload: { shopId: "s1" } }, "noField"],
		["there is no such operation", shipped, { operation: "ship" }, { hub }, "noOperation"],
		["an inherited name is no operation", shipped, { operation: "constructor" }, { hub }, "noOperation"],
	])("is an error when %s", async (_what, answer, over, msg, reason) => {
		recorder.answers["platform.taobao.shipped"] = answer;
		await start(over);
		const errors = arrivals("errors");
		nodeOf("call").receive(msg);
		await vi.waitFor(() => expect(errors).toHaveLength(1));
		expect(errors[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
	});

	it.each(Object.entries(operations))("%s is what the platforms' services take", (name, { ofShop, fields }) => {
		const actions = taobaoService.actions as Record<string, { params: Record<string, unknown> }>;
		const { $$strict, ...taken } = actions[name]?.params ?? {};
		expect($$strict).toBe(true);
		expect(Object.keys(taken).sort()).toEqual([...(ofShop ? ["shopId"] : []), ...fields].sort());
	});

	it("has a row in its dialog for every field that is needed", () => {
		const dialog = readFileSync(path.join(import.meta.dirname, "platform-call.html"), "utf8");
		for (const field of operationFields) expect(dialog).toContain(`id="platform-call-row-${field}"`);
	});
});
