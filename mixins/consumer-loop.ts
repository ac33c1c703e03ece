/** Takes deliveries of one durable consumer and settles each once. Shared by services (consumer.ts) and flows (order-in). */
import { setTimeout as pause } from "node:timers/promises";
import type { ServiceBroker } from "moleculer";
import { isPassing } from "../config/outage.ts";
import type { ConsumerSpec, Delivery } from "./event.ts";

export interface LoopOptions {
	broker: ServiceBroker;
	spec: ConsumerSpec;
	concurrency: number; // deliveries in hand at once
	/** Must bear the same event twice. Resolving acknowledges; throwing brings the event back later. */
	handle(delivery: Delivery): Promise<void>;
}

export interface ConsumerLoop {
	/** Takes nothing more and waits for what is in hand. */
	stop(): Promise<void>;
}

/** Thrown by `handle`: the event is not at fault. It comes again and is not parked for it. */
export class GivenBack extends Error {}

const fetchWaitMs = 1_000;
const longestPauseMs = 4_000; // between tries while the event service is away

/** Starts at once and for good: the event service may come later, or go for a while. */
export function startConsumer({ broker, spec, concurrency, handle }: LoopOptions): ConsumerLoop {
	const logger = broker.getLogger(`consumer ${spec.name}`);
	const inHand = new Set<Promise<void>>();
	const stopping = new AbortController();
	const { signal } = stopping;

	async function settle(delivery: Delivery): Promise<void> {
		const { token, event } = delivery;
		const heartbeat = setInterval(() => {
			broker
				.call("event.working", { token })
				.catch((err: Error) => logger.debug("no heartbeat", { reason: err.message }));
		}, spec.ackWaitMs / 3);
		try {
			await handle(delivery);
			await broker.call("event.ack", { token });
		} catch (err) {
			const reason = (err as Error).message;
			const passing = err instanceof GivenBack || isPassing(err);
			const facts = { consumer: spec.name, subject: event.subject, event: event.id, attempt: delivery.attempt, reason };
			if (passing) logger.debug("event given back", facts);
			else logger.warn("event not handled", facts);
			await broker.call("event.fail", { spec, token, event, reason, passing });
		} finally {
			clearInterval(heartbeat);
		}
	}

	async function takeBatch(): Promise<void> {
		const deliveries: Delivery[] = await broker.call(
			"event.fetch",
			{ spec, max: concurrency - inHand.size, waitMs: fetchWaitMs },
			{ timeout: fetchWaitMs + 10_000 },
		);
		for (const delivery of deliveries) {
			// A failure to report a failure is harmless: unacknowledged, the event comes again.
			const job = settle(delivery)
				.catch((err: Error) => logger.warn("event not settled", { consumer: spec.name, reason: err.message }))
				.finally(() => inHand.delete(job));
			inHand.add(job);
		}
	}

	async function run(): Promise<void> {
		let known = false;
		let failures = 0;
		while (!signal.aborted) {
			try {
				if (!known) await broker.call("event.subscribe", { spec });
				known = true;
				await takeBatch();
				failures = 0;
				if (inHand.size >= concurrency) await Promise.race(inHand);
			} catch (err) {
				if (signal.aborted) break;
				known = false;
				failures += 1;
				logger.warn("consumer waits", { consumer: spec.name, reason: (err as Error).message });
				await pause(Math.min(longestPauseMs, failures * 1_000), undefined, { signal }).catch(() => undefined); // stopped
			}
		}
		await Promise.all(inHand);
	}

	const running = run();
	return {
		stop() {
			stopping.abort();
			return running;
		},
	};
}
