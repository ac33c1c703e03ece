/** Removes documents whose time has come, by the TTL indexes. Source: MongoDB manual, "TTL Indexes". */
import type { Doc } from "../bson/values.ts";
import type { IndexDefinition } from "../index/definition.ts";
import { everything, findDocuments } from "./find.ts";
import { Operation } from "./operation.ts";
import type { Store } from "./store.ts";

const BATCH = 500;

export class TtlMonitor {
	private readonly store: Store;
	private readonly everyMs: number;
	private timer: NodeJS.Timeout | undefined;
	private pass: Promise<void> = Promise.resolve();
	private stopped = false;

	constructor(store: Store, everyMs: number) {
		this.store = store;
		this.everyMs = everyMs;
	}

	start(): void {
		this.timer = setTimeout(() => {
			this.pass = this.removeExpired()
				.catch((error: Error) => console.error(`expired documents were not removed: ${error.message}`))
				.then(() => {
					if (!this.stopped) this.start();
				});
		}, this.everyMs);
	}

	async stop(): Promise<void> {
		this.stopped = true;
		clearTimeout(this.timer);
		await this.pass;
	}

	private async removeExpired(): Promise<void> {
		for (const collection of this.store.catalog.all()) {
			for (const index of [...collection.indexes]) await this.expire(collection.ns, index);
		}
	}

	/** In small transactions, so that other writes don't wait. */
	private async expire(ns: string, index: IndexDefinition): Promise<void> {
		const [field] = index.fields;
		const seconds = index.expireAfterSeconds;
		if (seconds === undefined || field === undefined || index.fields.length > 1) return;
		const expired: Doc = { [field]: { $lte: new Date(Date.now() - seconds * 1000) } };
		const query = everything(index.partialFilter ? { $and: [expired, index.partialFilter] } : expired);
		while (!this.stopped) {
			const removed = await this.store.writes.run(() => {
				const collection = this.store.catalog.get(ns);
				const found = findDocuments(collection, { ...query, limit: BATCH }, new Operation(0));
				const documents = [...found];
				for (const stored of documents) collection?.remove(stored);
				return documents.length;
			});
			if (removed < BATCH) return;
		}
	}
}
