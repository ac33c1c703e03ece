/** Finds documents: plan, scan, test, sort, skip and limit. */
import { BSONRegExp, type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { Scope } from "../expression/operator.ts";
import type { IndexScan, SortKeys } from "../index/index-scan.ts";
import { type Plan, planQuery } from "../index/planner.ts";
import { Sorter, type SortKey } from "../index/sort.ts";
import { compileFilter, type Position, type Predicate } from "../query/filter.ts";
import type { Collection } from "../storage/collection.ts";
import type { StoredDocument } from "../storage/document.ts";
import { countEntries } from "../storage/rows.ts";
import { scan } from "../storage/scan.ts";
import { MAX_SORT_BYTES } from "./limits.ts";
import type { Operation } from "./operation.ts";

export interface Query {
	filter: Doc;
	sort: SortKeys;
	skip: number;
	/** 0 for all. */
	limit: number;
	hint?: Value;
	/** The variables of `$expr`, where there are any. */
	scope?: Scope;
}

export const everything = (filter: Doc): Query => ({ filter, sort: [], skip: 0, limit: 0 });

export function planFor(collection: Collection, { filter, sort, skip, limit, hint }: Query): Plan {
	const planned = {
		indexes: [collection.idIndex, ...collection.indexes],
		size: () => collection.size(),
		countEntries: (entries: IndexScan, most: number) => countEntries(collection, entries, most),
	};
	return planQuery(planned, filter, { sort, limit: limit && skip + limit, hint });
}

/**
 * The matching documents, in order. With a `position`, it holds for each document as it is given out where the
 * positional `$` points. Throws what the filter is refused for even when the collection does not exist.
 */
export function findDocuments(
	collection: Collection | undefined,
	query: Query,
	operation: Operation,
	position: Position | null = null,
): Iterable<StoredDocument> {
	const matches = compileFilter(query.filter, query.scope ?? operation);
	if (collection === undefined) return [];
	const plan = planFor(collection, query);
	expectWork(collection, plan, query, operation);
	const matching = matchingRows(collection, plan, query, operation, matches, position);
	const isSorted = plan.kind === "nothing" || plan.kind === "id" || plan.sorted;
	return limited(isSorted ? matching : sortedInMemory(matching, query, operation, position), query);
}

/** How many rows the first chunk of a scan reads. */
const SMALL_CHUNK = 128;
const LARGE_CHUNK = 512;

function* matchingRows(
	collection: Collection,
	plan: Plan,
	{ sort, skip, limit }: Query,
	operation: Operation,
	matches: Predicate,
	position: Position | null,
): Generator<StoredDocument, void> {
	const needsNoTest = plan.kind === "index" && plan.exact && position === null;
	const first = limit === 0 ? SMALL_CHUNK : Math.min(skip + limit, LARGE_CHUNK);
	for (const stored of scan(collection, plan, sort, first)) {
		operation.examine();
		if (position !== null) position.index = -1;
		if (needsNoTest || matches(stored.doc, position)) yield stored;
	}
}

/** Some reads are known to be long before they start: those of every document, and those nobody can foresee. */
function expectWork(collection: Collection, plan: Plan, { filter, limit }: Query, operation: Operation): void {
	if (operation.allowance === Number.POSITIVE_INFINITY) return;
	if (plan.kind === "collection" && (limit === 0 || !plan.sorted)) operation.expect(collection.count());
	if (mayBacktrack(filter)) operation.expect(Number.POSITIVE_INFINITY);
}

/** A regular expression with a repetition can take for ever on one text. Only a reader thread can be ended then. */
function mayBacktrack(condition: Value): boolean {
	if (condition instanceof BSONRegExp) return /[*+{]/.test(condition.pattern);
	if (Array.isArray(condition)) return condition.some(mayBacktrack);
	if (!isPlain(condition)) return false;
	const { $regex } = condition;
	if (typeof $regex === "string" && /[*+{]/.test($regex)) return true;
	return Object.values(condition).some(mayBacktrack);
}

interface Held {
	stored: StoredDocument;
	key: SortKey;
	index: number;
}

/** Holds every match, or as many as are wanted. Throws 292 when they take too much memory. */
function* sortedInMemory(
	rows: Iterable<StoredDocument>,
	{ sort, skip, limit }: Query,
	operation: Operation,
	position: Position | null,
): Generator<StoredDocument, void> {
	const sorter = new Sorter(sort);
	const byKey = (a: Held, b: Held): number => sorter.compareKeys(a.key, b.key);
	const wanted = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
	let held: Held[] = [];
	let bytes = 0;
	for (const stored of rows) {
		held.push({ stored: stored.undecoded(), key: sorter.keyOf(stored.doc), index: position?.index ?? -1 });
		bytes += stored.bytes.length;
		if (held.length >= 2 * wanted && (held.length > LARGE_CHUNK || bytes > MAX_SORT_BYTES / 2)) {
			held = held.sort(byKey).slice(0, wanted);
			bytes = held.reduce((sum, each) => sum + each.stored.bytes.length, 0);
		}
		if (bytes > MAX_SORT_BYTES) throw sortTooLarge();
	}
	operation.check();
	held.sort(byKey);
	for (const { stored, index } of held) {
		if (position !== null) position.index = index;
		yield stored;
	}
}

const sortTooLarge = (): StoreError =>
	new StoreError(
		"QueryExceededMemoryLimitNoDiskUseAllowed",
		`Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes, and the embedded store does not sort on disk. Add an index for the sort, or a limit.`,
	);

function* limited(rows: Iterable<StoredDocument>, { skip, limit }: Query): Generator<StoredDocument, void> {
	let seen = 0;
	for (const stored of rows) {
		if (seen++ < skip) continue;
		yield stored;
		if (limit !== 0 && seen === skip + limit) return;
	}
}
