/**
 * Which values a document has in an index. An array on the way to a field (or at its end) gives one entry per element;
 * fields that lead through the same array are expanded together, so {a: [{b: 1, c: 2}, {b: 3, c: 4}]} has the
 * entries (1, 2) and (3, 4) in an index on a.b and a.c. A missing field counts as null.
 * Source: MongoDB server, BtreeKeyGenerator; manual, "Multikey Indexes".
 */
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { EMPTY_ARRAY, type KeyValue } from "./keys.ts";

export interface IndexEntry {
	values: KeyValue[];
	/** How many of the values stand for a field that is not there. */
	missing: number;
}

/** How far the walk along one path has come. */
interface Walk {
	value: KeyValue;
	/** Parts of the path already behind us. */
	depth: number;
	/** An element of an array at the end of the path: indexed as it is, even when it is an array itself. */
	final: boolean;
}

export function expandPaths(
	doc: Doc,
	paths: readonly (readonly string[])[],
): { entries: IndexEntry[]; multikey: number } {
	const entries: IndexEntry[] = [];
	const walks = paths.map((): Walk => ({ value: doc, depth: 0, final: false }));
	const multikey = expand(walks, paths, entries);
	return { entries, multikey };
}

/** Adds the entries reachable from here; returns the bits of the fields that met an array. */
function expand(walks: Walk[], paths: readonly (readonly string[])[], entries: IndexEntry[]): number {
	let array: Value[] | undefined;
	let arrayFields = 0;
	for (let i = 0; i < walks.length; i++) {
		const walk = walks[i];
		const path = paths[i];
		if (walk === undefined || path === undefined) continue;
		advance(walk, path);
		if (walk.final || !Array.isArray(walk.value)) continue;
		if (array !== undefined && array !== walk.value) throw parallelArrays(paths, arrayFields, i);
		array = walk.value;
		arrayFields |= 1 << i;
	}
	if (array === undefined) {
		entries.push(entryOf(walks));
		return 0;
	}
	let multikey = arrayFields;
	const elements: KeyValue[] = array.length === 0 ? [EMPTY_ARRAY] : array;
	for (const element of elements) {
		const next = walks.map((walk, i): Walk => {
			if (!(arrayFields & (1 << i))) return { ...walk };
			if (walk.depth === paths[i]?.length) return { value: element, depth: walk.depth, final: true };
			// An array directly inside an array is not looked into.
			return { value: isPlain(element) ? element : undefined, depth: walk.depth, final: false };
		});
		multikey |= expand(next, paths, entries);
	}
	return multikey;
}

/** Walks along documents until the end of the path, an array, or nothing. */
function advance(walk: Walk, path: readonly string[]): void {
	while (walk.depth < path.length) {
		if (Array.isArray(walk.value)) return;
		walk.value = isPlain(walk.value) ? walk.value[path[walk.depth] ?? ""] : undefined;
		walk.depth++;
		if (walk.value === undefined) walk.depth = path.length;
	}
}

function entryOf(walks: readonly Walk[]): IndexEntry {
	let missing = 0;
	const values = walks.map(({ value }) => {
		if (value !== undefined) return value;
		missing++;
		return null;
	});
	return { values, missing };
}

function parallelArrays(paths: readonly (readonly string[])[], arrayFields: number, field: number): StoreError {
	const other = 31 - Math.clz32(arrayFields);
	const [a, b] = [paths[field], paths[other]].map((path) => path?.join("."));
	return new StoreError("CannotIndexParallelArrays", `cannot index parallel arrays [${a}] [${b}]`);
}
