import {
	AckPolicy,
	connect,
	createInbox,
	DeliverPolicy,
	type JetStreamClient,
	type JetStreamManager,
	JSONCodec,
	type NatsConnection,
	NatsError,
	nanos,
	RetentionPolicy,
	StorageType,
} from "nats";
import { natsOptions } from "../../config/nats.ts";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import { subjectMatcher } from "./subjects.ts";
import { type EventTransport, keepEventsMs } from "./transport.ts";

const codec = JSONCodec<HubEvent>();
const text = new TextEncoder();
const requestMs = 5_000;
const batchBytes = 800_000; // deliveries go on in one message, which NATS lets be a megabyte; a larger event goes alone
const noSuchStream = 10059;
const noSuchConsumer = 10014;

/**
 * Events carried by NATS JetStream: one stream, pull consumers, explicit acknowledgement by reply subject, which any
 * process may send. NATS lost and found again resumes by itself; meanwhile calls fail and the outboxes wait.
 */
export class JetStreamTransport implements EventTransport {
	private readonly url: string;
	private readonly stream: string;
	private connection!: NatsConnection;
	private jetstream!: JetStreamClient;
	private manager!: JetStreamManager;

	/** @param stream name of the stream, one for each hub that shares the NATS server */
	constructor(url: string, stream = "HUB") {
		this.url = url;
		this.stream = stream;
	}

	async start(): Promise<void> {
		this.connection = await connect({
			...natsOptions(this.url),
			name: "order-hub events",
			maxReconnectAttempts: -1, // the client's default gives up after 20 s and looks healthy
			reconnectTimeWait: 500,
			waitOnFirstConnect: true,
		});
		this.jetstream = this.connection.jetstream({ timeout: requestMs });
		this.manager = await this.connection.jetstreamManager({ checkAPI: false, timeout: requestMs });
		await this.makeStream();
	}

	private async makeStream(): Promise<void> {
		const wanted = {
			name: this.stream,
			subjects: ["hub.*.*"],
			retention: RetentionPolicy.Limits,
			storage: StorageType.File,
			max_age: nanos(keepEventsMs),
			duplicate_window: nanos(10 * 60_000),
		};
		try {
			await this.manager.streams.info(this.stream);
			await this.manager.streams.update(this.stream, wanted);
		} catch (err) {
			if (codeOf(err) !== noSuchStream) throw err;
			await this.manager.streams.add(wanted);
		}
	}

	async stop(): Promise<void> {
		await this.connection?.close();
	}

	async publish(events: readonly HubEvent[]): Promise<void> {
		await Promise.all(
			events.map((event) => this.jetstream.publish(event.subject, codec.encode(event), { msgID: event.id })),
		);
	}

	async subscribe(spec: ConsumerSpec): Promise<void> {
		subjectMatcher(spec.subjects);
		// Server 2.9 has one filter a consumer: several subjects become several consumers, fetched in turn.
		for (const subject of spec.subjects) {
			const config = {
				durable_name: durable(spec.name, subject),
				ack_policy: AckPolicy.Explicit,
				deliver_policy: DeliverPolicy.All,
				filter_subject: subject,
				ack_wait: nanos(spec.ackWaitMs),
				max_ack_pending: 1_000,
				max_deliver: -1, // attempts are counted by us, so that a delivery is parked before it is dropped
			};
			try {
				await this.manager.consumers.info(this.stream, config.durable_name);
				await this.manager.consumers.update(this.stream, config.durable_name, config);
			} catch (err) {
				const code = codeOf(err);
				if (code !== noSuchStream && code !== noSuchConsumer) throw err;
				if (code === noSuchStream) await this.makeStream(); // NATS lost its data: on with what is to come
				await this.manager.consumers.add(this.stream, config);
			}
		}
	}

