import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";

/**
 * What the hub asks of whatever carries its events. Two drivers: JetStream (NATS_URL set) and the store itself.
 * Both pass `transport.contract.ts`. At least once, durable: a published event survives any process.
 */
export interface EventTransport {
	start(): Promise<void>;
	stop(): Promise<void>;
	/** Resolves when every event is stored. */
	publish(events: readonly HubEvent[]): Promise<void>;
	/** Makes or changes a durable consumer. A new one gets the events of the last 7 days too. */
	subscribe(spec: ConsumerSpec): Promise<void>;
	/** Up to `max` deliveries; waits up to `waitMs` for the first one. */
	fetch(spec: ConsumerSpec, max: number, waitMs: number): Promise<Delivery[]>;
	ack(token: string): Promise<void>;
	/** Delivered again after `delayMs`. */
	nak(token: string, delayMs: number): Promise<void>;
	/** How many events each durable consumer has still to acknowledge. */
	backlog(): Promise<{ consumer: string; count: number }[]>;
	/** Still at work: starts the acknowledgement time anew. */
	working(token: string): Promise<void>;
}

/** How long events stay readable for consumers that come later. */
export const keepEventsMs = 7 * 24 * 3_600_000;
