import type { Journal } from "../../journal.ts";

/** A call with a number of its own that was done, and what it was answered. */
interface KnownRequest {
	key: string;
	answer: string;
}

/** By what the platform knows that a call is one it has done already. */
export class KnownRequests {
	readonly #journal: Journal;
	readonly #answers: Map<string, string>;

	constructor(journal: Journal, platform: string) {
		this.#journal = journal;
		const rows = journal.load<KnownRequest>("request").filter(({ key }) => key.startsWith(`${platform}:`));
		this.#answers = new Map(rows.map(({ key, answer }) => [key, answer]));
	}

	/** What the first call with that key was answered; undefined when there was none. */
	answer(key: string): string | undefined {
		return this.#answers.get(key);
	}

	/** `key` begins with the platform's name. */
	remember(key: string, answer: string): void {
		this.#answers.set(key, answer);
		this.#journal.put("request", key, { key, answer });
	}

	reset(): void {
		for (const key of this.#answers.keys()) this.#journal.remove("request", key);
		this.#answers.clear();
	}
}
