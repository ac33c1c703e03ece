import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import SkuService from "../sku/sku.service.ts";
import type { HeldOrder } from "./held.ts";
import { OrderModel } from "./order.model.ts";
import { platformOrder } from "./order.sample.ts";
import OrderService from "./order.service.ts";
import type { PlatformOrder } from "./order.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, SkuService);
});
afterEach(() => OrderModel.deleteMany({}));
afterAll(() => broker?.stop());

const call = <T>(action: string, params: object = {}, meta: object = {}): Promise<T> =>
	broker.call<T, object>(action, params, { meta });

async function held(over: Partial<PlatformOrder>, reason = "MANUAL"): Promise<string> {
	const { id } = await call<{ id: string }>("order.save", platformOrder(over));
	await call("order.hold", { id, reason });
	return id;
}

const counts = async (params: object = {}, meta: object = {}): Promise<Record<string, number>> => {
	const { items } = await call<{ items: { reason: string; orders: number }[] }>("order.heldCounts", params, meta);
	return Object.fromEntries(items.filter(({ orders }) => orders).map(({ reason, orders }) => [reason, orders]));
};

describe("held orders", () => {
	it("are told by what holds them, who waited longest first, without whom they go to", async () => {
		const late = await held({ orderNo: "2", placedAt: new Date("2026-01-02T00:00:00Z") });
		const early = await held({ orderNo: "1", placedAt: new Date("2026-01-01T00:00:00Z") });
		await call("order.hold", { id: early, reason: "RISK" });
		const { items } = await call<{ items: HeldOrder[] }>("order.held", { reason: "MANUAL" });
		expect(items.map(({ _id }) => _id)).toEqual([early, late]);
		expect(items[0]).not.toHaveProperty("receiver");
		expect(items[0]).not.toHaveProperty("outbox");
		expect(await counts()).toEqual({ MANUAL: 2, RISK: 1 });
	});

	it("do not wait any more when they are closed", async () => {
		await held({ orderNo: "1" });
		const closed = platformOrder({ orderNo: "1" });
		const modifiedAt = new Date(closed.modifiedAt.getTime() + 60_000);
		await call("order.save", { ...closed, status: "CLOSED", modifiedAt });
		expect(await counts()).toEqual({});
		expect(await call("order.held", { reason: "MANUAL" })).toEqual({ items: [], nextCursor: null });
	});

	it("are told and counted for the shops of the caller alone", async () => {
		await held({ orderNo: "1", shopId: "a" });
		await held({ orderNo: "2", shopId: "b" });
		const ofA = { shops: ["a"] };
		expect(await counts({}, ofA)).toEqual({ MANUAL: 1 });
		expect(await counts({ shopId: "b" }, ofA)).toEqual({});
		const { items } = await call<{ items: HeldOrder[] }>("order.held", { reason: "MANUAL" }, ofA);
		expect(items.map(({ shopId }) => shopId)).toEqual(["a"]);
	});
});
