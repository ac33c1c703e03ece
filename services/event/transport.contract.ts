import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import type { EventTransport } from "./transport.ts";

const event = (subject: string, body: Record<string, unknown> = {}): HubEvent => ({
	id: randomUUID(),
	subject,
	at: new Date().toISOString(),
	traceId: "t",
	body,
});

const consumer = (subjects: string[], ackWaitMs = 30_000): ConsumerSpec => ({
	name: `c-${randomUUID()}`,
	subjects,
	ackWaitMs,
	maxAttempts: 5,
	backoffMs: [100],
});

/** Every transport runs this suite. `make` gives a transport over data that others made by the same call share. */
export function transportContract(name: string, make: () => EventTransport): void {
	describe(`${name} carries events`, () => {
		const noun = `n${randomUUID().slice(0, 8)}`;
		let transport: EventTransport;
		beforeAll(async () => {
			transport = make();
			await transport.start();
		});
		afterAll(() => transport.stop());

		/** Fetches until `count` came. A server that says nothing is asked again, as mixins/consumer-loop.ts does. */
		async function take(spec: ConsumerSpec, count: number, from = transport): Promise<Delivery[]> {
			const taken: Delivery[] = [];
			let failure: unknown;
			for (const until = Date.now() + 15_000; taken.length < count && Date.now() < until; ) {
				const fetched = await from.fetch(spec, count - taken.length, 500).catch(async (err: unknown) => {
					failure = err;
					await from.subscribe(spec);
					return [];
				});
				taken.push(...fetched);
			}
			if (taken.length < count && failure) throw failure;
			return taken;
		}
		const idsOf = (deliveries: Delivery[]): string[] => deliveries.map(({ event }) => event.id).sort();

		it("delivers what was published, whole, once acknowledged never again", async () => {
			const spec = consumer([`hub.${noun}-a.made`]);
			await transport.subscribe(spec);
			const sent = event(`hub.${noun}-a.made`, { text: "订单", amountFen: 1990, nested: { list: [1, 2] } });
			await transport.publish([sent]);
			const [delivery] = await take(spec, 1);
			expect(delivery).toMatchObject({ attempt: 1, event: sent });
			await transport.ack((delivery as Delivery).token);
			expect(await transport.fetch(spec, 10, 300)).toEqual([]);
		});

		it("takes the same id twice as one event", async () => {
			const spec = consumer([`hub.${noun}-b.made`]);
			await transport.subscribe(spec);
			const sent = event(`hub.${noun}-b.made`);
			await transport.publish([sent]);
			await transport.publish([sent, sent]);
			const [first] = await take(spec, 1);
			await transport.ack((first as Delivery).token);
			await transport.publish([sent]);
			expect(await transport.fetch(spec, 10, 300)).toEqual([]);
		});

		it("gives a new consumer what was published before it", async () => {
			const sent = [event(`hub.${noun}-c.made`), event(`hub.${noun}-c.made`)];
			await transport.publish(sent);
			const spec = consumer([`hub.${noun}-c.made`]);
			await transport.subscribe(spec);
			await transport.subscribe(spec); // twice changes nothing
			expect(idsOf(await take(spec, 2))).toEqual(sent.map(({ id }) => id).sort());
			expect(await transport.fetch(spec, 10, 300)).toEqual([]);
		});

		it("gives a consumer that asks for more what was published before it asked, each time", async () => {
			const [made, gone] = [`hub.${noun}-k.made`, `hub.${noun}-k.gone`];
			const less = consumer([made]);
			const more = { ...less, subjects: [made, gone] };
			await transport.subscribe(less);
			for (const round of [1, 2]) {
				const sent = event(gone, { round });
				await transport.publish([sent]);
				await transport.subscribe(more);
				const taken = await take(more, 1);
				expect(idsOf(taken)).toEqual([sent.id]);
				for (const { token } of taken) await transport.ack(token);
				await transport.subscribe(less);
			}
		});

		it("gives each consumer its own copy, and only the subjects it asked for", async () => {
			const all = consumer([`hub.${noun}-d.*`]);
			const two = consumer([`hub.${noun}-d.made`, `hub.${noun}-d.gone`]);
			await transport.subscribe(all);
			await transport.subscribe(two);
			const [made, changed, gone] = [
				event(`hub.${noun}-d.made`),
				event(`hub.${noun}-d.changed`),
				event(`hub.${noun}-d.gone`),
			];
			await transport.publish([made, changed, gone]);
			expect(idsOf(await take(all, 3))).toEqual([made.id, changed.id, gone.id].sort());
			expect(idsOf(await take(two, 2))).toEqual([made.id, gone.id].sort());
		});

		it("delivers again after a refusal, not before its pause, and counts the attempts", async () => {
			const spec = consumer([`hub.${noun}-e.made`]);
			await transport.subscribe(spec);
			await transport.publish([event(`hub.${noun}-e.made`)]);
			const [first] = await take(spec, 1);
			const refusedAt = Date.now();
			await transport.nak((first as Delivery).token, 700);
			const [second] = await take(spec, 1);
			expect(second?.attempt).toBe(2);
			expect(Date.now() - refusedAt).toBeGreaterThanOrEqual(650);
			await transport.ack((second as Delivery).token);
		});

		it("delivers again what nobody acknowledged in time", async () => {
			const spec = consumer([`hub.${noun}-f.made`], 500);
			await transport.subscribe(spec);
			await transport.publish([event(`hub.${noun}-f.made`)]);
			await take(spec, 1);
			const [again] = await take(spec, 1);
			expect(again?.attempt).toBeGreaterThanOrEqual(2);
		});

		it("hands out all that nobody acknowledged in time, and counts no attempt for what it keeps back", async () => {
			const spec = consumer([`hub.${noun}-j.made`], 1_500);
			await transport.subscribe(spec);
			const sent = Array.from({ length: 12 }, () => event(`hub.${noun}-j.made`));
			await transport.publish(sent);
			await take(spec, 12);
			const again = await take(spec, 12);
			expect(idsOf(again)).toEqual(sent.map(({ id }) => id).sort());
			expect(again.map(({ attempt }) => attempt)).toEqual(sent.map(() => 2));
		});

		it("keeps a delivery with whoever says that it is still at work", async () => {
			const spec = consumer([`hub.${noun}-g.made`], 900);
			await transport.subscribe(spec);
			await transport.publish([event(`hub.${noun}-g.made`)]);
			const [delivery] = await take(spec, 1);
			const { token } = delivery as Delivery;
			for (const until = Date.now() + 2_000; Date.now() < until; ) {
				await transport.working(token);
				expect(await transport.fetch(spec, 1, 200)).toEqual([]);
			}
			await transport.ack(token);
			expect(await transport.fetch(spec, 1, 1_200)).toEqual([]);
		});

		it("shares one consumer's events between two processes, and lets either acknowledge", async () => {
			const other = make();
			await other.start();
			try {
				const spec = consumer([`hub.${noun}-h.made`]);
				await transport.subscribe(spec);
				await other.subscribe(spec);
				const sent = Array.from({ length: 40 }, () => event(`hub.${noun}-h.made`));
				await transport.publish(sent.slice(0, 20));
				await other.publish(sent.slice(20));
				const taken = (await Promise.all([take(spec, 20), take(spec, 20, other)])).flat();
				expect(idsOf(taken)).toEqual(sent.map(({ id }) => id).sort());
				for (const { token } of taken) await other.ack(token);
				expect(await transport.fetch(spec, 10, 300)).toEqual([]);
			} finally {
				await other.stop();
			}
		});

		it("counts what a consumer has still to acknowledge", async () => {
			const spec = consumer([`hub.${noun}-l.made`, `hub.${noun}-l.gone`]);
			const backlog = async (): Promise<number | undefined> =>
				(await transport.backlog()).find(({ consumer: name }) => name === spec.name)?.count;
			await transport.subscribe(spec);
			await transport.publish([event(`hub.${noun}-l.made`), event(`hub.${noun}-l.gone`)]);
			expect(await backlog()).toBe(2);
			const taken = await take(spec, 2);
			expect(await backlog()).toBe(2);
			for (const { token } of taken) await transport.ack(token);
			await vi.waitFor(async () => expect(await backlog()).toBe(0), { timeout: 10_000 });
		});

		it("returns soon after the first event comes", async () => {
			const spec = consumer([`hub.${noun}-i.made`]);
			await transport.subscribe(spec);
			const started = Date.now();
			const waiting = transport.fetch(spec, 16, 10_000);
			await transport.publish([event(`hub.${noun}-i.made`)]);
			expect(await waiting).toHaveLength(1);
			expect(Date.now() - started).toBeLessThan(5_000);
		});

		it("refuses a subject that is not one of the hub's", async () => {
			await expect(transport.subscribe(consumer(["orders.>"]))).rejects.toThrow(/hub\.<noun>/);
		});
	});
}
