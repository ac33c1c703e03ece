import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import { insertMissing } from "../../mixins/insert-missing.ts";
import { ConsumerModel, EventModel, type StoredConsumer, type StoredEvent } from "./event.model.ts";
import { GatheredWrites } from "./gathered-writes.ts";
import { subjectCondition, subjectMatcher } from "./subjects.ts";
import type { EventTransport } from "./transport.ts";

const pollMs = 500; // how soon events of another process are seen; those of this one are seen at once
const gatherMs = 4;
const consumersKnownMs = 1_000;
const adoptEveryMs = 5_000;
const adoptBackMs = 30_000;

/**
 * Events carried by the store itself: an event is one document that holds who still has to get it, so publishing is
 * one write and acknowledging is another. Needs no NATS; meant for one machine.
 */
export class StoreTransport implements EventTransport {
	private readonly arrivals = new EventEmitter().setMaxListeners(0);
	private stopping = false;
	private known: { at: number; consumers: StoredConsumer[] } = { at: 0, consumers: [] };
	private readonly adoptedAt = new Map<string, number>();
	private readonly settled = new GatheredWrites(EventModel, gatherMs);

	async start(): Promise<void> {}

	async stop(): Promise<void> {
		this.stopping = true;
		this.arrivals.emit("any");
	}

	async publish(events: readonly HubEvent[]): Promise<void> {
		if (!events.length) return;
		const consumers = await this.consumers();
		const storedAt = new Date();
		const stored = events.map(({ id: _id, subject, at, traceId, body }): StoredEvent => {
			const names = consumers.filter(({ subjects }) => subjectMatcher(subjects)(subject)).map((each) => each._id);
			const open = names.map((consumer) => ({ consumer, dueAt: storedAt, attempt: 0 }));
			return { _id, subject, at, traceId, body, storedAt, consumers: names, open };
		});
		await insertMissing(EventModel, stored); // an id that is there already was published before
		this.arrivals.emit("any");
	}

	async subscribe({ name, subjects }: ConsumerSpec): Promise<void> {
		subjectMatcher(subjects); // a wrong subject is said now, not at the first event
		const before = await ConsumerModel.findOneAndUpdate({ _id: name }, { $set: { subjects } }, { upsert: true }).lean();
		this.known.at = 0;
		// Looking through all events takes its time: once is enough, but for subjects that are new.
		if (isDeepStrictEqual(before?.adopted, subjects)) return;
		await this.adopt(name, subjects, new Date(0));
		await ConsumerModel.updateOne({ _id: name }, { $set: { adopted: subjects } });
	}

	async fetch(spec: ConsumerSpec, max: number, waitMs: number): Promise<Delivery[]> {
		const until = Date.now() + waitMs;
		await this.adoptRecent(spec);
		for (;;) {
			const arrived = this.arrival(Math.min(pollMs, Math.max(0, until - Date.now())));
			const deliveries = await this.claim(spec, max);
			if (deliveries.length || this.stopping || Date.now() >= until) return deliveries;
			await arrived;
			await pause(gatherMs); // a burst is one claim instead of many
		}
	}

	ack(token: string): Promise<void> {
		const { eventId, consumer, attempt } = readToken(token);
		// The attempt is a fence: a delivery handed out again meanwhile is not settled by its first holder.
		return this.settled.add({ filter: { _id: eventId }, update: { $pull: { open: { consumer, attempt } } } });
	}

	nak(token: string, delayMs: number): Promise<void> {
		return this.setDue(token, delayMs);
	}

	working(token: string): Promise<void> {
		return this.setDue(token, readToken(token).ackWaitMs);
	}

	async backlog(): Promise<{ consumer: string; count: number }[]> {
		const names = (await this.consumers()).map(({ _id }) => _id);
		const count = (name: string): Promise<number> => EventModel.countDocuments({ "open.consumer": name });
		return Promise.all(names.map(async (consumer) => ({ consumer, count: await count(consumer) })));
	}

	private setDue(token: string, delayMs: number): Promise<void> {
		const { eventId, consumer, attempt } = readToken(token);
		return this.settled.add({
			filter: { _id: eventId, open: { $elemMatch: { consumer, attempt } } },
			update: { $set: { "open.$.dueAt": new Date(Date.now() + delayMs) } },
		});
	}

	private async claim({ name, ackWaitMs }: ConsumerSpec, max: number): Promise<Delivery[]> {
		const now = new Date();
		const due = await EventModel.find({ open: { $elemMatch: { consumer: name, dueAt: { $lte: now } } } })
			.sort({ storedAt: 1 })
			.limit(max)
			.lean();
		const wanted = due.flatMap((event) => {
			const mine = event.open.find(({ consumer }) => consumer === name);
			return mine ? [{ event, attempt: mine.attempt + 1 }] : [];
		});
		if (!wanted.length) return [];
		const by = randomUUID();
		const dueAt = new Date(Date.now() + ackWaitMs);
		const { modifiedCount } = await EventModel.bulkWrite(
			wanted.map(({ event: { _id }, attempt }) => ({
				updateOne: {
					filter: { _id, open: { $elemMatch: { consumer: name, attempt: attempt - 1 } } },
					update: { $set: { "open.$.attempt": attempt, "open.$.dueAt": dueAt, "open.$.by": by } },
				},
			})),
			{ ordered: false },
		);
		// Fewer than wanted: another process was first with some of them.
		const mine = modifiedCount === wanted.length ? wanted : await this.claimedBy(by, wanted);
		return mine.map(({ event: { _id: id, subject, at, traceId, body }, attempt }) => {
			const token = JSON.stringify([id, name, attempt, ackWaitMs]);
			return { token, attempt, event: { id, subject, at, traceId, body } };
		});
	}

	private async claimedBy<T extends { event: StoredEvent }>(by: string, wanted: T[]): Promise<T[]> {
		const ids = wanted.map(({ event }) => event._id);
		const claimed = await EventModel.find({ _id: { $in: ids }, "open.by": by }, { _id: 1 }).lean();
		const known = new Set(claimed.map(({ _id }) => _id));
		return wanted.filter(({ event }) => known.has(event._id));
	}

	/** Resolves at the next publish of this process, or after `ms`. */
	private async arrival(ms: number): Promise<void> {
		const signal = AbortSignal.timeout(ms);
		await once(this.arrivals, "any", { signal }).catch(() => undefined); // the time is up: look again
	}

	private async consumers(): Promise<StoredConsumer[]> {
		if (Date.now() - this.known.at > consumersKnownMs) {
			this.known = { consumers: await ConsumerModel.find().lean(), at: Date.now() };
		}
		return this.known.consumers;
	}

	/** Another process may have published before it knew of this consumer: such events are adopted. */
	private async adoptRecent({ name, subjects }: ConsumerSpec): Promise<void> {
		if (Date.now() - (this.adoptedAt.get(name) ?? 0) < adoptEveryMs) return;
		await this.adopt(name, subjects, new Date(Date.now() - adoptBackMs));
	}

	private async adopt(name: string, subjects: string[], since: Date): Promise<void> {
		this.adoptedAt.set(name, Date.now());
		await EventModel.updateMany(
			{ storedAt: { $gte: since }, consumers: { $ne: name }, ...subjectCondition(subjects) },
			{ $push: { open: { consumer: name, dueAt: new Date(), attempt: 0 }, consumers: name } },
		);
	}
}

function readToken(token: string): { eventId: string; consumer: string; attempt: number; ackWaitMs: number } {
	const [eventId, consumer, attempt, ackWaitMs] = JSON.parse(token) as [string, string, number, number];
	return { eventId, consumer, attempt, ackWaitMs };
}
