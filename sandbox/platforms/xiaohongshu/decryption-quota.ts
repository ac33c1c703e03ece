import { beijing } from "../../beijing.ts";

/** Rows that a shop may have decrypted in a day. */
const perDay = 5_000;

/** Counts decryptions by shop and Beijing day, row by row. */
export class DecryptionQuota {
	readonly #used = new Map<string, number>();

	/** True when one more row fits. */
	take(shopId: string, nowMs: number): boolean {
		const key = `${shopId}:${beijing(nowMs).slice(0, 10)}`;
		const used = this.#used.get(key) ?? 0;
		if (used >= perDay) return false;
		this.#used.set(key, used + 1);
		return true;
	}

	reset(): void {
		this.#used.clear();
	}
}
