/** Stages that handle one document after the other and hold none. */
import { toInteger } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric } from "../bson/types.ts";
import { type Doc, isNullish, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { parsePath, plainValueAt, withValueAt } from "../expression/field-path.ts";
import { namedOperands } from "../expression/operator.ts";
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
	if (count !== undefined && count > 0n) return Number(count);
	throw new StoreError(15958, `the $limit must be a positive integer, not ${show(operand)}`);
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
	if (count !== undefined && count >= 0n) return Number(count);
	throw new StoreError(15956, `the $skip must be an integer from 0 on, not ${show(operand)}`);
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
	if (typeof operand === "string" && /^[^$.][^.]*$/.test(operand)) return operand;
	throw new StoreError(40156, `the field of $count must be a name, not ${show(operand)}`);
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

export const unwind: StageCompiler = (operand) => {
	const spec = isPlain(operand) ? operand : { path: operand };
	const named = namedOperands("$unwind", spec, ["path"], ["includeArrayIndex", "preserveNullAndEmptyArrays"]);
	const { path, includeArrayIndex, preserveNullAndEmptyArrays = false } = named;
	if (typeof path !== "string" || !path.startsWith("$")) {
		throw new StoreError(28818, `the path of $unwind should be a string with a '$' before it, not ${show(path)}`);
	}
	if (typeof preserveNullAndEmptyArrays !== "boolean") {
		throw new StoreError(28809, "the preserveNullAndEmptyArrays of $unwind must be a boolean");
	}
	if (includeArrayIndex !== undefined && (typeof includeArrayIndex !== "string" || includeArrayIndex === "")) {
		throw new StoreError(28810, "the includeArrayIndex of $unwind must be a non-empty string");
	}
	return unwinding(parsePath(path.slice(1)), preserveNullAndEmptyArrays, includeArrayIndex);
};

/** One document for each element; what is no array counts as an array of one. */
function unwinding(parts: readonly string[], keepEmpty: boolean, indexField: string | undefined): Stage {
	const indexParts = indexField?.split(".");
	const numbered = (doc: Doc, index: bigint | null): Doc => (indexParts ? withValueAt(doc, indexParts, index) : doc);
	return function* (input) {
		for (const doc of input) {
			const value = plainValueAt(doc, parts);
			if (!Array.isArray(value)) {
				if (keepEmpty || !isNullish(value)) yield numbered(doc, null);
			} else if (value.length === 0) {
				if (keepEmpty) yield numbered(withValueAt(doc, parts, undefined), null);
			} else {
				for (const [i, element] of value.entries()) yield numbered(withValueAt(doc, parts, element), BigInt(i));
			}
		}
	};
}
