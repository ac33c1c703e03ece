/** Numbers taken by a process that is killed with SIGKILL, again and again, mostly between the platform's yes and the save. */
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import { start } from "../../test/processes.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import type { PlatformOrder } from "../order/order.ts";
import { connectShop } from "../platform/contract/bench.ts";
import type { Reading } from "../platform/document-actions.ts";
import JdService from "../platform/jd/jd.service.ts";
import TaobaoService from "../platform/taobao/taobao.service.ts";
import type { WaybillAccount } from "../platform/waybill.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import { WaybillModel } from "./waybill.model.ts";
import WaybillService from "./waybill.service.ts";

const platforms = ["taobao", "jd"] as const; // the first knows a repetition, the second promises nothing
type Platform = (typeof platforms)[number];
const ordersEach = 12;
const kills = 4;
const taker = path.join(import.meta.dirname, "taker.testbed.ts");

let sandbox: RunningSandbox;
let broker: ServiceBroker;
const shops = new Map<Platform, string>();

beforeAll(async () => {
	sandbox = await runSandbox();
	broker = await startBroker(
		EventService,
		ShopService,
		OrderService,
		SkuService,
		WaybillService,
		TaobaoService,
		JdService,
	);
	for (const platform of platforms) shops.set(platform, (await connectShop(broker, sandbox, platform))._id);
}, 60_000);
afterAll(async () => {
	await broker?.stop();
	await sandbox?.end();
});

const call = <T>(action: string, params: object): Promise<T> => broker.call<T, object>(action, params);

async function order(platform: Platform): Promise<string> {
	const [id = ""] = await sandbox.place({ count: 1 }, platform);
	const { document } = await call<Reading<PlatformOrder>>(`platform.${platform}.orders.get`, {
		shopId: shops.get(platform),
		id,
	});
	return (await call<{ id: string }>("order.save", document)).id;
}

/** Numbers that the platform has left: the simulator's truth. */
async function left(platform: Platform): Promise<number> {
	const params = { shopId: shops.get(platform), carrier: "ZTO" };
	const { items } = await call<{ items: WaybillAccount[] }>("waybill.accounts", params);
	return items.find(({ carrier }) => carrier === "ZTO")?.left ?? 0;
}

/** The hub waits before it asks again for a number that may be on its way; here that time has passed. */
const timePasses = () => WaybillModel.updateMany({ state: "TAKING" }, { $set: { askingUntil: new Date(0) } });

it("no parcel gets a second number, and what nobody knows stays in doubt", { timeout: 240_000 }, async () => {
	const wanted: string[] = [];
	for (let count = 0; count < ordersEach; count += 1) for (const each of platforms) wanted.push(await order(each));
	const before = new Map(await Promise.all(platforms.map(async (each) => [each, await left(each)] as const)));
	for (const target of platforms) await sandbox.control("POST", "faults", { target, fault: "delay:80" });
	for (let kill = 0; kill < kills; kill += 1) {
		const running = await start(process.execPath, [taker, wanted.join(",")], /^taking$/, { timeoutMs: 60_000 });
		await pause(150 + kill * 150);
		await running.stop("SIGKILL");
		await timePasses();
	}
	await sandbox.control("DELETE", "faults");
	const last = await start(process.execPath, [taker, wanted.join(",")], /^taken (.*)$/, { timeoutMs: 120_000 });
	await last.stop();

	const stored = await WaybillModel.find({ orderId: { $in: wanted } }).lean();
	const of = (platform: Platform) => stored.filter((each) => each.platform === platform);
	expect(of("taobao").map(({ state }) => state)).toEqual(Array(ordersEach).fill("TAKEN"));
	expect((before.get("taobao") ?? 0) - (await left("taobao"))).toBe(ordersEach);

	const inDoubt = of("jd").filter(({ state }) => state === "TAKING");
	const taken = of("jd").filter(({ state }) => state === "TAKEN");
	expect(inDoubt.length + taken.length).toBe(ordersEach);
	const used = (before.get("jd") ?? 0) - (await left("jd"));
	expect(used).toBeGreaterThanOrEqual(taken.length);
	expect(used).toBeLessThanOrEqual(ordersEach); // a second number of any parcel would be one too many
	expect(inDoubt.length).toBeGreaterThan(0); // the kills did strike
	const numbers = stored.map(({ trackingNo }) => trackingNo).filter((trackingNo) => trackingNo !== "");
	expect(new Set(numbers).size).toBe(numbers.length);
});
