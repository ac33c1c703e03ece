/** Numbers taken through the platforms' simulators: 淘宝, which knows a repetition, and 京东, which promises nothing. */
import type { ActionSchema, Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hubError } from "../../config/errors.ts";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import type { PlatformOrder } from "../order/order.ts";
import { connectShop } from "../platform/contract/bench.ts";
import type { Reading } from "../platform/document-actions.ts";
import JdService from "../platform/jd/jd.service.ts";
import TaobaoService from "../platform/taobao/taobao.service.ts";
import type { WaybillAccount, WaybillTemplate } from "../platform/waybill.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import type { PrintData, WaybillView } from "./desk.ts";
import { WaybillModel } from "./waybill.model.ts";
import WaybillService from "./waybill.service.ts";

let answersLost = 0;
const asked: string[] = [];

/** The platform's service; its next `answersLost` answers to `waybill.take` never arrive. */
function losingAnswers(service: ServiceSchema): ServiceSchema {
	const take = service.actions?.["waybill.take"] as ActionSchema;
	const handler = async (ctx: Context<{ orderNo: string }>): Promise<unknown> => {
		asked.push(ctx.params.orderNo);
		const answer: unknown = await (take.handler as (ctx: Context) => Promise<unknown>)(ctx as Context);
		if (answersLost === 0) return answer;
		answersLost -= 1;
		throw hubError("PLATFORM_UNREACHABLE", "connection reset");
	};
	return { ...service, actions: { ...service.actions, "waybill.take": { ...take, handler } as ActionSchema } };
}

let sandbox: RunningSandbox;
let broker: ServiceBroker;
const shops = new Map<string, string>();
const platforms = ["taobao", "jd"] as const;
type Platform = (typeof platforms)[number];

beforeAll(async () => {
	sandbox = await runSandbox();
	const ours = [EventService, ShopService, OrderService, SkuService, WaybillService];
	broker = await startBroker(...ours, losingAnswers(TaobaoService), losingAnswers(JdService));
	for (const platform of platforms) shops.set(platform, (await connectShop(broker, sandbox, platform))._id);
}, 30_000);
afterAll(async () => {
	await broker?.stop();
	await sandbox?.end();
});

const call = <T>(action: string, params: object, meta: object = {}): Promise<T> =>
	broker.call<T, object>(action, params, { meta });

/** A paid order that the hub has read. */
async function order(platform: Platform): Promise<string> {
	const [orderNo = ""] = await sandbox.place({ count: 1 }, platform);
	return read(platform, orderNo);
}
async function read(platform: Platform, orderNo: string): Promise<string> {
	const params = { shopId: shops.get(platform), id: orderNo };
	const { document } = await call<Reading<PlatformOrder>>(`platform.${platform}.orders.get`, params);
	return (await call<{ id: string }>("order.save", document)).id;
}

const sender = { name: "发货仓", phone: "13900000000" };
const take = (orderId: string, over: object = {}) =>
	call<WaybillView>("waybill.take", { orderId, carrier: "ZTO", sender, ...over });
const numbersLeft = async (platform: Platform): Promise<number> => {
	const params = { shopId: shops.get(platform), carrier: "ZTO" };
	const { items } = await call<{ items: WaybillAccount[] }>("waybill.accounts", params);
	return items.find(({ carrier }) => carrier === "ZTO")?.left ?? 0;
};
/** The process died after the platform had given the number, and long ago. */
const crashedBeforeSaving = (id: string) =>
	WaybillModel.updateOne(
		{ _id: id },
		{ $set: { state: "TAKING", trackingNo: "", takenAt: null, askingUntil: new Date() } },
	);

