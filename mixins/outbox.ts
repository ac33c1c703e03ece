import { randomUUID } from "node:crypto";
import type { Service, ServiceBroker, ServiceSchema } from "moleculer";
import type { Model } from "mongoose";
import type { HubEvent } from "./event.ts";
import { untraced } from "./trace.ts";

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
	untraced(() => {
		for (const relay of relays.get(service) ?? []) relay.start();
	});
}

type WithOutbox = { _id: unknown; outbox: Pending[] };

/** A call is one message on its way to another process, and NATS takes a megabyte at most. */
const partBytes = 256 * 1024;

/** Documents in parts whose events fit into one call; one that is too large for that goes alone and holds up no other. */
function inParts(waiting: readonly WithOutbox[]): WithOutbox[][] {
	const parts: WithOutbox[][] = [];
	let room = 0;
	for (const document of waiting) {
		const bytes = Buffer.byteLength(JSON.stringify(document.outbox));
		const part = parts.at(-1);
		if (part && bytes <= room) part.push(document);
		else parts.push([document]);
		room = (part && bytes <= room ? room : partBytes) - bytes;
	}
	return parts;
}

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

	/** @returns how many documents' events left. @throws what stopped them when none did */
	async function relayBatch(broker: ServiceBroker): Promise<number> {
		const waiting = await documents
			.find({ "outbox.id": { $exists: true } }, { outbox: 1 })
			.limit(200)
			.lean();
		if (!waiting.length) return 0;
		await beforePublish(waiting.flatMap(({ outbox: events }) => events));
		const parts = inParts(waiting);
		const results = await Promise.allSettled(parts.map((part) => publish(broker, part)));
		const failed = results.find((result) => result.status === "rejected");
		const left = parts.filter((_, i) => results[i]?.status === "fulfilled").flat();
		if (failed && !left.length) throw failed.reason;
		return left.length;
	}

	async function publish(broker: ServiceBroker, part: WithOutbox[]): Promise<void> {
		await broker.call("event.publish", { events: part.flatMap(({ outbox: events }) => events) });
		await documents.bulkWrite(
			part.map(({ _id, outbox: events }) => ({
				updateOne: { filter: { _id }, update: { $pull: { outbox: { id: { $in: events.map(({ id }) => id) } } } } },
			})) as Parameters<typeof documents.bulkWrite>[0],
			{ ordered: false },
		);
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