	async fetch({ name, subjects }: ConsumerSpec, max: number, waitMs: number): Promise<Delivery[]> {
		const consumers = subjects.map((subject) => durable(name, subject));
		const share = Math.max(1, Math.floor(max / consumers.length));
		const ready = await Promise.all(consumers.map((consumer) => this.pull(consumer, { batch: share })));
		if (ready.some((deliveries) => deliveries.length)) return ready.flat();
		// Nothing waits: one each, so that the first one to come is here at once.
		const expires = Math.max(100, Math.min(waitMs, consumers.length > 1 ? 500 : waitMs));
		const next = await Promise.all(consumers.map((consumer) => this.pull(consumer, { batch: 1, expires })));
		return next.flat();
	}

	/** One pull request: with `expires`, up to so many ms for the first message; without, only what is there now. */
	private async pull(
		consumer: string,
		{ batch, expires = 0 }: { batch: number; expires?: number },
	): Promise<Delivery[]> {
		const inbox = createInbox();
		const messages = this.connection.subscribe(inbox, { max: batch });
		const ask = expires ? { batch, expires: nanos(expires) } : { batch, no_wait: true, max_bytes: batchBytes };
		this.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${this.stream}.${consumer}`, JSON.stringify(ask), {
			reply: inbox,
		});
		// Nothing comes of a server that goes away in the middle, or that has lost the consumer with its data.
		let silent = false;
		const giveUp = setTimeout(() => {
			silent = true;
			messages.unsubscribe();
		}, expires + requestMs);
		const deliveries: Delivery[] = [];
		try {
			for await (const message of messages) {
				// 404 nothing there, 408 nothing more, 409 no room for more. The end is the server's to tell: the count of
				// pending messages in a token leaves out those that come again, and what we do not wait for is lost for now.
				if (message.headers?.code) break;
				const token = message.reply as string;
				deliveries.push({ token, attempt: readToken(token).attempt, event: codec.decode(message.data) });
			}
		} finally {
			clearTimeout(giveUp);
			messages.unsubscribe();
		}
		if (silent && !deliveries.length) throw new Error(`NATS says nothing of consumer ${consumer}`);
		return deliveries;
	}

	async ack(token: string): Promise<void> {
		await this.settle(token, "+ACK");
	}

	async nak(token: string, delayMs: number): Promise<void> {
		await this.settle(token, `-NAK ${JSON.stringify({ delay: nanos(delayMs) })}`);
	}

	async working(token: string): Promise<void> {
		await this.settle(token, "+WPI");
	}

	async backlog(): Promise<{ consumer: string; count: number }[]> {
		const waiting = new Map<string, number>();
		// One durable a subject, as durable() names them.
		for await (const { name, num_pending, num_ack_pending } of this.manager.consumers.list(this.stream)) {
			const consumer = name.slice(0, name.lastIndexOf("-hub_"));
			waiting.set(consumer, (waiting.get(consumer) ?? 0) + num_pending + num_ack_pending);
		}
		return [...waiting].map(([consumer, count]) => ({ consumer, count }));
	}

	/** Waits for the server's word: an acknowledgement that NATS never got must not pass for one. */
	private async settle(token: string, word: string): Promise<void> {
		if (readToken(token).stream !== this.stream) throw new Error("this is not a delivery of this hub");
		await this.connection.request(token, text.encode(word), { timeout: requestMs });
	}
}

/**
 * The subject on which a delivery is acknowledged tells of it: `$JS.ACK.[<domain>.<account>.]<stream>.<consumer>.
 * <deliveries>.<stream sequence>.<consumer sequence>.<time>.<pending>[.<random>]`. Source: NATS ADR-15.
 */
function readToken(token: string): { stream: string; attempt: number } {
	const parts = token.split(".");
	if (parts[0] !== "$JS" || parts[1] !== "ACK" || parts.length < 9) throw new Error("this is not a delivery");
	const [stream = "", , deliveries] = parts.slice(parts.length === 9 ? 2 : 4);
	return { stream, attempt: Number(deliveries) };
}

const durable = (name: string, subject: string): string =>
	`${name}-${subject}`.replace(/[^A-Za-z0-9_-]/g, (char) => (char === "*" ? "all" : "_"));

const codeOf = (err: unknown): number | undefined => (err instanceof NatsError ? err.api_error?.err_code : undefined);
