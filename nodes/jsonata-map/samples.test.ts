import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { platformOrder } from "../../services/order/order.sample.ts";
import { lendBroker } from "../hub/broker.ts";
import { type Recorder, startRecorder } from "../recorder.ts";
import { listSamples, readSample } from "./samples.ts";

describe("samples for a mapping", () => {
	const base = platformOrder();
	const order = {
		...base,
		_id: "taobao:taobao-demo:1",
		orderNo: "1",
		receiver: { ...base.receiver, cipher: "CIPHER-1" },
		memo: { buyer: "给王小明 13900001111", seller: "", flag: "RED" },
	};
	const aftersale = {
		_id: "taobao:taobao-demo:R1",
		aftersaleNo: "R1",
		orderId: order._id,
		platform: "taobao",
		lines: order.lines,
		buyerNote: "王小明：坏了",
		evidence: ["https://example.com/face.jpg"],
	};
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder({
			"order.list": { items: [order] },
			"order.get": order,
			"aftersale.list": { items: [aftersale] },
			"aftersale.get": aftersale,
		});
		lendBroker(recorder.broker);
	});
	afterEach(() => {
		recorder.asked.length = 0;
	});
	afterAll(async () => {
		lendBroker(null);
		await recorder.broker.stop();
	});

	it("are the newest orders of the person's own shops, or those of a number", async () => {
		const rows = await listSamples("order", "", ["taobao-demo"]);
		expect(rows).toEqual([{ value: order._id, zh: "1　淘宝 / 天猫　1 行", en: "1 · Taobao / Tmall · 1 line" }]);
		await listSamples("cancel", "1", "*");
		expect(recorder.asked).toMatchObject([
			{ action: "order.list", params: { limit: 20 }, meta: { shops: ["taobao-demo"] } },
			{ action: "order.list", params: { limit: 20, q: "1" }, meta: { shops: "*" } },
		]);
	});

	it("are after-sales with their orders where the mapping is for those", async () => {
		expect(await listSamples("aftersale", "", "*")).toMatchObject([{ value: aftersale._id }]);
		const input = await readSample("aftersale", aftersale._id, "*");
		expect(input).toMatchObject({ aftersale: { aftersaleNo: "R1" }, order: { orderNo: "1" } });
		expect(recorder.asked.at(-1)).toMatchObject({ action: "order.get", params: { id: order._id } });
	});

	it("show nothing that finds a person, and keep what is empty empty", async () => {
		const input = await readSample("aftersale", aftersale._id, "*");
		const text = JSON.stringify(input);
		for (const secret of ["王小明", "13900001111", "CIPHER-1", "oaid-1", "AAE1", "~A1b2", "face.jpg"])
			expect(text).not.toContain(secret);
		expect(input).toMatchObject({
			aftersale: { buyerNote: "<buyerNote>", evidence: ["<evidence>"] },
			order: {
				receiver: { name: "王**", cipher: "<cipher>", platformKey: "<platformKey>", province: "广东省" },
				memo: { buyer: "<buyer>", seller: "", flag: "RED" },
				placedAt: order.placedAt,
			},
		});
	});
});
