/** Carries a modifier along its path into a document, copying only the containers that change. */
import { identical } from "../bson/compare.ts";
import { show } from "../bson/show.ts";
import { copyFields, type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { badValue, StoreError } from "../errors.ts";
import { isArrayIndex } from "../query/path.ts";
import type { ArrayFilters } from "./array-filters.ts";
import type { Modifier } from "./modifier.ts";

/** Most nulls an update may put between the end of an array and the element it sets, as in MongoDB. */
const MAX_BACKFILL = 1_500_000;

/** The update of one document. Containers it has made are its own and are changed in place from then on. */
export class Application {
	private readonly document: Doc;
	private readonly position: number;
	private readonly arrayFilters: ArrayFilters;
	private readonly now: Date;
	private readonly own = new Set<Value>();

	/** `position`: the array index `$` stands for, -1 for none. */
	constructor(document: Doc, position: number, arrayFilters: ArrayFilters, now: Date) {
		this.document = document;
		this.position = position;
		this.arrayFilters = arrayFilters;
		this.now = now;
	}

	/** The document after the modifier; the given one itself when nothing changed. */
	modify(doc: Doc, parts: readonly string[], modifier: Modifier): Doc {
		return this.changeIn(doc, parts, 0, modifier) as Doc;
	}

	private changeIn(value: Value, parts: readonly string[], at: number, modifier: Modifier): Value {
		if (at === parts.length) return this.changeValue(value, modifier);
		const part = this.resolve(parts[at] ?? "");
		if (part.startsWith("$[")) return this.changeElements(value, part, parts, at, modifier);
		if (value === undefined) {
			if (modifier.missing !== "create") return undefined;
			const created = this.changeField(this.owned(newDoc()), part, parts, at, modifier);
			return Object.keys(created).length === 0 ? undefined : created;
		}
		if (isPlain(value)) return this.changeField(value, part, parts, at, modifier);
		if (Array.isArray(value) && isArrayIndex(part)) return this.changeElement(value, Number(part), parts, at, modifier);
		if (modifier.missing === "ignore") return value;
		const obstacle = `{${parts[at - 1]}: ${show(value)}}`;
		throw new StoreError("PathNotViable", `The path '${parts.join(".")}' can't be followed through ${obstacle}`);
	}

	private changeValue(current: Value, modifier: Modifier): Value {
		const next = modifier.change(current, { document: this.document, now: this.now });
		return identical(current, next) ? current : next;
	}

	private changeField(doc: Doc, name: string, parts: readonly string[], at: number, modifier: Modifier): Doc {
		const current = doc[name];
		const next = this.changeIn(current, parts, at + 1, modifier);
		if (next === current) return doc;
		const copy = this.own.has(doc) ? doc : this.owned(copyFields(doc));
		if (next === undefined) delete copy[name];
		else copy[name] = next;
		return copy;
	}

	/** Removing an element leaves null in its place: the others keep their indexes. */
	private changeElement(
		array: Value[],
		index: number,
		parts: readonly string[],
		at: number,
		modifier: Modifier,
	): Value[] {
		const current = array[index];
		const next = this.changeIn(current, parts, at + 1, modifier);
		if (next === current) return array;
		if (index - array.length > MAX_BACKFILL) throw badValue(`can't backfill more than ${MAX_BACKFILL} elements`);
		const copy = this.own.has(array) ? array : this.owned([...array]);
		while (copy.length < index) copy.push(null);
		copy[index] = next === undefined ? null : next;
		return copy;
	}

	/** `$[]` and `$[identifier]`: every element, or those the array filter accepts. */
	private changeElements(value: Value, part: string, parts: readonly string[], at: number, modifier: Modifier): Value {
		if (!Array.isArray(value)) {
			throw badValue(`Cannot apply array updates to the non-array '${parts.slice(0, at).join(".")}': ${show(value)}`);
		}
		const accepts = this.arrayFilters.get(part.slice(2, -1)) ?? (() => true);
		let array = value;
		for (let i = 0; i < value.length; i++) {
			if (accepts(value[i])) array = this.changeElement(array, i, parts, at, modifier);
		}
		return array;
	}

	private resolve(part: string): string {
		if (part !== "$") return part;
		if (this.position >= 0) return String(this.position);
		throw badValue("The positional operator did not find the match needed from the query.");
	}

	private owned<T extends Value>(container: T): T {
		this.own.add(container);
		return container;
	}
}
