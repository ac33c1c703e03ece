/** Reads the documents of a plan, without testing them against the filter. */
import { StoreError } from "../errors.ts";
import type { IndexScan, SortKeys } from "../index/index-scan.ts";
import type { Plan } from "../index/planner.ts";
import { Sorter } from "../index/sort.ts";
import type { Collection } from "./collection.ts";
import type { StoredDocument } from "./document.ts";
import { collectionRows, indexRows } from "./rows.ts";

/**
 * `sort` is what the plan was made for; `first` is how many rows to read in the first chunk. Throws QueryPlanKilled
 * when the collection or the index is dropped while somebody still reads.
 */
export function* scan(
	collection: Collection,
	plan: Plan,
	sort: SortKeys,
	first: number,
): Generator<StoredDocument, void> {
	try {
		yield* rowsOf(collection, plan, sort, first);
	} catch (error) {
		if (!(error instanceof Error && error.message.startsWith("no such table"))) throw error;
		throw new StoreError("QueryPlanKilled", `${collection.ns} or its index was dropped while it was read`);
	}
}

function* rowsOf(collection: Collection, plan: Plan, sort: SortKeys, first: number): Generator<StoredDocument, void> {
	switch (plan.kind) {
		case "nothing":
			return;
		case "id": {
			const stored = collection.byIdKey(plan.key);
			if (stored !== undefined) yield stored;
			return;
		}
		case "collection":
			yield* collectionRows(collection, plan.reverse, first);
			return;
		case "union":
			yield* once(union(collection, plan.scans, first));
			return;
		case "index":
			yield* plan.repeats ? once(scanIndex(collection, plan, sort, first)) : scanIndex(collection, plan, sort, first);
	}
}

function* union(collection: Collection, scans: readonly IndexScan[], first: number): Generator<StoredDocument, void> {
	for (const each of scans) yield* scanIndex(collection, each, [], first);
}

const SMALLEST_CHUNK = 4;

/** A document reached over several keys comes once. */
function* once(rows: Iterable<StoredDocument>): Generator<StoredDocument, void> {
	const seen = new Set<number>();
	for (const stored of rows) {
		if (seen.has(stored.row)) continue;
		seen.add(stored.row);
		yield stored;
	}
}

function* scanIndex(
	collection: Collection,
	{ index, ranges, reverse, merge }: IndexScan,
	sort: SortKeys,
	first: number,
): Generator<StoredDocument, void> {
	const inOrder = reverse ? ranges.toReversed() : ranges;
	if (merge) {
		// The rows wanted come from all ranges together.
		const share = Math.max(SMALLEST_CHUNK, Math.ceil((2 * first) / ranges.length));
		const streams = inOrder.map((range) => indexRows(collection, index, range, reverse, share));
		yield* merged(streams, new Sorter(sort));
		return;
	}
	for (const range of inOrder) yield* indexRows(collection, index, range, reverse, first);
}

/** Streams that are each in order, as one. There are few of them, so the next row is found by looking at all. */
function* merged(streams: Iterator<StoredDocument>[], sorter: Sorter): Generator<StoredDocument, void> {
	const heads = streams.flatMap((stream) => nextHead(stream, sorter) ?? []);
	while (heads.length > 0) {
		let lowest = 0;
		for (let i = 1; i < heads.length; i++) {
			const [a, b] = [heads[i], heads[lowest]];
			if (a && b && sorter.compareKeys(a.key, b.key) < 0) lowest = i;
		}
		const head = heads[lowest];
		if (head === undefined) return;
		yield head.stored;
		const next = nextHead(head.stream, sorter);
		if (next === undefined) heads.splice(lowest, 1);
		else heads[lowest] = next;
	}
}

function nextHead(stream: Iterator<StoredDocument>, sorter: Sorter) {
	const { done, value } = stream.next();
	return done ? undefined : { stream, stored: value, key: sorter.keyOf(value.doc) };
}
