/** Counts calls in the running second by key (app and method), as platforms do. */
export class Quota {
	#second = 0;
	readonly #used = new Map<string, number>();

	/** True when one more call fits; a call that does not fit is not counted. */
	take(key: string, perSecond: number, nowMs: number): boolean {
		const second = Math.floor(nowMs / 1000);
		if (second !== this.#second) {
			this.#second = second;
			this.#used.clear();
		}
		const used = this.#used.get(key) ?? 0;
		if (used >= perSecond) return false;
		this.#used.set(key, used + 1);
		return true;
	}

	reset(): void {
		this.#used.clear();
	}
}
