/** Anything kept in a time index: `sequence` decides between equal times. */
interface Numbered {
	sequence: number;
}

/**
 * Things sorted by a time that may change, oldest first. A list call takes a window out of it by binary search, so a
 * page costs the same with a hundred orders or a hundred thousand.
 */
export class TimeIndex<T extends Numbered> {
	#entries: { ms: number; item: T }[] = [];

	/** Puts a thing at its time; `oldMs` is the time it stood at before, null when it is new. */
	place(item: T, ms: number, oldMs: number | null): void {
		if (oldMs === ms) return;
		if (oldMs !== null) {
			const at = this.#position(oldMs, item.sequence);
			if (this.#entries[at]?.item !== item) throw new Error(`index entry of ${item.sequence} is missing`);
			this.#entries.splice(at, 1);
		}
		this.#entries.splice(this.#position(ms, item.sequence), 0, { ms, item });
	}

	/** Everything from one time to another, both included, newest first. */
	between(fromMs: number, toMs: number): T[] {
		const from = this.#position(fromMs, 0);
		const to = this.#position(toMs + 1, 0);
		return this.#entries
			.slice(from, Math.max(from, to))
			.reverse()
			.map(({ item }) => item);
	}

	/** Where (ms, sequence) stands or would stand. */
	#position(ms: number, sequence: number): number {
		let low = 0;
		let high = this.#entries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const entry = this.#entries[middle];
			if (entry && (entry.ms < ms || (entry.ms === ms && entry.item.sequence < sequence))) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
