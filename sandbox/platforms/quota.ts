/** How many calls a platform takes of one caller. */
export interface CallQuota {
	/**
	 * True when one more call fits, which is counted then. `caller`: the app, or what else the platform counts by;
	 * `perSecond`: so many instead of the platform's own number; null: as usual.
	 */
	take(caller: string, api: string, nowMs: number, perSecond: number | null): boolean;
	reset(): void;
}

/** Counts calls in the running second by key. */
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

/** A number of calls a second of one caller to one API. `usual`: the API's, unless a fault sets another. */
export function callsPerSecond(usual: (api: string) => number): CallQuota {
	const quota = new Quota();
	return {
		take: (caller, api, nowMs, perSecond) => quota.take(`${caller}:${api}`, perSecond ?? usual(api), nowMs),
		reset: () => quota.reset(),
	};
}
