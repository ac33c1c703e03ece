/** The operators a filter may apply to a field: `{field: {$gt: 1, $lt: 5}}`. */
import { BSONRegExp, type Doc, isPlain, type Value } from "../bson/values.ts";
import { badValue, StoreError } from "../errors.ts";
import { truthy } from "../expression/truth.ts";
import { equalTo, inOrder, matching, oneOf } from "./comparison.ts";
import type { CompileFilter } from "./filter.ts";
import { hasRemainder, hasSize, hasType } from "./operands.ts";
import { negation, onElement, type PathTest, valueTest, wholeValueTest } from "./path.ts";
import { refuseFlags } from "./regex.ts";

/** Fields of a DBRef: they start with a dollar and still are data. */
const REFERENCE_FIELDS = new Set(["$ref", "$id", "$db"]);

export const isOperatorName = (name: string): boolean => name.startsWith("$") && !REFERENCE_FIELDS.has(name);

/** Whether a value is `{$operator: …}` rather than a document to compare with: the first field decides. */
export function isOperatorDocument(value: Value): value is Doc {
	if (!isPlain(value)) return false;
	for (const name in value) return isOperatorName(name);
	return false;
}

/** What a condition asks: a regular expression, operators, or equality with anything else. */
export function conditionTests(condition: Value, compile: CompileFilter): PathTest[] {
	if (condition instanceof BSONRegExp) return [valueTest(matching(condition))];
	if (!isOperatorDocument(condition)) return [valueTest(equalTo(condition))];
	return Object.keys(condition).flatMap((operator) => operatorTests(operator, condition[operator], condition, compile));
}

function operatorTests(operator: string, operand: Value, siblings: Doc, compile: CompileFilter): PathTest[] {
	switch (operator) {
		case "$eq":
			return [valueTest(equalTo(operand))];
		case "$ne":
			if (operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
			return [negation(valueTest(equalTo(operand)))];
		case "$gt":
		case "$gte":
		case "$lt":
		case "$lte":
			if (operand instanceof BSONRegExp) throw badValue(`Can't have RegEx as arg to predicate ${operator}.`);
			return [valueTest(inOrder(operator, operand))];
		case "$in":
			return [valueTest(oneOf(listOperand(operator, operand)))];
		case "$nin":
			return [negation(valueTest(oneOf(listOperand(operator, operand))))];
		case "$exists":
			return [existence(truthy(operand))];
		case "$type":
			return [valueTest(hasType(operand))];
		case "$size":
			return [wholeValueTest(hasSize(operand))];
		case "$mod":
			return [valueTest(hasRemainder(operand))];
		case "$regex":
			return [valueTest(matching(regexOperand(operand, siblings.$options)))];
		case "$options":
			if (siblings.$regex === undefined) throw badValue("$options needs a $regex");
			return [];
		case "$not":
			return [negation(...notOperand(operand, compile))];
		case "$all":
			return [allOf(operand, compile)];
		case "$elemMatch":
			return [elementMatching(operand, compile)];
		case "$comment":
			return [];
		case "$expr":
			throw badValue("$expr can only be applied to the top-level document");
		default:
			throw badValue(`unknown operator: ${operator}`);
	}
}

function existence(wanted: boolean): PathTest {
	const exists = wholeValueTest((value) => value !== undefined);
	return wanted ? exists : negation(exists);
}

function listOperand(operator: string, operand: Value): Value[] {
	if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
	if (operand.some(isOperatorDocument)) throw badValue(`cannot nest $ under ${operator}`);
	return operand;
}

function regexOperand(operand: Value, options: Value): BSONRegExp {
	if (options !== undefined && typeof options !== "string") throw badValue("$options has to be a string");
	if (operand instanceof BSONRegExp) {
		if (options !== undefined && operand.options !== "") {
			throw new StoreError(51074, "options set in both $regex and $options");
		}
		return options === undefined ? operand : regexOf(operand.pattern, options);
	}
	if (typeof operand !== "string") throw badValue("$regex has to be a string");
	return regexOf(operand, options ?? "");
}

/** BSONRegExp itself complains of other flags with an error of its own. */
function regexOf(pattern: string, options: string): BSONRegExp {
	refuseFlags(options);
	return new BSONRegExp(pattern, options);
}

function notOperand(operand: Value, compile: CompileFilter): PathTest[] {
	if (operand instanceof BSONRegExp) return [valueTest(matching(operand))];
	if (!isPlain(operand)) throw badValue("$not needs a regex or a document");
	const names = Object.keys(operand);
	if (names.length === 0) throw badValue("$not cannot be empty");
	const stranger = names.find((name) => !isOperatorName(name));
	if (stranger !== undefined) throw badValue(`unknown operator: ${stranger}`);
	return conditionTests(operand, compile);
}

function allOf(operand: Value, compile: CompileFilter): PathTest {
	if (!Array.isArray(operand)) throw badValue("$all needs an array");
	if (operand.length === 0) return valueTest(() => false);
	const tests = operand.map((element) => {
		if (element instanceof BSONRegExp) return valueTest(matching(element));
		if (!isOperatorDocument(element)) return valueTest(equalTo(element));
		const [operator] = Object.keys(element);
		if (operator !== "$elemMatch") throw badValue("no $ expressions in $all");
		return elementMatching(element.$elemMatch, compile);
	});
	return { kind: "all", tests };
}

const TREE_OPERATORS = new Set(["$and", "$or", "$nor"]);

/** `$elemMatch: {$gt: 1}` asks the elements themselves, `$elemMatch: {field: …}` the documents among them. */
function elementMatching(operand: Value, compile: CompileFilter): PathTest {
	if (!isPlain(operand)) throw badValue("$elemMatch needs an Object");
	const [first = ""] = Object.keys(operand);
	if (Object.hasOwn(operand, "$expr")) throw badValue("$expr can only be applied to the top-level document");
	let matches: (element: Value) => boolean;
	if (isOperatorName(first) && !TREE_OPERATORS.has(first)) {
		const tests = conditionTests(operand, compile).map(onElement);
		matches = (element) => tests.every((test) => test(element, null));
	} else {
		const filter = compile(operand);
		matches = (element) => (isPlain(element) || Array.isArray(element)) && filter(element, null);
	}
	return wholeValueTest((value, position) => {
		const index = Array.isArray(value) ? value.findIndex(matches) : -1;
		if (index >= 0 && position) position.index = index;
		return index >= 0;
	});
}
