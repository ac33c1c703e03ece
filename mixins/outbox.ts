import { randomUUID } from "node:crypto";
import type { Service, ServiceBroker, ServiceSchema } from "moleculer";
import type { Model } from "mongoose";
import type { HubEvent } from "./event.ts";

/** An event waiting to leave. It sits inside the document it tells of, so both are written or neither. */
export type Pending = HubEvent;

/** The schema field. Index it with `outboxIndex`. */
export const outboxField = [
	{ _id: false, id: String, subject: String, at: String, traceId: String, body: { type: Object } },
];
export const outboxIndex = [{ "outbox.id": 1 }, { sparse: true }] as const;

export function pending(
	subject: string,
	body: Record<string, unknown>,
	traceId: string,
	id: string = randomUUID(),
): Pending {
	return { id, subject, at: new Date().toISOString(), traceId, body };
}

interface Relay {
	start(): void; // unless it runs already: then once more after that
	stop(): Promise<void>;
}

const relays = new WeakMap<Service, Relay[]>();

/** Lets what was just written leave at once; without it events leave within the outbox's own rhythm. */
export function nudge(service: Service): void {
	for (const relay of relays.get(service) ?? []) relay.start();
}

type WithOutbox = { _id: unknown; outbox: Pending[] };

/**
 * Publishes the events waiting in `outbox` of a model's documents: at least once, in order per document.
 * `beforePublish` may keep a record of the same events; it must bear a repeat.
 */
export function outbox(
	model: { modelName: string },
	beforePublish: (events: Pending[]) => Promise<void> = async () => {},
	everyMs = 1_000,
): Partial<ServiceSchema> {
	const documents = model as unknown as Model<WithOutbox>;

	/** @returns how many documents had something waiting */
	async function relayBatch(broker: ServiceBroker): Promise<number> {
		const waiting = await documents
			.find({ "outbox.id": { $exists: true } }, { outbox: 1 })
			.limit(200)
			.lean();
		if (!waiting.length) return 0;
		const events = waiting.flatMap(({ outbox: events }) => events);
		await beforePublish(events);
		await broker.call("event.publish", { events });
		await documents.bulkWrite(
			waiting.map(({ _id, outbox: events }) => ({
				updateOne: { filter: { _id }, update: { $pull: { outbox: { id: { $in: events.map(({ id }) => id) } } } } },
			})) as Parameters<typeof documents.bulkWrite>[0],
			{ ordered: false },
		);
		return waiting.length;
	}

	function relay({ broker, logger }: Service): Relay {
		let running: Promise<void> | null = null;
		let again = false;
		let stopping = false;
		let timer: NodeJS.Timeout | undefined;

		async function relayAll(): Promise<void> {
			do {
				again = false;
				while ((await relayBatch(broker)) > 0 && !stopping);
			} while (again && !stopping);
		}
		function start(): void {
			if (stopping) return;
			if (running) {
				again = true;
				return;
			}
			clearTimeout(timer);
			running = relayAll()
				.catch((err: Error) => logger.warn("outbox waits", { model: model.modelName, reason: err.message }))
				.finally(() => {
					running = null;
					if (!stopping) timer = setTimeout(start, everyMs);
				});
		}
		async function stop(): Promise<void> {
			stopping = true;
			clearTimeout(timer);
			await running; // let the batch in hand finish
		}
		return { start, stop };
	}

	return {
		dependencies: ["event"],
		async started() {
			const own = relay(this);
			relays.set(this, [...(relays.get(this) ?? []), own]);
			own.start();
		},
		async stopped() {
			await Promise.all((relays.get(this) ?? []).map((each) => each.stop()));
		},
	};
}
