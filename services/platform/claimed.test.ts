import { setTimeout } from "node:timers/promises";
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import type { Order } from "../order/order.ts";
import SkuService from "../sku/sku.service.ts";
import { type ClaimedOrder, claimed } from "./claimed.ts";

/** A printer that has begun, and ends when it is told to. */
const begun: string[] = [];
const printed: string[] = [];
let printing = Promise.withResolvers<void>();
const printer: ServiceSchema = {
	name: "printer",
	actions: {
		print: (ctx: Context<{ order?: ClaimedOrder; no: string }>) =>
			claimed(ctx, ctx.params.order, `print:${ctx.params.no}`, async () => {
				begun.push(ctx.params.no);
				await printing.promise;
				printed.push(ctx.params.no);
				return ctx.params.no;
			}),
	},
};

describe("what makes goods leave", () => {
	let broker: ServiceBroker;
	beforeAll(async () => {
		broker = await startBroker(EventService, OrderService, SkuService, printer);
	});
	afterAll(() => broker?.stop());

	async function order(): Promise<ClaimedOrder> {
		printing = Promise.withResolvers();
		const { id } = await broker.call<{ id: string }, object>("order.save", platformOrder());
		const { fence } = await get(id);
		return { id, fence };
	}
	const get = (id: string) => broker.call<Order, object>("order.get", { id });
	const print = (no: string, of?: ClaimedOrder) => broker.call<string, object>("printer.print", { no, order: of });

	it("is done while nothing holds the order, and a hold is stored only when it is done", async () => {
		const wanted = await order();
		const print1 = print("A1", wanted);
		await expect.poll(() => begun).toContain("A1");
		let held = false;
		const hold = broker.call("order.hold", { id: wanted.id, reason: "MANUAL" }).then(() => {
			held = true;
		});
		await setTimeout(300); // as long as a hold takes, and longer
		expect(held).toBe(false);
		printing.resolve();
		expect(await print1).toBe("A1");
		await hold;
		expect(await get(wanted.id)).toMatchObject({ ready: false });
	});

	it("is not done for an order that is held, or that changed since it was decided", async () => {
		const wanted = await order();
		printing.resolve();
		await broker.call("order.hold", { id: wanted.id, reason: "MANUAL" });
		await expect(print("B1", wanted)).rejects.toMatchObject({ type: "ORDER_HELD" });
		await broker.call("order.release", { id: wanted.id, reason: "MANUAL" });
		await expect(print("B2", wanted)).rejects.toMatchObject({ type: "ORDER_HELD" });
		const { fence } = await get(wanted.id);
		expect(await print("B3", { ...wanted, fence })).toBe("B3");
		expect(printed.filter((no) => no.startsWith("B"))).toEqual(["B3"]);
	});

	it("lets the order go when it fails", async () => {
		const wanted = await order();
		const print1 = expect(print("C1", wanted)).rejects.toThrow("out of paper");
		await expect.poll(() => begun).toContain("C1");
		printing.reject(new Error("out of paper"));
		await print1;
		await broker.call("order.hold", { id: wanted.id, reason: "MANUAL" });
		expect(await get(wanted.id)).toMatchObject({ ready: false });
	});
});
