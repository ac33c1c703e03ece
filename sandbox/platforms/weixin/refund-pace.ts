/** One order takes one agreed refund a minute. */
export class RefundPace {
	readonly #lastMs = new Map<string, number>();

	/** True when the order may be refunded now; it is counted then. */
	take(orderId: string, nowMs: number): boolean {
		const lastMs = this.#lastMs.get(orderId);
		if (lastMs !== undefined && nowMs - lastMs < 60_000) return false;
		this.#lastMs.set(orderId, nowMs);
		return true;
	}

	reset(): void {
		this.#lastMs.clear();
	}
}
