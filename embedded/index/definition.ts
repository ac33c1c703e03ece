/** One index of a collection: its specification, and which keys a document has in it. */
import { toNumber } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { expandPaths } from "./entries.ts";
import { encodeKey } from "./keys.ts";

/** The index every collection has, on its unique `_id`. It is stored in the collection's own table. */
export const ID_INDEX = 0;

export interface IndexKeys {
	keys: readonly Buffer[];
	/** Bit i is set when an array was met on the way to field i. */
	multikey: number;
}

const NO_KEYS: IndexKeys = { keys: [], multikey: 0 };

export class IndexDefinition {
	readonly id: number;
	readonly name: string;
	/** As clients see it: {v, key, name, unique?, sparse?, partialFilterExpression?, expireAfterSeconds?}. */
	readonly spec: Doc;
	readonly fields: readonly string[];
	/** 1 or -1 per field. */
	readonly directions: readonly number[];
	readonly paths: readonly (readonly string[])[];
	readonly unique: boolean;
	readonly sparse: boolean;
	readonly partialFilter: Doc | undefined;
	/** Bit i is set once any document had an array on the way to field i; it is never cleared. */
	multikey: number;
	/** False while the index is being built: it is kept up to date but not read. */
	ready: boolean;
	private readonly inPartialFilter: ((doc: Doc) => boolean) | undefined;

	constructor(
		id: number,
		spec: Doc,
		state: { multikey: number; ready: boolean; inPartialFilter?: (doc: Doc) => boolean },
	) {
		this.id = id;
		this.spec = spec;
		this.name = String(spec.name);
		const pattern = isPlain(spec.key) ? spec.key : newDoc();
		this.fields = Object.keys(pattern);
		this.directions = this.fields.map((field) => directionOf(pattern[field]));
		this.paths = this.fields.map((field) => field.split("."));
		this.unique = id === ID_INDEX || spec.unique === true;
		this.sparse = spec.sparse === true;
		this.partialFilter = isPlain(spec.partialFilterExpression) ? spec.partialFilterExpression : undefined;
		this.multikey = state.multikey;
		this.ready = state.ready;
		this.inPartialFilter = state.inPartialFilter;
	}

	isMultikey(field: number): boolean {
		return (this.multikey & (1 << field)) !== 0;
	}

	/** Seconds after which a document expires by its date in the first field, or undefined. */
	get expireAfterSeconds(): number | undefined {
		const seconds = this.spec.expireAfterSeconds;
		return isNumeric(seconds) ? toNumber(seconds) : undefined;
	}

	/** The distinct keys of a document. Throws 171 when two fields of the index lead through different arrays. */
	keysOf(doc: Doc): IndexKeys {
		if (this.inPartialFilter && !this.inPartialFilter(doc)) return NO_KEYS;
		const { entries, multikey } = expandPaths(doc, this.paths);
		const keys: Buffer[] = [];
		const seen = entries.length > 1 ? new Set<string>() : undefined;
		for (const { values, missing } of entries) {
			if (this.sparse && missing === this.paths.length) continue;
			const key = encodeKey(values, this.directions);
			const text = seen && key.toString("latin1");
			if (text !== undefined && seen?.has(text)) continue;
			if (text !== undefined) seen?.add(text);
			keys.push(key);
		}
		return { keys, multikey };
	}
}

const directionOf = (value: Value): number => (isNumeric(value) && toNumber(value) < 0 ? -1 : 1);

export const idIndex = (): IndexDefinition =>
	new IndexDefinition(ID_INDEX, { v: 2, key: { _id: 1 }, name: "_id_" }, { multikey: 0, ready: true });
