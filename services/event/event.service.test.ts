import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import AuditService from "../audit/audit.service.ts";
import EventService from "./event.service.ts";
import type { Parked } from "./parked.model.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(AuditService, EventService);
});
afterAll(() => broker.stop());

/** A consumer of a subject of its own, with one event waiting for it. */
async function waiting(ackWaitMs = 30_000): Promise<{ spec: ConsumerSpec; event: HubEvent }> {
	const subject = `hub.t${randomUUID().slice(0, 8)}.made`;
	const spec: ConsumerSpec = {
		name: `t-${randomUUID()}`,
		subjects: [subject],
		ackWaitMs,
		maxAttempts: 2,
		backoffMs: [10],
	};
	const event = { id: randomUUID(), subject, at: new Date().toISOString(), traceId: "", body: { orderId: "o1" } };
	await broker.call("event.subscribe", { spec });
	await broker.call("event.publish", { events: [event] });
	return { spec, event };
}

async function next(spec: ConsumerSpec): Promise<Delivery> {
	for (const until = Date.now() + 15_000; Date.now() < until; ) {
		const [found] = await broker.call<Delivery[], object>("event.fetch", { spec, max: 1, waitMs: 1_000 });
		if (found) return found;
	}
	throw new Error("no delivery came");
}

async function fail(spec: ConsumerSpec, reason: string, passing = false): Promise<void> {
	const { token, event } = await next(spec);
	await broker.call("event.fail", { spec, token, event, reason, passing });
}

async function parkedAs(id: string): Promise<Parked | undefined> {
	const { items } = await broker.call<{ items: Parked[] }, object>("event.parked", { state: "PARKED", limit: 200 });
	return items.find(({ _id }) => _id === id);
}

describe("an event that cannot be handled", () => {
	it("is parked with its reason after the last attempt, and comes back on replay", async () => {
		const { spec, event } = await waiting();
		await fail(spec, "no price");
		await fail(spec, "no price");
		const id = `${spec.name}:${event.id}`;
		expect(await parkedAs(id)).toMatchObject({ reason: "no price", ref: { orderId: "o1" } });
		await broker.call("event.replay", { id });
		expect((await next(spec)).event.body).toEqual({ orderId: "o1" });
		await expect(broker.call("event.replay", { id })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("is told of when it is parked, to whoever keeps what it was about", async () => {
		const { spec, event } = await waiting();
		const told: ConsumerSpec = { ...spec, name: `t-${randomUUID()}`, subjects: ["hub.delivery.parked"] };
		await broker.call("event.subscribe", { spec: told });
		await fail(spec, "no price");
		await fail(spec, "no price");
		let delivery: Delivery;
		do delivery = await next(told);
		while (delivery.event.body.consumer !== spec.name);
		expect(delivery.event.body).toEqual({
			consumer: spec.name,
			subject: event.subject,
			orderId: "o1",
			reason: "no price",
		});
	});

	it("is not parked for what was away meanwhile, however often", async () => {
		const { spec, event } = await waiting();
		for (let time = 0; time < 5; time += 1) await fail(spec, "the store is away", true);
		await fail(spec, "no price");
		expect(await parkedAs(`${spec.name}:${event.id}`)).toBeUndefined();
		await fail(spec, "no price");
		expect(await parkedAs(`${spec.name}:${event.id}`)).toMatchObject({ reason: "no price" });
	});

	it("is parked when whoever takes it never settles it", async () => {
		const { spec, event } = await waiting(1_000);
		await next(spec);
		await next(spec);
		await expect(next(spec)).rejects.toThrow("no delivery");
		expect(await parkedAs(`${spec.name}:${event.id}`)).toMatchObject({
			reason: expect.stringContaining("not settled"),
		});
	});

	it("is shown to those who may see its shop, whatever names it", async () => {
		const source = `t-${randomUUID()}`;
		const refs = [{ shopId: "a" }, { orderId: "taobao:a:1" }, { shopId: "b" }, { eventId: "of-no-shop" }];
		for (const [at, ref] of refs.entries())
			await broker.call("event.park", { id: String(at), source, ref, reason: "r" });
		const meta = { shops: ["a"] };
		const { items } = await broker.call<{ items: Parked[] }, object>("event.parked", { limit: 200 }, { meta });
		expect(items.filter((each) => each.source === source).map(({ ref }) => ref)).toEqual([refs[1], refs[0]]);
		const other = broker.call("event.discard", { id: `${source}:2` }, { meta });
		await expect(other).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("counts in its consumer's backlog until it is settled", async () => {
		const { spec } = await waiting();
		const backlog = async (): Promise<number | undefined> => {
			const { items } = await broker.call<{ items: { consumer: string; count: number }[] }>("event.backlog");
			return items.find(({ consumer }) => consumer === spec.name)?.count;
		};
		expect(await backlog()).toBe(1);
		await broker.call("event.ack", { token: (await next(spec)).token });
		expect(await backlog()).toBe(0);
	});

	it("can be discarded, by name of who did it and with his reason", async () => {
		const parked = { id: randomUUID(), source: "pull", ref: { orderNo: "1" }, reason: "unknown state" };
		await broker.call("event.park", parked);
		const id = `pull:${parked.id}`;
		await broker.call("event.discard", { id, note: "closed on the platform" }, { meta: { actor: "user:li" } });
		expect(await parkedAs(id)).toBeUndefined();
		const { items } = await broker.call<{ items: Parked[] }, object>("event.parked", { state: "DISCARDED" });
		expect(items.find(({ _id }) => _id === id)).toMatchObject({
			settledBy: "user:li",
			note: "closed on the platform",
		});
	});
});
