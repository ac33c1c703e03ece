/** Chooses how to find the documents of a filter: by id, through an index, through one index per `$or` branch, or all. */
import { equal } from "../bson/compare.ts";
import { toNumber } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import { type Doc, isPlain, ObjectId, type Value } from "../bson/values.ts";
import { badValue } from "../errors.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import type { IndexDefinition } from "./definition.ts";
import { type IndexScan, type SortKeys, scanOf } from "./index-scan.ts";
import { encodeValue } from "./keys.ts";

export type Plan =
	| { kind: "nothing" }
	| { kind: "id"; key: Buffer }
	| { kind: "collection"; reverse: boolean; sorted: boolean }
	| { kind: "union"; scans: IndexScan[]; sorted: boolean }
	| IndexScan;

export interface Planned {
	/** All indexes, the one on `_id` first. */
	indexes: readonly IndexDefinition[];
	/** About how many documents there are. */
	size(): number;
	/** Counts index entries in the ranges of a scan, but no further than `most`. */
	countEntries(scan: IndexScan, most: number): number;
}

export interface Wanted {
	sort: SortKeys;
	/** Documents wanted at most, those skipped included; 0 for all. */
	limit: number;
	hint?: Value;
}

/** So few documents are always read and sorted rather than looked for in the order of another index. */
const FEW = 1000;
/** Beyond this, counting entries to find out costs more than it saves. */
const MOST_SORTED = 20_000;

export function planQuery(collection: Planned, filter: Doc, wanted: Wanted): Plan {
	const { sort, hint } = wanted;
	if (hint !== undefined && hint !== null) return planHinted(collection, filter, wanted, hint);
	const id = filter._id;
	// By far the most frequent query; it needs no comparison of plans.
	if (typeof id === "string" || id instanceof ObjectId) return { kind: "id", key: encodeValue(id) };
	const [first] = sort;
	if (first?.[0] === "$natural") return { kind: "collection", reverse: first[1] < 0, sorted: true };
	const conditions = conditionsOf(filter);
	const scan = bestScan(collection, conditions, wanted);
	if (scan !== undefined) return scan.ranges.length === 0 ? { kind: "nothing" } : scan;
	return planAlternatives(collection, conditions, sort) ?? { kind: "collection", reverse: false, sorted: !first };
}

function bestScan(collection: Planned, conditions: Conditions, wanted: Wanted): IndexScan | undefined {
	const candidates: IndexScan[] = [];
	for (const index of collection.indexes) {
		if (!index.ready) continue;
		const scan = scanOf(index, conditions, wanted.sort);
		if (scan === undefined || !isUseful(scan, wanted.sort)) continue;
		if (scan.ranges.length === 0 || isUniqueKey(scan)) return scan;
		candidates.push(scan);
	}
	return candidates.length < 2 ? candidates[0] : cheapest(collection, candidates, wanted);
}

/** Better than reading the collection: it reads less, or spares the sort. */
function isUseful(scan: IndexScan, sort: SortKeys): boolean {
	if (scan.equalities > 0 || scan.bounded) return true;
	if (scan.index.sparse || scan.index.partialFilter !== undefined) return true;
	return sort.length > 0 && scan.sorted;
}

const isUniqueKey = (scan: IndexScan): boolean =>
	scan.index.unique && scan.equalities === scan.index.fields.length && !scan.merge;

/** The scan that reads the fewest entries; a scan in the order of the sort may stop early. */
function cheapest(collection: Planned, candidates: IndexScan[], wanted: Wanted): IndexScan | undefined {
	candidates.sort(narrowestFirst);
	const few = fewestEntries(collection, candidates, FEW);
	const ordered = candidates.find((scan) => scan.sorted);
	if (few !== undefined) return isAsNarrow(ordered, few) ? ordered : few;
	if (ordered === undefined || wanted.sort.length === 0) return ordered ?? candidates[0];
	const narrower = candidates.filter((scan) => !scan.sorted && !isAsNarrow(ordered, scan));
	return fewestEntries(collection, narrower, entriesWorthSorting(collection, wanted.limit)) ?? ordered;
}

/** The scan with the fewest entries, if that is fewer than `limit`. */
function fewestEntries(collection: Planned, scans: readonly IndexScan[], limit: number): IndexScan | undefined {
	let best: IndexScan | undefined;
	let fewest = limit;
	for (const scan of scans) {
		const entries = collection.countEntries(scan, fewest);
		if (entries >= fewest) continue;
		fewest = entries;
		best = scan;
	}
	return best;
}

/**
 * With n matches evenly spread over N documents, finding the first `limit` in sort order reads limit * N / n entries;
 * reading the n matches and sorting them is cheaper while n * n < limit * N.
 */
function entriesWorthSorting(collection: Planned, limit: number): number {
	const all = collection.size();
	return Math.min(MOST_SORTED, limit === 0 ? all : Math.sqrt(limit * all));
}

/** A sorted scan over the same equalities stops early and never reads more. */
const isAsNarrow = (sorted: IndexScan | undefined, scan: IndexScan): boolean =>
	sorted?.sorted === true &&
	!scan.sorted &&
	!scan.bounded && // a range may hold far less than the values it comes after
	sorted.equalities >= scan.equalities &&
	sorted.index.fields.slice(0, scan.equalities).every((field, i) => field === scan.index.fields[i]);

const narrowestFirst = (a: IndexScan, b: IndexScan): number => narrowness(b) - narrowness(a);

const narrowness = (scan: IndexScan): number =>
	scan.equalities * 10 + (scan.bounded ? 5 : 0) + (scan.sorted ? 2 : 0) + (scan.exact ? 1 : 0);

const ANY_ORDER: Wanted = { sort: [], limit: 0 };

/** An index for every branch of an `$or`: their rows together, each once. */
function planAlternatives(collection: Planned, conditions: Conditions, sort: SortKeys): Plan | undefined {
	for (const branches of conditions.alternatives) {
		const scans: IndexScan[] = [];
		for (const branch of branches) {
			const scan = bestScan(collection, conditionsOf(branch), ANY_ORDER);
			if (scan !== undefined) scans.push(scan);
		}
		if (scans.length === branches.length) return { kind: "union", scans, sorted: sort.length === 0 };
	}
	return undefined;
}

function planHinted(collection: Planned, filter: Doc, { sort, limit }: Wanted, hint: Value): Plan {
	if (isPlain(hint)) {
		const natural = hint.$natural;
		if (isNumeric(natural)) return { kind: "collection", reverse: toNumber(natural) < 0, sorted: sort.length === 0 };
		if (Object.keys(hint).length === 0) return planQuery(collection, filter, { sort, limit });
	}
	const isHinted = ({ name, spec }: IndexDefinition): boolean =>
		typeof hint === "string" ? name === hint : equal(spec.key, hint);
	const index = collection.indexes.find((each) => each.ready && isHinted(each));
	if (index === undefined) throw badValue("hint provided does not correspond to an existing index");
	const scan = scanOf(index, conditionsOf(filter), sort);
	// MongoDB would leave documents out here.
	if (scan === undefined) throw badValue(`the hinted index ${index.name} does not hold all documents of the filter`);
	return scan;
}