describe.each(platforms)("a waybill of %s", (platform) => {
	it("is taken once for a parcel, however often and at once it is asked for", async () => {
		const orderId = await order(platform);
		const before = await numbersLeft(platform);
		const results = await Promise.allSettled([take(orderId), take(orderId), take(orderId)]);
		const refused = results.filter(({ status }) => status === "rejected");
		for (const each of refused) expect(each).toMatchObject({ reason: { type: "STILL_ANSWERING" } });
		const taken = await take(orderId);
		expect(taken).toMatchObject({
			_id: `${orderId}:1`,
			state: "TAKEN",
			carrier: "ZTO",
			trackingNo: expect.stringMatching(/./),
		});
		expect(await numbersLeft(platform)).toBe(before - 1);
		expect((await take(orderId, { parcelNo: 2 })).trackingNo).not.toBe(taken.trackingNo);
		expect(await numbersLeft(platform)).toBe(before - 2);
	});

	it("is printed, counted, and tells when it was printed before", async () => {
		const orderId = await order(platform);
		const { _id: id, trackingNo } = await take(orderId);
		const first = await call<PrintData>("waybill.printData", { id });
		expect(first).toMatchObject({ id, trackingNo, platform, carrier: "ZTO", printedBefore: false });
		expect(first.printClient).not.toBe("");
		expect(first.printData).not.toBe("");
		expect(await call<WaybillView>("waybill.printed", { id })).toMatchObject({ state: "PRINTED", prints: 1 });
		await call("waybill.printed", { id });
		expect(await call<PrintData>("waybill.printData", { id })).toMatchObject({ printedBefore: true });
		const stored = JSON.stringify(await WaybillModel.findById(id).lean());
		expect(stored).not.toContain(first.printData);
		expect(stored).not.toContain(sender.phone);
	});

	it("is given back, once, and another number can be taken", async () => {
		const orderId = await order(platform);
		const before = await numbersLeft(platform);
		const { _id: id, trackingNo } = await take(orderId);
		expect(await call("waybill.recycle", { id })).toMatchObject({ state: "RECYCLED" });
		expect(await call("waybill.recycle", { id })).toMatchObject({ state: "RECYCLED" });
		expect(await numbersLeft(platform)).toBe(before);
		await expect(call("waybill.printData", { id })).rejects.toMatchObject({ type: "CONFLICT" });
		const again = await take(orderId);
		expect(again).toMatchObject({ state: "TAKEN", prints: 0, recycledAt: null });
		expect(again.trackingNo).not.toBe(trackingNo);
	});

	it("is refused for an order that is held, and what is taken is not printed then but can be given back", async () => {
		const orderId = await order(platform);
		const { _id: id } = await take(orderId);
		await call("order.hold", { id: orderId, reason: "MANUAL" });
		await expect(take(orderId, { parcelNo: 2 })).rejects.toMatchObject({ type: "ORDER_HELD" });
		await expect(call("waybill.printData", { id })).rejects.toMatchObject({ type: "ORDER_HELD" });
		expect(await call("waybill.recycle", { id })).toMatchObject({ state: "RECYCLED" });
	});

	it("is told of in the order's story", async () => {
		const orderId = await order(platform);
		const { _id: id, trackingNo } = await take(orderId);
		const ann = { actor: "user:ann" };
		await call("waybill.printed", { id }, ann);
		await call("waybill.recycle", { id }, ann);
		await vi.waitFor(
			async () => {
				const { items } = await call<{ items: { what: string }[] }>("order.timeline", { id: orderId });
				const told = items.filter(({ what }) => what.startsWith("waybill."));
				const change = { carrier: "ZTO", trackingNo, parcelNo: 1 };
				expect(told).toMatchObject([
					{ what: "waybill.taken", change, links: {} },
					{ what: "waybill.printed", change, actor: { kind: "user", name: "ann" }, cause: "DECIDED" },
					{ what: "waybill.recycled", change, cause: "DECIDED" },
				]);
			},
			{ timeout: 5_000, interval: 50 },
		);
	});
});

describe("a waybill whose answer was lost", () => {
	it("is asked for again where the platform knows a repetition, and is the same", async () => {
		const orderId = await order("taobao");
		const before = await numbersLeft("taobao");
		answersLost = 1;
		await expect(take(orderId)).rejects.toMatchObject({ type: "PLATFORM_UNREACHABLE" });
		expect(await call("waybill.get", { id: `${orderId}:1` })).toMatchObject({ state: "TAKING", trackingNo: "" });
		expect(await take(orderId)).toMatchObject({ state: "TAKEN", reason: "" });
		expect(await numbersLeft("taobao")).toBe(before - 1);
	});

	it("is the same after a crash between taking and saving it", async () => {
		const orderId = await order("taobao");
		const { _id, trackingNo } = await take(orderId);
		await crashedBeforeSaving(_id);
		expect(await take(orderId)).toMatchObject({ state: "TAKEN", trackingNo });
	});

	it("is not asked for again where that may take a second one, until somebody has looked", async () => {
		const orderId = await order("jd");
		const { _id } = await take(orderId);
		await crashedBeforeSaving(_id);
		asked.length = 0;
		await expect(take(orderId)).rejects.toMatchObject({ type: "CONFLICT" });
		expect(asked).toEqual([]);
		expect(await take(orderId, { anew: true })).toMatchObject({ state: "TAKEN" });
	});

	it("stays in doubt when it is asked for again and refused: that may be the echo of the first call", async () => {
		const orderId = await order("taobao");
		answersLost = 1;
		await expect(take(orderId)).rejects.toMatchObject({ type: "PLATFORM_UNREACHABLE" });
		await expect(take(orderId, { templateUrl: "http://nowhere.example/1" })).rejects.toMatchObject({
			type: "PLATFORM_REFUSED",
		});
		expect(await call("waybill.get", { id: `${orderId}:1` })).toMatchObject({ state: "TAKING" });
		expect(await take(orderId)).toMatchObject({ state: "TAKEN" });
	});
});

