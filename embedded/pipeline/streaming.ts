/** Stages that handle one document after the other and hold none. */
import { toInteger } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { copyFields, type Doc, isNullish, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { parsePath } from "../expression/field-path.ts";
import { compileFilter } from "../query/filter.ts";
import type { Stage, StageCompiler } from "./stage.ts";

export const match: StageCompiler = (operand, { context }) => {
	if (!isPlain(operand)) throw new StoreError(15959, "the match filter must be an expression in an object");
	const matches = compileFilter(operand, context);
	return function* (input) {
		for (const doc of input) if (matches(doc, null)) yield doc;
	};
};

export function readLimit(operand: Value): number {
	const count = isNumeric(operand) ? toInteger(operand) : undefined;
	if (count === undefined) {
		throw new StoreError(2107201, `invalid argument to $limit stage: Expected an integer: $limit: ${show(operand)}`);
	}
	if (count <= 0n) throw new StoreError(15958, "the limit must be positive");
	return Number(count);
}

export const limit: StageCompiler = (operand) => {
	const most = readLimit(operand);
	return function* (input) {
		let count = 0;
		for (const doc of input) {
			yield doc;
			if (++count === most) return;
		}
	};
};

export function readSkip(operand: Value): number {
	const count = isNumeric(operand) ? toInteger(operand) : undefined;
	if (count === undefined || count < 0n) {
		const expected = count === undefined ? "an integer" : "a non-negative number";
		throw new StoreError(15956, `invalid argument to $skip stage: Expected ${expected} in: $skip: ${show(operand)}`);
	}
	return Number(count);
}

export const skip: StageCompiler = (operand) => {
	const unwanted = readSkip(operand);
	return function* (input) {
		let count = 0;
		for (const doc of input) if (count++ >= unwanted) yield doc;
	};
};

/** The name of the field `$count` puts its number into. */
export function readCountField(operand: Value): string {
	if (typeof operand !== "string" || operand === "") {
		throw new StoreError(40156, "the count field must be a non-empty string");
	}
	if (operand.startsWith("$")) throw new StoreError(40158, "the count field cannot be a $-prefixed path");
	if (operand.includes(".")) throw new StoreError(40160, "the count field cannot contain '.'");
	return operand;
}

/** Nothing at all for no documents. */
export const count: StageCompiler = (operand) => {
	const field = readCountField(operand);
	return function* (input) {
		let number = 0;
		for (const _ of input) number++;
		if (number > 0) yield { [field]: number };
	};
};

const UNWIND_FIELDS = ["path", "includeArrayIndex", "preserveNullAndEmptyArrays"];

export const unwind: StageCompiler = (operand) => {
	const spec: Doc = isPlain(operand) ? operand : { path: operand };
	const unknown = Object.keys(spec).find((name) => !UNWIND_FIELDS.includes(name));
	if (unknown !== undefined) throw new StoreError(28811, `unrecognized option to $unwind stage: ${unknown}`);
	const { path, includeArrayIndex, preserveNullAndEmptyArrays = false } = spec;
	if (typeof path !== "string")
		throw new StoreError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
	if (!path.startsWith("$"))
		throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
	if (typeof preserveNullAndEmptyArrays !== "boolean") {
		throw new StoreError(28809, "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage");
	}
	if (includeArrayIndex !== undefined && (typeof includeArrayIndex !== "string" || includeArrayIndex === "")) {
		throw new StoreError(28810, "expected a non-empty string for the includeArrayIndex  option to $unwind stage");
	}
	return unwinding(parsePath(path.slice(1)), preserveNullAndEmptyArrays, includeArrayIndex);
};

/** One document for each element; what is no array counts as an array of one. */
function unwinding(parts: readonly string[], keepEmpty: boolean, indexField: string | undefined): Stage {
	const indexParts = indexField?.split(".");
	const numbered = (doc: Doc, index: bigint | null): Doc => (indexParts ? put(doc, indexParts, index) : doc);
	return function* (input) {
		for (const doc of input) {
			const value = plainValueAt(doc, parts);
			if (!Array.isArray(value)) {
				if (keepEmpty || !isNullish(value)) yield numbered(doc, null);
			} else if (value.length === 0) {
				if (keepEmpty) yield numbered(put(doc, parts, undefined), null);
			} else {
				for (const [i, element] of value.entries()) yield numbered(put(doc, parts, element), BigInt(i));
			}
		}
	};
}

/** The value at a path that leads through documents alone. */
function plainValueAt(doc: Doc, parts: readonly string[]): Value {
	let value: Value = doc;
	for (const part of parts) value = isPlain(value) ? value[part] : undefined;
	return value;
}

/** A copy of the document with the value at the path; undefined removes the field. */
export function put(doc: Doc, parts: readonly string[], value: Value): Doc {
	const [first = "", ...rest] = parts;
	const copy = copyFields(doc);
	const inner = copy[first];
	const next = rest.length === 0 ? value : put(isPlain(inner) ? inner : newDoc(), rest, value);
	if (next === undefined) delete copy[first];
	else copy[first] = next;
	return copy;
}
