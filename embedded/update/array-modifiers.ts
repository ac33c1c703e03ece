/** Update operators on arrays. Source: MongoDB manual, "Array Update Operators". */
import { equal } from "../bson/compare.ts";
import { toInteger } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { BSONRegExp, type Doc, isPlain, type Value } from "../bson/values.ts";
import { badValue, failedToParse, typeMismatch } from "../errors.ts";
import { compileFilter } from "../query/filter.ts";
import { isOperatorDocument } from "../query/operators.ts";
import type { Modifier, ModifierCompiler } from "./modifier.ts";
import { compileElementOrder, type ElementOrder } from "./push-sort.ts";

const PUSH_CLAUSES = new Set(["$each", "$position", "$slice", "$sort"]);

function push(operand: Value, path: string): Modifier {
	const { elements, position, slice, order } = readPush(operand);
	return {
		missing: "create",
		change(current, { document }) {
			const array = current === undefined ? [] : arrayAt(path, current, document);
			const at = position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
			const result = [...array.slice(0, at), ...elements, ...array.slice(at)];
			if (order) result.sort(order);
			if (slice === undefined) return result;
			return slice < 0 ? result.slice(slice) : result.slice(0, slice);
		},
	};
}

function arrayAt(path: string, current: Value, document: Doc): Value[] {
	if (Array.isArray(current)) return current;
	const where = `in the document {_id: ${show(document._id)}}`;
	throw badValue(`The field '${path}' must be an array but is of type ${typeName(current)} ${where}`);
}

interface Push {
	elements: Value[];
	position?: number;
	slice?: number;
	order?: ElementOrder;
}

function readPush(operand: Value): Push {
	if (!isPlain(operand) || !Object.hasOwn(operand, "$each")) return { elements: [operand] };
	const unknown = Object.keys(operand).find((name) => !PUSH_CLAUSES.has(name));
	if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`);
	const { $each, $position, $slice, $sort } = operand;
	if (!Array.isArray($each)) throw badValue(`The $each of $push must be an array, but is of type ${typeName($each)}`);
	const push: Push = { elements: $each };
	if ($position !== undefined) push.position = integerClause("$position", $position);
	if ($slice !== undefined) push.slice = integerClause("$slice", $slice);
	if ($sort !== undefined) push.order = compileElementOrder($sort);
	return push;
}

function integerClause(name: string, value: Value): number {
	const whole = isNumeric(value) ? toInteger(value) : undefined;
	if (whole === undefined)
		throw badValue(`The value for ${name} must be an integer, but is of type ${typeName(value)}`);
	return Number(whole);
}

function addToSet(operand: Value, path: string): Modifier {
	const elements = isPlain(operand) && Object.hasOwn(operand, "$each") ? eachOfSet(operand) : [operand];
	return {
		missing: "create",
		change(current, { document }) {
			const before = current === undefined ? [] : arrayAt(path, current, document);
			const result = [...before];
			for (const element of elements) {
				if (!result.some((present) => equal(present, element))) result.push(element);
			}
			return result.length === before.length && current !== undefined ? current : result;
		},
	};
}

function eachOfSet(operand: Doc): Value[] {
	const { $each, ...others } = operand;
	if (Object.keys(others).length > 0)
		throw badValue(`Found unexpected fields beside $each in $addToSet: ${show(operand)}`);
	if (!Array.isArray($each)) throw typeMismatch(`The $each of $addToSet must be an array, but is ${typeName($each)}`);
	return $each;
}

function pop(operand: Value, path: string): Modifier {
	const end = isNumeric(operand) ? toInteger(operand) : undefined;
	if (end !== 1n && end !== -1n) throw failedToParse(`$pop expects 1 or -1, found: ${show(operand)}`);
	return {
		missing: "skip",
		change(current) {
			if (current === undefined) return undefined;
			if (!Array.isArray(current)) {
				throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(current)}'`);
			}
			if (current.length === 0) return current;
			return end === 1n ? current.slice(0, -1) : current.slice(1);
		},
	};
}

const pull: ModifierCompiler = (operand) => removing("$pull", pullCondition(operand));

/** Operators and regular expressions test each element, a document its fields, anything else is compared. */
function pullCondition(operand: Value): (element: Value) => boolean {
	if (operand instanceof BSONRegExp || (isOperatorDocument(operand) && !isTree(operand))) {
		const filter = compileFilter({ element: operand });
		return (element) => filter({ element }, null);
	}
	if (!isPlain(operand)) return (element) => equal(element, operand);
	const filter = compileFilter(operand);
	return (element) => isPlain(element) && filter(element, null);
}

const isTree = (operand: Doc): boolean => ["$and", "$or", "$nor"].includes(Object.keys(operand)[0] ?? "");

const pullAll: ModifierCompiler = (operand) => {
	if (!Array.isArray(operand)) throw badValue(`$pullAll requires an array, not ${typeName(operand)}`);
	return removing("$pullAll", (element) => operand.some((unwanted) => equal(element, unwanted)));
};

function removing(operator: string, unwanted: (element: Value) => boolean): Modifier {
	return {
		missing: "skip",
		change(current) {
			if (current === undefined) return undefined;
			if (!Array.isArray(current)) throw badValue(`Cannot apply ${operator} to a non-array value`);
			const kept = current.filter((element) => !unwanted(element));
			return kept.length === current.length ? current : kept;
		},
	};
}

export const arrayModifiers: Readonly<Record<string, ModifierCompiler>> = {
	$push: push,
	$addToSet: addToSet,
	$pop: pop,
	$pull: pull,
	$pullAll: pullAll,
};