describe("waybills", () => {
	it("that the platform refuses say why, and can be taken after that", async () => {
		const orderId = await order("taobao");
		const refused = take(orderId, { templateUrl: "http://nowhere.example/1" });
		await expect(refused).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
		const failed = await call<WaybillView>("waybill.get", { id: `${orderId}:1` });
		expect(failed).toMatchObject({ state: "FAILED", reason: expect.stringContaining("refused") });
		expect(await take(orderId)).toMatchObject({ state: "TAKEN", reason: "" });
	});

	it.each([
		["a carrier nobody knows", { carrier: "PIGEON" }, "CARRIER_UNKNOWN"],
		["a branch the shop has no contract with", { branchCode: "nowhere" }, "INVALID"],
		["an order that is not there", { orderId: "taobao:taobao-demo:1" }, "NOT_FOUND"],
	])("of %s are not asked for", async (_name, over, type) => {
		const orderId = await order("taobao");
		asked.length = 0;
		await expect(take(orderId, over)).rejects.toMatchObject({ type });
		expect(asked).toEqual([]);
	});

	it("keep the carrier of a number until that is given back", async () => {
		const orderId = await order("taobao");
		const { _id: id } = await take(orderId);
		await expect(take(orderId, { carrier: "YTO" })).rejects.toMatchObject({ type: "CONFLICT" });
		await call("waybill.recycle", { id });
		expect(await take(orderId, { carrier: "中通快递" })).toMatchObject({ carrier: "ZTO" });
	});

	it("are not given back once their parcel is told of", async () => {
		const orderId = await order("taobao");
		const { _id: id, carrier, trackingNo, orderNo, shopId } = await take(orderId);
		const parcel = { carrier, trackingNo, lines: [], further: false, requestId: id };
		await call("platform.taobao.ship", { shopId, orderNo, ...parcel });
		await expect(call("waybill.recycle", { id })).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
		expect(await call("waybill.get", { id })).toMatchObject({ state: "TAKEN", reason: expect.stringMatching(/./) });
		await read("taobao", orderNo);
		await expect(take(orderId, { parcelNo: 2 })).rejects.toMatchObject({ type: "ORDER_NOT_READY" });
	});

	it("are listed by order and tracking number, of the caller's shops only", async () => {
		const orderId = await order("taobao");
		const { _id: id, trackingNo, shopId } = await take(orderId);
		const found = (params: object, meta?: object) => call<{ items: WaybillView[] }>("waybill.list", params, meta);
		expect((await found({ q: trackingNo })).items).toMatchObject([{ _id: id }]);
		expect((await found({ orderId, state: "TAKEN" })).items).toMatchObject([{ _id: id }]);
		expect((await found({ q: trackingNo }, { shops: ["another"] })).items).toEqual([]);
		expect((await found({ q: trackingNo }, { shops: [shopId] })).items).toHaveLength(1);
		await expect(call("waybill.get", { id }, { shops: ["another"] })).rejects.toMatchObject({ type: "NOT_FOUND" });
		await expect(call("waybill.recycle", { id }, { shops: ["another"] })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("have templates, of shops within reach", async () => {
		const params = { shopId: shops.get("taobao"), carrier: "ZTO" };
		const { items } = await call<{ items: WaybillTemplate[] }>("waybill.templates", params);
		expect(items[0]?.url).toMatch(/^http/);
		const outside = call("waybill.templates", params, { shops: ["another"] });
		await expect(outside).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});
