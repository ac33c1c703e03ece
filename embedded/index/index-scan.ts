/** How one index serves a filter and a sort: which ranges of it to read, and in what order the rows come. */
import { holdsAllMatches } from "./applicable.ts";
import type { Conditions } from "./conditions.ts";
import type { IndexDefinition } from "./definition.ts";
import { append, descending, EVERYTHING, intersect, type KeyCondition, type Range } from "./ranges.ts";

export type SortKeys = readonly (readonly [field: string, direction: 1 | -1])[];

export interface IndexScan {
	kind: "index";
	index: IndexDefinition;
	ranges: Range[];
	reverse: boolean;
	/** The rows come in the order asked for. */
	sorted: boolean;
	/** Each range is in order, but they have to be merged. */
	merge: boolean;
	/** A row may come more than once. */
	repeats: boolean;
	/** Every row in the ranges matches the filter, once. */
	exact: boolean;
	/** Leading fields held to single values. */
	equalities: number;
	/** The field after them is held to a range. */
	bounded: boolean;
}

/** More ranges than this are not worth seeking one by one: later fields are left to the filter then. */
const MAX_RANGES = 2000;
/** Every merged range needs a read of its own before the first row is out. */
const MAX_MERGED = 64;

/** The scan an index offers; undefined when it may lack matching documents. */
export function scanOf(index: IndexDefinition, conditions: Conditions, sort: SortKeys): IndexScan | undefined {
	if (!holdsAllMatches(index, conditions)) return undefined;
	const bounds = boundsOf(index, conditions);
	const order = orderOf(index, bounds, sort);
	return {
		kind: "index",
		index,
		ranges: bounds.ranges,
		reverse: order?.reverse ?? false,
		sorted: order !== undefined,
		merge: order?.merge ?? false,
		repeats: bounds.ranges.length > 1 ? index.multikey !== 0 : repeatsWithinRange(index, bounds),
		exact: bounds.exact && index.multikey === 0,
		equalities: bounds.fixed.length,
		bounded: bounds.bounded,
	};
}

interface Bounds {
	ranges: Range[];
	/** Per leading field held to values: how many values. */
	fixed: number[];
	bounded: boolean;
	exact: boolean;
}

function boundsOf(index: IndexDefinition, conditions: Conditions): Bounds {
	const bounds: Bounds = { ranges: [EVERYTHING], fixed: [], bounded: false, exact: conditions.complete };
	let used = 0;
	for (let i = 0; i < index.fields.length; i++) {
		const predicates = conditions.predicates.get(index.fields[i] ?? "") ?? [];
		if (predicates.length === 0 || sharesBoundedArray(index, i)) break;
		const predicate = index.isMultikey(i) ? strongest(predicates) : predicates.reduce(both);
		const ranges = (index.directions[i] ?? 1) < 0 ? descending(predicate.ranges) : predicate.ranges;
		if (bounds.fixed.length > 0 && ranges.length * bounds.ranges.length > MAX_RANGES) break;
		bounds.ranges = append(bounds.ranges, ranges);
		bounds.exact &&= predicate.exact;
		used++;
		if (predicate.points === undefined) {
			bounds.bounded = true;
			break;
		}
		bounds.fixed.push(ranges.length);
	}
	if (used < conditions.predicates.size) bounds.exact = false;
	return bounds;
}

/** Conditions on a field without arrays all hold for its one value. */
const both = (a: KeyCondition, b: KeyCondition): KeyCondition => ({
	ranges: intersect(a.ranges, b.ranges),
	points: a.points ?? b.points,
	exact: a.exact && b.exact,
	impliesPresence: a.impliesPresence || b.impliesPresence,
});

/** In an array, each condition may be met by another element: only one of them can bound the scan. */
const strongest = (predicates: readonly KeyCondition[]): KeyCondition =>
	predicates.find((predicate) => predicate.points !== undefined) ?? (predicates[0] as KeyCondition);

/** Entries pair the values of one element, but conditions on a.b and a.c may be met by different elements. */
function sharesBoundedArray(index: IndexDefinition, field: number): boolean {
	if (!index.isMultikey(field)) return false;
	const root = index.paths[field]?.[0];
	return index.paths.slice(0, field).some((path, i) => index.isMultikey(i) && path[0] === root);
}

/** A document has several entries in one range unless each array field in the index is held to one value. */
function repeatsWithinRange(index: IndexDefinition, bounds: Bounds): boolean {
	return index.fields.some((_, i) => index.isMultikey(i) && i >= bounds.fixed.length);
}

/** Reads the index fields against the sort, skipping fields held to one value; undefined when they don't fit. */
function orderOf(
	index: IndexDefinition,
	bounds: Bounds,
	sort: SortKeys,
): { reverse: boolean; merge: boolean } | undefined {
	if (sort.length === 0) return { reverse: false, merge: false };
	const straight = walk(index, sort, (i) => bounds.fixed[i] === 1);
	if (straight !== undefined) return { reverse: straight < 0, merge: false };
	if (bounds.ranges.length > MAX_MERGED) return undefined;
	const merged = walk(index, sort, (i) => i < bounds.fixed.length);
	return merged === undefined ? undefined : { reverse: merged < 0, merge: true };
}

/** 1 when the index is in the order of the sort, -1 when it is in the opposite one. */
function walk(index: IndexDefinition, sort: SortKeys, isFixed: (field: number) => boolean): number | undefined {
	let direction = 0;
	let next = 0;
	for (const [field, wanted] of sort) {
		const at = index.fields.indexOf(field);
		// One value does not order anything; of an array, though, another element may be the one that counts.
		if (at >= 0 && isFixed(at) && !index.isMultikey(at)) continue;
		while (next < index.fields.length && index.fields[next] !== field && isFixed(next)) next++;
		if (index.fields[next] !== field || index.isMultikey(next)) return undefined;
		const step = wanted * (index.directions[next] ?? 1);
		if (direction !== 0 && direction !== step) return undefined;
		direction = step;
		next++;
	}
	return direction === 0 ? 1 : direction;
}
