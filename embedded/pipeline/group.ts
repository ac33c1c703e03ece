/** `$group`, and `$sortByCount` and `$bucket`, which are forms of it. */
import { compare } from "../bson/compare.ts";
import { show } from "../bson/show.ts";
import { typeClass, typeName } from "../bson/types.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { compileExpression } from "../expression/expression.ts";
import { namedOperands } from "../expression/operator.ts";
import { compileGroupField, type GroupField, groupKey } from "./accumulators.ts";
import { MemoryBudget } from "./memory.ts";
import { sort } from "./sort.ts";
import type { Environment, Stage, StageCompiler } from "./stage.ts";

export const group: StageCompiler = (operand, { context }) => {
	if (!isPlain(operand)) throw new StoreError(15947, "a group's fields must be specified in an object");
	if (!Object.hasOwn(operand, "_id")) throw new StoreError(15955, "a group specification must include an _id");
	const id = compileExpression(operand._id, new Set(Object.keys(context.variables)));
	const fields = Object.keys(operand)
		.filter((name) => name !== "_id")
		.map((name) => compileGroupField(name, operand[name], context));
	return gathering((doc) => id(doc, context), fields, "$group");
};

interface Group {
	id: Value;
	accumulators: ReturnType<GroupField["start"]>[];
}

/** Groups in the order in which they first appear. A missing id is null's group. */
function gathering(idOf: (doc: Doc) => Value, fields: readonly GroupField[], stage: string): Stage {
	return function* (input) {
		const memory = new MemoryBudget(stage);
		const groups = new Map<string, Group>();
		for (const doc of input) {
			const value = idOf(doc);
			const id = value === undefined ? null : value;
			const key = groupKey(id);
			let found = groups.get(key);
			if (!found) {
				memory.hold(id);
				found = { id, accumulators: fields.map(({ start }) => start(memory)) };
				groups.set(key, found);
			}
			for (let i = 0; i < fields.length; i++) found.accumulators[i]?.add(fields[i]?.valueOf(doc));
		}
		for (const { id, accumulators } of groups.values()) {
			const result = newDoc();
			result._id = id;
			for (const [i, { name }] of fields.entries()) result[name] = accumulators[i]?.result();
			yield result;
		}
	};
}

export const sortByCount: StageCompiler = (operand, environment) => {
	const isExpression = isPlain(operand) && Object.keys(operand)[0]?.startsWith("$");
	if (!isExpression && (typeof operand !== "string" || !operand.startsWith("$"))) {
		throw new StoreError(40148, "the sortByCount field must be a $-prefixed path or an expression in an object");
	}
	const counted = group({ _id: operand, count: { $sum: 1 } }, environment);
	const sorted = sort({ count: -1 }, environment);
	return (input) => sorted(counted(input));
};

export const bucket: StageCompiler = (operand, environment) => {
	const spec = namedOperands("$bucket", operand, ["groupBy", "boundaries"], ["default", "output"]);
	const { groupBy } = spec;
	const output: Value = spec.output ?? { count: { $sum: 1 } };
	if (!isPlain(output)) throw new StoreError(40196, `The $bucket 'output' must be an object, not ${typeName(output)}`);
	const { context } = environment;
	const value = compileExpression(groupBy, new Set(Object.keys(context.variables)));
	const lowerBoundOf = bucketFinder(spec, environment);
	const fields = Object.keys(output).map((name) => compileGroupField(name, output[name], context));
	const gathered = gathering((doc) => lowerBoundOf(value(doc, context)), fields, "$bucket");
	const sorted = sort({ _id: 1 }, environment);
	return (input) => sorted(gathered(input));
};

/** The id of a value's bucket: its lower boundary, or the default. */
function bucketFinder(spec: { boundaries: Value; default?: Value }, { context }: Environment): (value: Value) => Value {
	const boundaries = constantOf(spec.boundaries, context);
	if (!Array.isArray(boundaries) || boundaries.length < 2) {
		throw new StoreError(40192, "The 'boundaries' of $bucket must be an array of at least 2 values");
	}
	for (const [i, boundary] of boundaries.entries()) {
		if (typeClass(boundary) !== typeClass(boundaries[0])) {
			throw new StoreError(40193, "The 'boundaries' of $bucket must have the same type");
		}
		if (i > 0 && compare(boundaries[i - 1], boundary) >= 0) {
			throw new StoreError(40194, "The 'boundaries' of $bucket must be in ascending order");
		}
	}
	const hasDefault = Object.hasOwn(spec, "default");
	const fallback = constantOf(spec.default, context);
	if (hasDefault && compare(fallback, boundaries[0]) >= 0 && compare(fallback, boundaries.at(-1)) < 0) {
		throw new StoreError(40199, "The 'default' of $bucket must lie outside of its boundaries");
	}
	return (value) => {
		const above = boundaries.findIndex((boundary) => compare(value, boundary) < 0);
		if (value !== undefined && above > 0) return boundaries[above - 1];
		if (hasDefault) return fallback;
		throw new StoreError(40066, `$bucket could not find a bucket for ${show(value)}, and has no default`);
	};
}

const constantOf = (expression: Value, context: Environment["context"]): Value =>
	compileExpression(expression)(newDoc(), context);
