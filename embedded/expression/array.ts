/** Operators on arrays. */
import { compare, equal } from "../bson/compare.ts";
import { compareNumbers, toInteger } from "../bson/number.ts";
import { isNumeric, typeName } from "../bson/types.ts";
import { isNullish, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { refuseBadVariable, withVariables } from "./condition.ts";
import {
	type Compiler,
	type Expression,
	namedOperands,
	type Operator,
	type Operators,
	onPresent,
	onValues,
	optionalOperand,
	type Present,
	type Scope,
} from "./operator.ts";
import { truthy } from "./truth.ts";

const ANY_NUMBER = Number.POSITIVE_INFINITY;
/** What an expression may build out of nothing: 100 MB of numbers in MongoDB, a few million elements here. */
const MAX_RANGE = 5_000_000;

/** Refuses what is no array, with the code and words of the operator. */
function arrayOf(value: Value, code: number, message: string): Value[] {
	if (Array.isArray(value)) return value;
	throw new StoreError(code, `${message} ${typeName(value)}`);
}

/** A 32-bit whole number as operators want them for positions and lengths. */
export function wholeNumber(value: Value, code: number, message: string): number {
	const whole = isNumeric(value) ? toInteger(value) : undefined;
	if (whole === undefined || whole !== BigInt.asIntN(32, whole)) {
		throw new StoreError(code, `${message}, found: ${typeName(value)}`);
	}
	return Number(whole);
}

function elementAt(array: Present, index: Present): Value {
	const elements = arrayOf(array, 28689, "$arrayElemAt's first argument must be an array, but is");
	const at = wholeNumber(index, 28691, "$arrayElemAt's second argument must be representable as a 32-bit integer");
	return elements.at(at);
}

function end(name: "$first" | "$last"): Operator {
	return onPresent(name, 1, 1, (value) =>
		arrayOf(value, 28689, `${name}'s argument must be an array, but is`).at(name === "$first" ? 0 : -1),
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

function range(start: Value, stop: Value, step: Value = 1): Value {
	const from = wholeNumber(start, 34443, "$range requires a numeric starting value");
	const to = wholeNumber(stop, 34445, "$range requires a numeric ending value");
	const by = wholeNumber(step, 34447, "$range requires a numeric step value");
	if (by === 0) throw new StoreError(34449, "$range requires a non-zero step value");
	const count = Math.max(0, Math.ceil((to - from) / by));
	if (count > MAX_RANGE) {
		throw new StoreError("ExceededMemoryLimit", "$range would use too much memory and cannot spill to disk");
	}
	return Array.from({ length: count }, (_, i) => from + i * by);
}

function indexOf(array: Value, wanted: Value, start: Value, stop: Value): Value {
	if (isNullish(array)) return null;
	const elements = arrayOf(array, 40090, "$indexOfArray requires an array as a first argument, found:");
	const from = start === undefined ? 0 : index(start, "starting");
	const to = stop === undefined ? elements.length : Math.min(index(stop, "ending"), elements.length);
	for (let i = from; i < to; i++) if (equal(elements[i], wanted)) return i;
	return -1;
}

function index(value: Value, which: string): number {
	const whole = wholeNumber(value, 40096, `$indexOfArray requires an integral ${which} index`);
	if (whole < 0) throw new StoreError(40097, `$indexOfArray requires a nonnegative ${which} index, found: ${whole}`);
	return whole;
}

const includes = (value: Value, array: Value): Value =>
	arrayOf(array, 40081, "$in requires an array as a second argument, found:").some((element) => equal(element, value));

const concat = (...arrays: Present[]): Value =>
	arrays.flatMap((array) => arrayOf(array, 28664, "$concatArrays only supports arrays, not"));

/** Runs an expression for each element of an array, the element in a variable. */
function eachElement(
	operand: { input: Value; as?: Value; body: Value },
	compiler: Compiler,
): { input: Expression; evaluate: (element: Value, root: Value, scope: Scope) => Value } {
	const as = operand.as === undefined ? "this" : operand.as;
	if (typeof as !== "string") throw new StoreError("FailedToParse", "the name of the variable must be a string");
	refuseBadVariable(as);
	const body = compiler.knowing([as]).compile(operand.body);
	return {
		input: compiler.compile(operand.input),
		evaluate: (element, root, scope) => body(root, withVariables(scope, { [as]: element })),
	};
}

const map: Operator = (operand, compiler) => {
	const named = namedOperands("$map", operand, ["input", "in"], ["as"]);
	const { input, evaluate } = eachElement({ input: named.input, as: named.as, body: named.in }, compiler);
	return (root, scope) => {
		const array = input(root, scope);
		if (isNullish(array)) return null;
		return arrayOf(array, 16883, "input to $map must be an array not").map((element) => {
			const value = evaluate(element, root, scope);
			return value === undefined ? null : value;
		});
	};
};

const filter: Operator = (operand, compiler) => {
	const named = namedOperands("$filter", operand, ["input", "cond"], ["as", "limit"]);
	const { input, evaluate } = eachElement({ input: named.input, as: named.as, body: named.cond }, compiler);
	const limit = optionalOperand(named.limit, compiler);
	return (root, scope) => {
		const array = input(root, scope);
		if (isNullish(array)) return null;
		const elements = arrayOf(array, 28651, "input to $filter must be an array not");
		const most = limit?.(root, scope);
		const kept = elements.filter((element) => truthy(evaluate(element, root, scope)));
		if (isNullish(most)) return kept;
		const count = wholeNumber(most, 327391, "$filter: limit must be represented as a 32-bit integral value");
		if (count <= 0) throw new StoreError(327392, `$filter: limit must be greater than 0: ${count}`);
		return kept.slice(0, count);
	};
};

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

const sortArray: Operator = (operand, compiler) => {
	const named = namedOperands("$sortArray", operand, ["input", "sortBy"]);
	const direction = named.sortBy;
	if (!isNumeric(direction) || (compareNumbers(direction, 1) !== 0 && compareNumbers(direction, -1) !== 0)) {
		throw new StoreError(
			2942507,
			"$sortArray by fields is not supported by the embedded store: sortBy must be 1 or -1",
		);
	}
	const sign = compareNumbers(direction, 0);
	const input = compiler.compile(named.input);
	return (root, scope) => {
		const array = input(root, scope);
		if (isNullish(array)) return null;
		const elements = arrayOf(array, 2942504, "The input argument to $sortArray must be an array, but was of type:");
		return [...elements].sort((a, b) => compare(a, b) * sign);
	};
};

export const arrays: Operators = {
	$arrayElemAt: onPresent("$arrayElemAt", 2, 2, elementAt),
	$first: end("$first"),
	$last: end("$last"),
	$slice: onPresent("$slice", 2, 3, slice),
	$range: onValues("$range", 2, 3, range),
	$indexOfArray: onValues("$indexOfArray", 2, 4, indexOf),
	$in: onValues("$in", 2, 2, includes),
	$concatArrays: onPresent("$concatArrays", 0, ANY_NUMBER, concat),
	$size: onValues(
		"$size",
		1,
		1,
		(value) => arrayOf(value, 17124, "The argument to $size must be an array, but was of type:").length,
	),
	$isArray: onValues("$isArray", 1, 1, (value) => Array.isArray(value)),
	$reverseArray: onPresent("$reverseArray", 1, 1, (value) =>
		[...arrayOf(value, 34435, "The argument to $reverseArray must be an array, but was of type:")].reverse(),
	),
	$map: map,
	$filter: filter,
	$reduce: reduce,
	$sortArray: sortArray,
};
