/** Update operators on arrays. Source: MongoDB manual, "Array Update Operators"; error texts: the server. */
import { equal } from "../bson/compare.ts";
import { toInteger } from "../bson/number.ts";
import { show } from "../bson/show.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { BSONRegExp, type Doc, isPlain, type Value } from "../bson/values.ts";
import { badValue, failedToParse, typeMismatch } from "../errors.ts";
import { compileFilter } from "../query/filter.ts";
import { isOperatorDocument } from "../query/operators.ts";
import { fieldName, type Modifier, type ModifierCompiler } from "./modifier.ts";
import { compileElementOrder, type ElementOrder } from "./push-sort.ts";

const PUSH_CLAUSES = new Set(["$each", "$position", "$slice", "$sort"]);

function push(operand: Value, path: string): Modifier {
	const { elements, position, slice, order } = readPush(operand);
	return {
		missing: "create",
		change(current, { document }) {
			if (current !== undefined && !Array.isArray(current)) {
				throw badValue(
					`The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${show(document._id)}}`,
				);
			}
			const array = current ?? [];
			const at = position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
			const result = [...array.slice(0, at), ...elements, ...array.slice(at)];
			if (order) result.sort(order);
			if (slice === undefined) return result;
			return slice < 0 ? result.slice(slice) : result.slice(0, slice);
		},
	};
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
	if (!Array.isArray($each)) {
		throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName($each)}`);
	}
	const push: Push = { elements: $each };
	if ($position !== undefined) push.position = integerClause("$position", $position);
	if ($slice !== undefined) push.slice = integerClause("$slice", $slice);
	if ($sort !== undefined) push.order = compileElementOrder($sort);
	return push;
}

function integerClause(name: string, value: Value): number {
	const whole = isNumeric(value) ? toInteger(value) : undefined;
	if (whole === undefined) {
		throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
	}
	return Number(whole);
}

function addToSet(operand: Value, path: string): Modifier {
	const elements = isPlain(operand) && Object.hasOwn(operand, "$each") ? eachOfSet(operand) : [operand];
	return {
		missing: "create",
		change(current) {
			if (current !== undefined && !Array.isArray(current)) {
				throw badValue(
					`Cannot apply $addToSet to non-array field. Field named '${fieldName(path)}' has non-array type ${typeName(current)}`,
				);
			}
			const result = current === undefined ? [] : [...current];
			for (const element of elements) {
				if (!result.some((present) => equal(present, element))) result.push(element);
			}
			return result.length === current?.length ? current : result;
		},
	};
}

function eachOfSet(operand: Doc): Value[] {
	const unknown = Object.keys(operand).find((name) => name !== "$each");
	if (unknown !== undefined) {
		throw badValue(`Found unexpected fields after $each in $addToSet: ${show(operand)}`);
	}
	if (!Array.isArray(operand.$each)) {
		throw typeMismatch(
			`The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.$each)}`,
		);
	}
	return operand.$each;
}

function pop(operand: Value, path: string): Modifier {
	const end = isNumeric(operand) ? toInteger(operand) : undefined;
	if (end === undefined) throw failedToParse(`Expected a number in: ${path}: ${show(operand)}`);
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
	if (!Array.isArray(operand)) {
		throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
	}
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
