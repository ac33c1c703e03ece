/** The event service's part for flows on the rig: events wait for the entries that take them. */
import type { Delivery } from "../../../mixins/event.ts";

interface Queue {
	waiting: Delivery[];
	wake: (() => void) | null;
}

/** Deliveries by durable consumer. */
export class Deliveries {
	readonly #queues = new Map<string, Queue>();

	#queueOf(consumer: string): Queue {
		const queue = this.#queues.get(consumer) ?? { waiting: [], wake: null };
		this.#queues.set(consumer, queue);
		return queue;
	}

	put(consumer: string, delivery: Delivery): void {
		const queue = this.#queueOf(consumer);
		queue.waiting.push(delivery);
		queue.wake?.();
	}

	/** Up to `max`, as soon as there is one; none after `waitMs`. */
	async take(consumer: string, max: number, waitMs: number): Promise<Delivery[]> {
		const queue = this.#queueOf(consumer);
		if (!queue.waiting.length) {
			const { promise, resolve } = Promise.withResolvers<void>();
			queue.wake = resolve;
			const timer = setTimeout(resolve, waitMs);
			await promise;
			clearTimeout(timer);
			queue.wake = null;
		}
		return queue.waiting.splice(0, max);
	}
}
