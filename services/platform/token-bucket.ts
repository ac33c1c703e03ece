import { setTimeout as pause } from "node:timers/promises";

/** A clock that nobody sets: a jump of the wall clock would stop all calls, or let too many through. */
const nowMs = (): number => performance.now();

/**
 * Lets through so many calls a second, in the order they ask, the urgent ones first. The burst is small, since
 * platforms count whole seconds and a full bucket on top of a second's refill would break their limit.
 */
export class TokenBucket {
	readonly #perSecond: number;
	readonly #burst: number;
	readonly #urgent: (() => void)[] = [];
	readonly #others: (() => void)[] = [];
	#tokens: number;
	#filledAt = nowMs();
	#closedUntil = 0;
	#serving = false;

	constructor(perSecond: number) {
		this.#perSecond = perSecond;
		this.#burst = Math.max(1, Math.floor(perSecond / 10));
		this.#tokens = this.#burst;
	}

	/** Resolves when the call may be made. */
	take(urgent = false): Promise<void> {
		const { promise, resolve } = Promise.withResolvers<void>();
		(urgent ? this.#urgent : this.#others).push(resolve);
		if (!this.#serving) void this.#serve();
		return promise;
	}

	/** The platform asked us to wait: nothing passes for so long. */
	close(ms: number): void {
		this.#closedUntil = Math.max(this.#closedUntil, nowMs() + ms);
		this.#tokens = 0;
	}

	/** For how long still nothing passes; 0 when it is open. */
	closedForMs(): number {
		return Math.max(0, this.#closedUntil - nowMs());
	}

	async #serve(): Promise<void> {
		this.#serving = true;
		while (this.#urgent.length + this.#others.length > 0) {
			const now = nowMs();
			this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1_000) * this.#perSecond);
			this.#filledAt = now;
			const waitMs = Math.max(this.#closedUntil - now, ((1 - this.#tokens) / this.#perSecond) * 1_000);
			if (waitMs > 0) {
				await pause(Math.ceil(waitMs));
			} else {
				this.#tokens -= 1;
				(this.#urgent.shift() ?? this.#others.shift())?.();
			}
		}
		this.#serving = false;
	}
}
