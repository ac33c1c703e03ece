/** Compiles the three forms of an update: operators, a replacement, a pipeline. */
import { equal, identical } from "../bson/compare.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { badValue, failedToParse, StoreError } from "../errors.ts";
import { newScope, type Scope } from "../expression/operator.ts";
import { Application } from "./apply.ts";
import { type ArrayFilters, compileArrayFilters } from "./array-filters.ts";
import { type Modification, readModifications, refuseConflicts } from "./modifications.ts";
import type { Modifier } from "./modifier.ts";
import { compilePipelineUpdate } from "./pipeline-update.ts";

export interface Circumstances {
	/** The array index the positional `$` stands for, from the filter's Position; -1 for none. */
	position: number;
	/** Whether the document is the seed of an upsert: `$setOnInsert` counts and `_id` may be set. */
	insert: boolean;
	now: Date;
}

export interface CompiledUpdate {
	isReplacement: boolean;
	/** Whether a path has the positional `$`: only then is it worth recording the position. */
	usesPosition: boolean;
	/**
	 * The document after the update. The given one is left as it was, and returned itself when nothing changed.
	 * Throws the update's error (type mismatch, path not viable, a changed `_id`).
	 */
	apply(doc: Doc, circumstances: Circumstances): Doc;
}

/** `arrayFilters` as in the command (an array of filters, or undefined). Throws whatever MongoDB refuses when parsing. */
export function compileUpdate(update: Value, arrayFilters?: Value, scope: Scope = newScope()): CompiledUpdate {
	const filters = compileArrayFilters(arrayFilters, scope);
	if (Array.isArray(update)) {
		if (filters.size > 0) throw failedToParse("arrayFilters may not be specified for pipeline-style updates");
		return keepingId(compilePipelineUpdate(update, scope));
	}
	if (!isPlain(update)) throw failedToParse("Update argument must be either an object or an array");
	if (isReplacement(update)) {
		if (filters.size > 0) throw failedToParse("Cannot use arrayFilters with replacement-style updates");
		return keepingId(compileReplacement(update));
	}
	return keepingId(compileOperators(update, filters));
}

/** An update whose first field is no operator replaces the document. */
export const isReplacement = (update: Value): boolean =>
	isPlain(update) && !(Object.keys(update)[0]?.startsWith("$") ?? false);

/** The value of `_id` never changes. */
function keepingId(update: CompiledUpdate): CompiledUpdate {
	return {
		...update,
		apply(doc, circumstances) {
			const result = update.apply(doc, circumstances);
			if (circumstances.insert || result === doc || equal(result._id, doc._id)) return result;
			throw new StoreError("ImmutableField", "the update would modify the immutable field '_id'");
		},
	};
}

function compileReplacement(replacement: Doc): CompiledUpdate {
	const operator = Object.keys(replacement).find((name) => name.startsWith("$"));
	if (operator !== undefined) {
		throw new StoreError("DollarPrefixedFieldName", `'${operator}' is not allowed in a replacement document`);
	}
	return {
		isReplacement: true,
		usesPosition: false,
		apply(doc) {
			const result = newDoc();
			// An equal id of another number type leaves the stored one in place.
			const id = replacement._id === undefined || equal(replacement._id, doc._id) ? doc._id : replacement._id;
			if (id !== undefined) result._id = id;
			for (const name in replacement) if (name !== "_id") result[name] = replacement[name];
			return identical(result, doc) ? doc : result;
		},
	};
}

function compileOperators(update: Doc, arrayFilters: ArrayFilters): CompiledUpdate {
	const modifications = readModifications(update);
	refuseUnmatchedFilters(modifications, arrayFilters);
	const usesPosition = modifications.some(({ parts }) => parts.includes("$"));
	return {
		isReplacement: false,
		usesPosition,
		apply(doc, { position, insert, now }) {
			if (usesPosition && position >= 0) refuseConflicts(resolvedPaths(modifications, position));
			const application = new Application(doc, position, arrayFilters, now);
			let result = doc;
			for (const { parts, modifier, onInsertOnly } of modifications) {
				if (onInsertOnly && !insert) continue;
				result =
					"renamedFrom" in modifier
						? rename(application, result, modifier.renamedFrom, parts)
						: application.modify(result, parts, modifier);
			}
			return result;
		},
	};
}

/** What `$` stands for may be what another path names by its number. */
const resolvedPaths = (modifications: Modification[], position: number): string[][] =>
	modifications.map(({ parts }) => parts.map((part) => (part === "$" ? String(position) : part)));

/** Every `$[identifier]` needs its array filter, and every array filter a use. */
function refuseUnmatchedFilters(modifications: Modification[], filters: ArrayFilters): void {
	const unused = new Set(filters.keys());
	for (const { path, parts } of modifications) {
		for (const part of parts) {
			const identifier = /^\$\[(.+)\]$/.exec(part)?.[1];
			if (identifier === undefined) continue;
			if (!filters.has(identifier)) throw badValue(`No array filter found for '${identifier}' in path '${path}'`);
			unused.delete(identifier);
		}
	}
	const [identifier] = unused;
	if (identifier !== undefined) throw failedToParse(`The array filter for '${identifier}' was not used in the update`);
}

const REMOVE: Modifier = { missing: "skip", change: () => undefined };

function rename(application: Application, doc: Doc, from: readonly string[], to: readonly string[]): Doc {
	const value = valueToRename(doc, from);
	const without = application.modify(doc, from, REMOVE);
	if (value === undefined) return doc;
	valueToRename(doc, to);
	return application.modify(without, to, { missing: "create", change: () => value });
}

/** Neither end of a rename may lie within an array. */
function valueToRename(doc: Doc, parts: readonly string[]): Value {
	let value: Value = doc;
	for (const part of parts) {
		if (Array.isArray(value)) throw badValue(`$rename: '${parts.join(".")}' leads into an array`);
		if (!isPlain(value)) return undefined;
		value = value[part];
	}
	return value;
}
