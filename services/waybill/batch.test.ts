/** Numbers and labels by the batch, pick lists and scans, through the simulators of 淘宝 and 京东. */
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrintClient } from "../../dashboard/print/print-client.ts";
import type { RowResults } from "../../mixins/rows.ts";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import type { PlatformOrder } from "../order/order.ts";
import { connectShop } from "../platform/contract/bench.ts";
import type { Reading } from "../platform/document-actions.ts";
import JdService from "../platform/jd/jd.service.ts";
import TaobaoService from "../platform/taobao/taobao.service.ts";
import ShipmentService from "../shipment/shipment.service.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import type { PickLine } from "./pick-list.ts";
import type { Scanned } from "./scan.ts";
import { WaybillModel } from "./waybill.model.ts";
import WaybillService from "./waybill.service.ts";

interface Row {
	id: string;
	ok: boolean;
	type?: string;
	trackingNo: string;
	printData: string;
}
type Results = RowResults<Row>;

let sandbox: RunningSandbox;
let broker: ServiceBroker;
const shops = new Map<string, string>();

beforeAll(async () => {
	sandbox = await runSandbox();
	const ours = [EventService, ShopService, OrderService, SkuService, WaybillService, ShipmentService];
	broker = await startBroker(...ours, TaobaoService, JdService);
	for (const platform of ["taobao", "jd"]) shops.set(platform, (await connectShop(broker, sandbox, platform))._id);
}, 60_000);
afterAll(async () => {
	await broker?.stop();
	await sandbox?.end();
});

const call = <T>(action: string, params: object, meta: object = {}): Promise<T> =>
	broker.call<T, object>(action, params, { meta });

/** Paid orders that the hub has read. */
async function orders(count: number, platform = "taobao"): Promise<string[]> {
	const placed = await sandbox.place({ count }, platform);
	return Promise.all(placed.map((orderNo) => read(platform, orderNo)));
}
async function read(platform: string, orderNo: string): Promise<string> {
	const params = { shopId: shops.get(platform), id: orderNo };
	const { document } = await call<Reading<PlatformOrder>>(`platform.${platform}.orders.get`, params);
	return (await call<{ id: string }>("order.save", document)).id;
}
const sender = { name: "发货仓", phone: "13900000000" };
const take = (orderIds: readonly string[], meta?: object): Promise<Results> => {
	const wish = { orders: orderIds.map((orderId) => ({ orderId })), carrier: "ZTO", sender };
	return call<Results>("waybill.takeBatch", wish, meta);
};
const idsOf = ({ results }: Results): string[] => results.map(({ id }) => id);

describe("a batch of numbers", () => {
	it("tells of each parcel in the order asked, and is harmless to repeat", { timeout: 60_000 }, async () => {
		const wanted = [...(await orders(12)), ...(await orders(4, "jd"))];
		const [held = ""] = wanted;
		await call("order.hold", { id: held, reason: "MANUAL" });
		const asked = [...wanted, "taobao:taobao-demo:1"];
		const first = await take(asked);
		expect([first.done, first.failed]).toEqual([15, 2]);
		expect(idsOf(first)).toEqual(asked.map((orderId) => `${orderId}:1`));
		expect(first.results[0]).toMatchObject({ orderId: held, parcelNo: 1, ok: false, type: "ORDER_HELD" });
		expect(first.results.at(-1)).toMatchObject({ ok: false, type: "NOT_FOUND" });
		const again = await take(asked);
		expect(again.results).toEqual(first.results);
		expect(new Set(first.results.map(({ trackingNo }) => trackingNo).filter(Boolean)).size).toBe(15);
	});

	it("asks once for the contract of all parcels of a shop", async () => {
		const wanted = await orders(6);
		const before = await calls("cainiao.waybill.ii.search");
		expect((await take(wanted)).done).toBe(6);
		expect((await calls("cainiao.waybill.ii.search")) - before).toBe(1);
	});

	it("reaches no order of a shop out of the caller's reach", async () => {
		const { results } = await take(await orders(1), { shops: ["another"] });
		expect(results).toMatchObject([{ ok: false, type: "NOT_FOUND" }]);
	});
});

async function calls(api: string): Promise<number> {
	const counters = await sandbox.control<Record<string, { calls: Record<string, number> }>>("GET", "counters");
	return counters.taobao?.calls[api] ?? 0;
}

