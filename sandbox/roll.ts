/** Things in the order they came, numbered from 1 without gaps: `GET /_control/truth` is read from here, page by page. */
export class Roll<T extends { sequence: number }> {
	#items: T[] = [];

	/** The number the next thing must carry. */
	get nextSequence(): number {
		return this.#items.length + 1;
	}

	add(item: T): void {
		if (item.sequence !== this.nextSequence) throw new RangeError(`${item.sequence} is not ${this.nextSequence}`);
		this.#items.push(item);
	}

	/** At most `limit` things after that number, oldest first. */
	after(sequence: number, limit: number): T[] {
		return this.#items.slice(sequence, sequence + limit);
	}

	/** At most `limit` things, newest first. */
	latest(limit: number): T[] {
		return this.#items.slice(-limit).reverse();
	}

	find(wanted: (item: T) => boolean): T | undefined {
		return this.#items.findLast(wanted);
	}

	clear(): void {
		this.#items = [];
	}
}
