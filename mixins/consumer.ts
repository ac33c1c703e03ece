import type { Service, ServiceSchema } from "moleculer";
import { type ConsumerLoop, startConsumer } from "./consumer-loop.ts";
import type { ConsumerSpec, HubEvent } from "./event.ts";
import { spanned } from "./spans.ts";
import { underTrace } from "./trace.ts";

export interface ConsumerOptions {
	name: string;
	subjects: string[];
	concurrency?: number;
	ackWaitMs?: number;
	maxAttempts?: number;
	backoffMs?: number[];
	/** Must bear the same event twice. Throwing brings it back later; after the last attempt it is parked. */
	handle(service: Service, event: HubEvent): Promise<void>;
}

/** A durable consumer as part of a service: takes events while the service runs, acknowledges each after its effect. */
export function consumer(options: ConsumerOptions): Partial<ServiceSchema> {
	const { concurrency = 8, handle } = options;
	const spec: ConsumerSpec = {
		name: options.name,
		subjects: options.subjects,
		ackWaitMs: options.ackWaitMs ?? 30_000,
		maxAttempts: options.maxAttempts ?? 8,
		backoffMs: options.backoffMs ?? [500, 2_000, 5_000, 15_000, 60_000],
	};
	const work = ({ subject }: HubEvent) =>
		({ name: `consumer ${options.name}`, kind: "consumer", attributes: { subject } }) as const;
	const loops = new WeakMap<Service, ConsumerLoop>();
	return {
		dependencies: ["event"],
		async started() {
			const take = { broker: this.broker, spec, concurrency };
			loops.set(
				this,
				startConsumer({
					...take,
					handle: ({ event }) => underTrace(event.traceId, () => spanned(work(event), () => handle(this, event))),
				}),
			);
		},
		async stopped() {
			await loops.get(this)?.stop();
		},
	};
}
