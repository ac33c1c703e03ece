/** Sorting as MongoDB does: by BSON order, an array by its smallest element ascending and its largest descending. */
import { compare } from "../bson/compare.ts";
import { toNumber } from "../bson/number.ts";
import { isNumeric, TYPE, typeClass } from "../bson/types.ts";
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError, typeMismatch } from "../errors.ts";
import { expandPaths } from "./entries.ts";
import type { SortKeys } from "./index-scan.ts";
import { EMPTY_ARRAY, type KeyValue } from "./keys.ts";

/** Reads a sort specification; missing means none. Throws MongoDB's errors for anything but 1 and -1. */
export function parseSort(spec: Value): SortKeys {
	if (spec === undefined || spec === null) return [];
	if (!isPlain(spec)) throw typeMismatch("Expected field sort to be of type object");
	return Object.keys(spec).map((field) => {
		const direction = spec[field];
		if (isPlain(direction))
			throw new StoreError("BadValue", `sorting ${field} by $meta is not supported by the embedded store`);
		const number = isNumeric(direction) ? toNumber(direction) : 0;
		if (number === 1 || number === -1) return [field, number];
		throw new StoreError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
	});
}

export type SortKey = readonly KeyValue[];

export class Sorter {
	private readonly fields: readonly string[];
	private readonly paths: readonly (readonly string[])[];
	private readonly directions: readonly number[];
	private readonly plainFields: boolean;

	constructor(sort: SortKeys) {
		this.fields = sort.map(([field]) => field);
		this.paths = this.fields.map((field) => field.split("."));
		this.directions = sort.map(([, direction]) => direction);
		this.plainFields = this.paths.every((path) => path.length === 1);
	}

	/** What a document is sorted by. Throws when two fields of the sort lead through different arrays. */
	keyOf(doc: Doc): SortKey {
		if (this.plainFields) {
			const values = this.fields.map((field) => doc[field]);
			if (!values.some(Array.isArray)) return values;
		}
		const [first, ...others] = expandPaths(doc, this.paths).entries.map((entry) => entry.values);
		let lowest = first ?? [];
		for (const key of others) if (this.compareKeys(key, lowest) < 0) lowest = key;
		return lowest;
	}

	compareKeys(a: SortKey, b: SortKey): number {
		for (let i = 0; i < this.directions.length; i++) {
			const order = compareValues(a[i], b[i]);
			if (order !== 0) return order * (this.directions[i] ?? 1);
		}
		return 0;
	}

	/** In order; documents with equal keys keep theirs. */
	sort<T>(items: Iterable<T>, docOf: (item: T) => Doc): T[] {
		const keyed = Array.from(items, (item) => ({ item, key: this.keyOf(docOf(item)) }));
		return keyed.sort((a, b) => this.compareKeys(a.key, b.key)).map(({ item }) => item);
	}
}

/** An empty array comes right before null. */
function compareValues(a: KeyValue, b: KeyValue): number {
	if (a !== EMPTY_ARRAY && b !== EMPTY_ARRAY) return compare(a, b);
	if (a === b) return 0;
	const other = a === EMPTY_ARRAY ? b : a;
	const otherIsLower = other !== EMPTY_ARRAY && typeClass(other) === TYPE.MinKey;
	return (a === EMPTY_ARRAY) === otherIsLower ? 1 : -1;
}
