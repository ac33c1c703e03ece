/** Operators on arrays. */
import { equal } from "../bson/compare.ts";
import { toInteger } from "../bson/number.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { isNullish, type Value } from "../bson/values.ts";
import { failedToParse, StoreError } from "../errors.ts";
import { refuseBadVariable, withVariables } from "./condition.ts";
import type { Operator, Operators, Present } from "./operator.ts";
import { ANY_NUMBER, namedOperands, onPresent, onValues } from "./operator.ts";
import { truthy } from "./truth.ts";

/** Refuses what is no array, with the code and words of the operator. */
function arrayOf(value: Value, code: number, message: string): Value[] {
	if (Array.isArray(value)) return value;
	throw new StoreError(code, `${message} ${typeName(value)}`);
}

/** A 32-bit whole number as operators want them for positions and lengths. */
export function wholeNumber(value: Value, code: number, message: string): number {
	const whole = isNumeric(value) ? toInteger(value) : undefined;
	if (whole !== undefined && whole === BigInt.asIntN(32, whole)) return Number(whole);
	throw new StoreError(code, `${message}, found: ${typeName(value)}`);
}

function elementAt(array: Present, index: Present): Value {
	const elements = arrayOf(array, 28689, "$arrayElemAt's first argument must be an array, but is");
	return elements.at(wholeNumber(index, 28691, "$arrayElemAt's second argument must be a 32-bit integer"));
}

function end(name: string, index: number): Operator {
	return onPresent(name, 1, 1, (value) =>
		arrayOf(value, 28689, `${name}'s argument must be an array, but is`).at(index),
	);
}

function slice(array: Present, second: Present, third?: Present): Value {
	const elements = arrayOf(array, 28724, "First argument to $slice must be an array, but is of type:");
	const first = wholeNumber(second, 28726, "Second argument to $slice must be a 32-bit integer");
	if (third === undefined) return first < 0 ? elements.slice(first) : elements.slice(0, first);
	const count = wholeNumber(third, 28728, "Third argument to $slice must be a 32-bit integer");
	if (count <= 0) throw new StoreError(28729, `Third argument to $slice must be positive: ${count}`);
	const start = first < 0 ? Math.max(0, elements.length + first) : first;
	return elements.slice(start, start + count);
}

const includes = (value: Value, array: Value): Value =>
	arrayOf(array, 40081, "$in requires an array as a second argument, found:").some((element) => equal(element, value));

const concat = (...arrays: Present[]): Value =>
	arrays.flatMap((array) => arrayOf(array, 28664, "$concatArrays only supports arrays, not"));

const size = (value: Value): Value =>
	arrayOf(value, 17124, "The argument to $size must be an array, but was of type:").length;

/** An operator `{input, as, <body>}` that runs its body for each element of an array. */
function eachElement(
	name: string,
	body: "in" | "cond",
	apply: (array: Value[], run: (element: Value) => Value) => Value,
): Operator {
	return (operand, compiler) => {
		const named = namedOperands(name, operand, ["input", body], ["as"]);
		const as = named.as === undefined ? "this" : named.as;
		if (typeof as !== "string") throw failedToParse("the name of the variable must be a string");
		refuseBadVariable(as);
		const input = compiler.compile(named.input);
		const inner = compiler.knowing([as]).compile(named[body]);
		return (root, scope) => {
			const array = input(root, scope);
			if (isNullish(array)) return null;
			const elements = arrayOf(array, body === "in" ? 16883 : 28651, `input to ${name} must be an array not`);
			return apply(elements, (element) => inner(root, withVariables(scope, { [as]: element })));
		};
	};
}

const reduce: Operator = (operand, compiler) => {
	const named = namedOperands("$reduce", operand, ["input", "initialValue", "in"]);
	const input = compiler.compile(named.input);
	const initial = compiler.compile(named.initialValue);
	const body = compiler.knowing(["value", "this"]).compile(named.in);
	return (root, scope) => {
		const array = input(root, scope);
		if (isNullish(array)) return null;
		let value = initial(root, scope);
		for (const element of arrayOf(array, 40080, "$reduce requires that 'input' be an array, found:")) {
			value = body(root, withVariables(scope, { value, this: element }));
		}
		return value;
	};
};

export const arrays: Operators = {
	$arrayElemAt: onPresent("$arrayElemAt", 2, 2, elementAt),
	$first: end("$first", 0),
	$last: end("$last", -1),
	$slice: onPresent("$slice", 2, 3, slice),
	$in: onValues("$in", 2, 2, includes),
	$concatArrays: onPresent("$concatArrays", 0, ANY_NUMBER, concat),
	$size: onValues("$size", 1, 1, size),
	$isArray: onValues("$isArray", 1, 1, (value) => Array.isArray(value)),
	$map: eachElement("$map", "in", (array, run) => array.map((element) => run(element) ?? null)),
	$filter: eachElement("$filter", "cond", (array, run) => array.filter((element) => truthy(run(element)))),
	$reduce: reduce,
};
