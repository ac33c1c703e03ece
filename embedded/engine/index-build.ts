/** Builds indexes in small transactions, between which other writes go on. */
import type { Doc } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { IndexDefinition } from "../index/definition.ts";
import type { Collection } from "../storage/collection.ts";
import { rowsAfter } from "../storage/rows.ts";
import type { Store } from "./store.ts";

const DOCUMENTS_PER_STEP = 500;

export class IndexBuilder {
	private readonly store: Store;
	/** One build at a time: whoever asks for the same index again finds it finished. */
	private last: Promise<unknown> = Promise.resolve();

	constructor(store: Store) {
		this.store = store;
	}

	/** Runs `work` after the builds before it. */
	inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.last.then(work);
		this.last = turn.catch(() => undefined); // its caller hears of it
		return turn;
	}

	/**
	 * Resolves when the index is complete and in use. Throws DuplicateKey for a unique index over documents that are
	 * not, and whatever its keys are refused for; nothing is left of the index then.
	 */
	async build(ns: string, spec: Doc): Promise<void> {
		const name = String(spec.name);
		const { catalog, writes } = this.store;
		try {
			let last = await writes.run(() => {
				const collection = catalog.getOrCreate(ns);
				return this.step(collection, catalog.addIndex(collection, spec), 0);
			});
			while (last !== undefined) {
				const after = last;
				last = await writes.run(() => {
					const collection = catalog.get(ns);
					const index = collection?.indexes.find((each) => each.name === name);
					if (collection && index) return this.step(collection, index, after);
					throw new StoreError("IndexBuildAborted", `Index build failed: ${ns} or its index ${name} was dropped`);
				});
			}
		} catch (error) {
			await writes.run(() => this.remove(ns, name));
			throw error;
		}
	}

	/** Adds the next documents; returns the last row added, or undefined when the index is complete. */
	private step(collection: Collection, index: IndexDefinition, after: number): number | undefined {
		const rows = rowsAfter(collection, after, DOCUMENTS_PER_STEP);
		for (const stored of rows) collection.addToIndex(index, stored);
		if (rows.length === DOCUMENTS_PER_STEP) return rows.at(-1)?.row;
		index.ready = true;
		this.store.catalog.saveIndex(index);
		return undefined;
	}

	private remove(ns: string, name: string): void {
		const collection = this.store.catalog.get(ns);
		const index = collection?.indexes.find((each) => each.name === name);
		if (collection && index) this.store.catalog.dropIndex(collection, index);
	}
}