describe("a batch of labels", () => {
	it("is printed, but for orders that are held since, noted and given back", { timeout: 60_000 }, async () => {
		const ids = idsOf(await take(await orders(5)));
		const [held = "", ...free] = ids;
		await call("order.hold", { id: held.replace(/:1$/, ""), reason: "MANUAL" });
		const data = await call<Results>("waybill.printDataBatch", { ids });
		expect(data.results[0]).toMatchObject({ id: held, ok: false, type: "ORDER_HELD" });
		const labels = data.results.filter(({ ok }) => ok);
		const client = new PrintClient({ client: "cainiao", url: `${sandbox.url.replace("http", "ws")}/print/cainiao` });
		const ended = await client.print(labels, "XP").done;
		client.close();
		expect(ended.map(({ id, state }) => [id, state])).toEqual(free.map((id) => [id, "printed"]));
		expect(await call("waybill.printedBatch", { ids: free })).toMatchObject({ done: 4, failed: 0 });
		expect(await call("waybill.get", { id: free[0] })).toMatchObject({ state: "PRINTED", prints: 1 });
		expect(await call("waybill.recycleBatch", { ids })).toMatchObject({ done: 5, failed: 0 });
		const gone = await call<Results>("waybill.printDataBatch", { ids });
		expect(new Set(gone.results.map(({ type }) => type))).toEqual(new Set(["CONFLICT"]));
	});

	it("is printed by the print components that the hub names", async () => {
		const { items } = await call<{ items: { name: string; ws: string }[] }>("waybill.printClients", {});
		expect(items.find(({ name }) => name === "cainiao")?.ws).toBe("ws://localhost:13528");
	});
});

describe("a pick list", () => {
	it("has each SKU once, sorted, without what is held, refunded or out of reach", { timeout: 60_000 }, async () => {
		const wanted = await orders(8);
		const [held = "", withWaybill = ""] = wanted;
		await call("order.hold", { id: held, reason: "MANUAL" });
		const ids = idsOf(await take([withWaybill]));
		const list = await call<{ items: PickLine[]; left: object[] }>("waybill.pickList", { ids, orderIds: wanted });
		expect(list.left).toMatchObject([{ orderId: held, ok: false, type: "ORDER_HELD" }]);
		const skus = list.items.map(({ erpSku, outerSku }) => erpSku || outerSku);
		expect(skus).toEqual([...skus].sort());
		expect(new Set(skus).size).toBe(skus.length);
		for (const { quantity, orders } of list.items) {
			expect(orders.reduce((sum, order) => sum + order.quantity, 0)).toBe(quantity);
			expect(orders.map(({ orderId }) => orderId)).not.toContain(held);
		}
		const truth = await sandbox.truth("kind=orders");
		const pieces = truth
			.filter(({ platformOrderId }) => wanted.slice(1).some((id) => id.endsWith(`:${platformOrderId}`)))
			.flatMap(({ lines }) => lines)
			.reduce((sum, { quantity }) => sum + quantity, 0);
		expect(list.items.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(pieces);
		const others = await call<{ items: object[]; left: object[] }>(
			"waybill.pickList",
			{ orderIds: wanted },
			{ shops: ["another"] },
		);
		expect(others).toMatchObject({ items: [], left: wanted.map(() => ({ type: "NOT_FOUND" })) });
	});
});

describe("a scanned label", () => {
	const scan = (trackingNo: string, more: object = {}, meta?: object) =>
		call<Scanned>("waybill.scan", { trackingNo, ...more }, meta);

	it("says what is in the parcel; with ship it leaves, once, and the second scan says so", {
		timeout: 60_000,
	}, async () => {
		const { results } = await take(await orders(1));
		const { trackingNo = "" } = results[0] ?? {};
		const seen = await scan(trackingNo);
		expect(seen).toMatchObject({
			waybill: { trackingNo },
			order: { status: "WAIT_SHIP" },
			shipment: null,
			already: false,
		});
		expect(seen.lines.length).toBeGreaterThan(0);
		const shipped = await scan(trackingNo, { ship: true });
		expect(shipped).toMatchObject({ already: false, shipment: { id: expect.stringContaining(trackingNo) } });
		expect(await scan(trackingNo, { ship: true })).toMatchObject({
			already: true,
			shipment: shipped.shipment && { id: shipped.shipment.id },
		});
		await expect.poll(async () => (await scan(trackingNo)).shipment?.state, { timeout: 20_000 }).toBe("SHIPPED");
		const row = (await sandbox.truth("kind=orders")).find((each) => each.platformOrderId === seen.order.orderNo);
		expect(row?.shipped).toMatchObject([{ trackingNo }]);
	});

	it("of an order that is held does not leave, and that of a number given back comes off", async () => {
		const { results } = await take(await orders(1));
		const { id = "", trackingNo = "" } = results[0] ?? {};
		await call("order.hold", { id: id.replace(/:1$/, ""), reason: "MANUAL" });
		expect(await scan(trackingNo)).toMatchObject({ order: { holds: [{ reason: "MANUAL" }] } });
		await expect(scan(trackingNo, { ship: true })).rejects.toMatchObject({ type: "ORDER_HELD" });
		await call("waybill.recycle", { id });
		await expect(scan(trackingNo, { ship: true })).rejects.toMatchObject({ type: "CONFLICT" });
	});

	it("that nobody here knows is not found, as are those of shops out of reach", async () => {
		const { results } = await take(await orders(1));
		const { trackingNo = "" } = results[0] ?? {};
		await expect(scan("0000000000")).rejects.toMatchObject({ type: "NOT_FOUND" });
		await expect(scan(trackingNo, { ship: true }, { shops: ["another"] })).rejects.toMatchObject({ type: "NOT_FOUND" });
		expect(await WaybillModel.countDocuments({ trackingNo })).toBe(1);
	});
});
