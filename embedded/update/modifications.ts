/** Reads an update document: which modifier goes to which path, in which order. */
import { show } from "../bson/show.ts";
import { typeName } from "../bson/types.ts";
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { badValue, failedToParse, StoreError } from "../errors.ts";
import { isArrayIndex } from "../query/path.ts";
import { arrayModifiers } from "./array-modifiers.ts";
import { fieldModifiers } from "./field-modifiers.ts";
import type { Modifier, ModifierCompiler } from "./modifier.ts";

export interface Modification {
	path: string;
	parts: string[];
	/** Only for documents an upsert makes. */
	onInsertOnly: boolean;
	/** What happens at the path; a rename instead moves the value of another path here. */
	modifier: Modifier | { renamedFrom: string[] };
}

const MODIFIERS: Readonly<Record<string, ModifierCompiler>> = { ...fieldModifiers, ...arrayModifiers };

/** Modifications in the order MongoDB applies them: by path, numbers in numeric order. Throws for paths in conflict. */
export function readModifications(update: Doc): Modification[] {
	const modifications: Modification[] = [];
	const touched: string[][] = [];
	for (const operator of Object.keys(update)) {
		const fields = update[operator];
		if (operator !== "$rename" && !Object.hasOwn(MODIFIERS, operator)) {
			throw failedToParse(`Unknown modifier: ${operator}`);
		}
		if (!isPlain(fields)) throw failedToParse(`${operator} takes a document of fields, not ${typeName(fields)}`);
		for (const path of Object.keys(fields)) {
			const modification = readModification(operator, path, fields[path]);
			modifications.push(modification);
			touched.push(modification.parts);
			if ("renamedFrom" in modification.modifier) touched.push(modification.modifier.renamedFrom);
		}
	}
	refuseConflicts(touched);
	return modifications.sort((a, b) => comparePaths(a.parts, b.parts));
}

function readModification(operator: string, path: string, operand: Value): Modification {
	if (operator === "$rename") return readRename(path, operand);
	const compile = MODIFIERS[operator];
	if (!compile) throw failedToParse(`Unknown modifier: ${operator}`);
	const parts = readPath(path);
	return { path, parts, onInsertOnly: operator === "$setOnInsert", modifier: compile(operand, path) };
}

function readRename(from: string, to: Value): Modification {
	if (typeof to !== "string") throw badValue(`The 'to' field for $rename must be a string: ${from}: ${show(to)}`);
	if (to.includes("\0")) throw badValue("The 'to' field for $rename cannot contain an embedded null byte");
	const renamedFrom = readPath(from);
	const parts = readPath(to);
	if (from === to) throw badValue(`The source and target field for $rename must differ: ${from}: "${to}"`);
	if ([...renamedFrom, ...parts].some((part) => part === "$" || part.startsWith("$["))) {
		throw badValue(`The fields of $rename may not be dynamic: ${from}: "${to}"`);
	}
	return { path: to, parts, onInsertOnly: false, modifier: { renamedFrom } };
}

function readPath(path: string): string[] {
	const parts = path.split(".");
	if (parts.includes(""))
		throw new StoreError("EmptyFieldName", `The update path '${path}' contains an empty field name`);
	const [first = ""] = parts;
	if (first === "$" || first.startsWith("$[")) {
		throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
	}
	if (first.startsWith("$")) throw new StoreError("DollarPrefixedFieldName", `The dollar ($) prefixed field '${path}'`);
	return parts;
}

/** Two modifications may not touch the same field, nor one a field within the other's. */
export function refuseConflicts(paths: string[][]): void {
	const sorted = [...paths].sort(comparePaths);
	for (let i = 1; i < sorted.length; i++) {
		const outer = sorted[i - 1] ?? [];
		const inner = sorted[i] ?? [];
		const shared = outer.findIndex((part, at) => part !== inner[at]);
		const isMixed = shared > 0 && isElementsPart(outer[shared]) !== isElementsPart(inner[shared]);
		if (shared >= 0 && !isMixed) continue;
		const [path, other] = [inner.join("."), outer.join(".")];
		throw new StoreError("ConflictingUpdateOperators", `Updating the path '${path}' would conflict with '${other}'`);
	}
}

/** `$[]` and `$[identifier]` take an array as a whole: no other path may go into it beside them. */
const isElementsPart = (part: string | undefined): boolean => part?.startsWith("$[") ?? false;

function comparePaths(a: readonly string[], b: readonly string[]): number {
	for (let i = 0; i < Math.min(a.length, b.length); i++) {
		const x = a[i] ?? "";
		const y = b[i] ?? "";
		if (x === y) continue;
		if (isArrayIndex(x) && isArrayIndex(y)) return Number(x) - Number(y);
		return x < y ? -1 : 1;
	}
	return a.length - b.length;
}
