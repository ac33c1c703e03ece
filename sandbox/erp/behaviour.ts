import type { Journal } from "../journal.ts";

/** How an ERP behaves by itself. Kept over restarts and resets. */
export interface Behaviour {
	dialect: string;
	/** Ships each document once, by itself. */
	autoShip: boolean;
	/** How long after it took the document. */
	afterMs: number;
	/** What it says to a request to cancel a document it has not shipped yet. */
	decide: "agree" | "refuse";
	/** The hub it reports to; null: nobody has said. */
	hub: HubAccess | null;
	/** The address it calls in its own format, instead of reporting to `hub`; null: it does not. */
	callbackUrl: string | null;
}

export interface HubAccess {
	url: string; // "http://127.0.0.1:3000", without /api/v1
	clientId: string;
	clientSecret: string;
}

/** The behaviour of every ERP. */
export class Behaviours {
	readonly #journal: Journal;
	readonly #byDialect = new Map<string, Behaviour>();

	constructor(journal: Journal, dialects: readonly string[]) {
		this.#journal = journal;
		const stored = new Map(journal.load<Behaviour>("behaviour").map((behaviour) => [behaviour.dialect, behaviour]));
		for (const dialect of dialects) {
			const first: Behaviour = {
				dialect,
				autoShip: true,
				afterMs: 1000,
				decide: "agree",
				hub: null,
				callbackUrl: null,
			};
			this.#byDialect.set(dialect, { ...first, ...stored.get(dialect) });
		}
	}

	of(dialect: string): Behaviour {
		const behaviour = this.#byDialect.get(dialect);
		if (!behaviour) throw new Error(`no ERP ${dialect}`);
		return behaviour;
	}

	change(dialect: string, change: Partial<Omit<Behaviour, "dialect">>): Behaviour {
		const changed = { ...this.of(dialect), ...change };
		this.#byDialect.set(dialect, changed);
		this.#journal.put("behaviour", dialect, changed);
		return changed;
	}
}
