/** What one target has seen since the last reset. Kept in memory only. */
export interface Counts {
	requests: number;
	/** Calls refused because their signature, or the key that stands for one, was wrong. */
	refusedSignatures: number;
	/** Calls beyond the rate limit. */
	outOfQuota: number;
	/** Calls made with a token that was expired or replaced. */
	expiredTokens: number;
	/** Bytes of bodies, received and answered. */
	bytes: number;
	/** Messages to the hub, by call or through a message server. */
	messages: MessageCounts;
	/** Calls by API name; only calls whose signature was right. */
	calls: Record<string, number>;
}

export interface MessageCounts {
	/** Repetitions included; what was not answered is neither confirmed nor refused. */
	sent: number;
	acked: number;
	refused: number;
}

export class Counters {
	readonly #targets = new Map<string, Counts>();

	of(target: string): Counts {
		let counts = this.#targets.get(target);
		if (!counts) {
			const messages = { sent: 0, acked: 0, refused: 0 };
			counts = { requests: 0, refusedSignatures: 0, outOfQuota: 0, expiredTokens: 0, bytes: 0, messages, calls: {} };
			this.#targets.set(target, counts);
		}
		return counts;
	}

	called(target: string, api: string): void {
		const { calls } = this.of(target);
		calls[api] = (calls[api] ?? 0) + 1;
	}

	all(targets: readonly string[]): Record<string, Counts> {
		return Object.fromEntries(targets.map((target) => [target, this.of(target)]));
	}

	reset(): void {
		this.#targets.clear();
	}
}
