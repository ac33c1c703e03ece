/** What `$group` and `$bucket` gather from the documents of a group. */
import { compareNumbers, toNumber } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { type Accumulator, accumulation } from "../expression/accumulation.ts";
import { compileExpression } from "../expression/expression.ts";
import { mergeInto } from "../expression/object.ts";
import type { Scope } from "../expression/operator.ts";
import { encodeValue } from "../index/keys.ts";
import type { MemoryBudget } from "./memory.ts";

type AccumulatorFactory = (memory: MemoryBudget) => Accumulator;

function first(): Accumulator {
	let found: Value;
	let empty = true;
	return {
		add: (value) => {
			if (empty) found = value;
			empty = false;
		},
		result: () => found ?? null,
	};
}

function last(): Accumulator {
	let found: Value;
	const add = (value: Value): void => {
		found = value;
	};
	return { add, result: () => found ?? null };
}

function push(memory: MemoryBudget): Accumulator {
	const values: Value[] = [];
	return {
		add: (value) => {
			if (value === undefined) return;
			memory.hold(value);
			values.push(value);
		},
		result: () => values,
	};
}

function addToSet(memory: MemoryBudget): Accumulator {
	const values = new Map<string, Value>();
	return {
		add: (value) => {
			if (value === undefined) return;
			const key = groupKey(value);
			if (values.has(key)) return;
			memory.hold(value);
			values.set(key, value);
		},
		result: () => [...values.values()],
	};
}

function mergeObjects(): Accumulator {
	const merged = newDoc();
	return { add: (value) => mergeInto(merged, value), result: () => merged };
}

const ACCUMULATORS: Readonly<Record<string, AccumulatorFactory>> = {
	...accumulation,
	$first: first,
	$last: last,
	$push: push,
	$addToSet: addToSet,
	$mergeObjects: mergeObjects,
	$count: accumulation.$sum,
};

/** A string that is the same for equal values, whatever their number type. */
export function groupKey(value: Value): string {
	if (typeof value === "string") return `s${value}`;
	if (isNumeric(value)) {
		const number = toNumber(value);
		if (compareNumbers(number, value) === 0) return `n${number}`;
	}
	return `v${encodeValue(value).toString("latin1")}`;
}

/** One output field of a group. */
export interface GroupField {
	name: string;
	valueOf: (doc: Doc) => Value;
	start: AccumulatorFactory;
}

export function compileGroupField(name: string, spec: Value, scope: Scope): GroupField {
	if (name.includes(".")) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
	if (name.startsWith("$")) throw new StoreError(40236, `The field name '${name}' cannot be an operator name`);
	const [operator, another] = isPlain(spec) ? Object.keys(spec) : [];
	if (!isPlain(spec) || operator === undefined) {
		throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
	}
	if (another !== undefined) throw new StoreError(40238, `The field '${name}' must specify one accumulator`);
	const start = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
	if (!start) throw new StoreError(15952, `unknown group operator '${operator}'`);
	const operand = operator === "$count" ? countOperand(spec[operator]) : spec[operator];
	const expression = compileExpression(operand, new Set(Object.keys(scope.variables)));
	return { name, start, valueOf: (doc) => expression(doc, scope) };
}

function countOperand(operand: Value): Value {
	if (isPlain(operand) && Object.keys(operand).length === 0) return 1;
	throw new StoreError("TypeMismatch", "$count takes no arguments, i.e. $count:{}");
}
