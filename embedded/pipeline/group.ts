/** `$group`, and `$sortByCount` and `$bucket`, which are forms of it. */
import { compare } from "../bson/compare.ts";
import { show } from "../bson/show.ts";
import { typeClass, typeName } from "../bson/types.ts";
import { type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { compileExpression } from "../expression/expression.ts";
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
		throw new StoreError(
			40148,
			"the sortByCount field must be defined as a $-prefixed path or an expression in an object",
		);
	}
	const counted = group({ _id: operand, count: { $sum: 1 } }, environment);
	const sorted = sort({ count: -1 }, environment);
	return (input) => sorted(counted(input));
};

const BUCKET_FIELDS = ["groupBy", "boundaries", "default", "output"];

export const bucket: StageCompiler = (operand, environment) => {
	if (!isPlain(operand)) {
		throw new StoreError(40201, `Argument to $bucket stage must be an object, but found type: ${typeName(operand)}.`);
	}
	const unknown = Object.keys(operand).find((name) => !BUCKET_FIELDS.includes(name));
	if (unknown !== undefined) throw new StoreError(40197, `Unrecognized option to $bucket: ${unknown}.`);
	const { groupBy } = operand;
	const output: Value = operand.output === undefined ? { count: { $sum: 1 } } : operand.output;
	if (groupBy === undefined || operand.boundaries === undefined) {
		throw new StoreError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
	}
	if (!isPlain(output))
		throw new StoreError(40196, `The $bucket 'output' field must be an object, but found type: ${typeName(output)}.`);
	const { context } = environment;
	const value = compileExpression(groupBy, new Set(Object.keys(context.variables)));
	const lowerBoundOf = bucketFinder(operand, environment);
	const fields = Object.keys(output).map((name) => compileGroupField(name, output[name], context));
	const gathered = gathering((doc) => lowerBoundOf(value(doc, context)), fields, "$bucket");
	const sorted = sort({ _id: 1 }, environment);
	return (input) => sorted(gathered(input));
};

/** The id of a value's bucket: its lower boundary, or the default. */
function bucketFinder(spec: Doc, { context }: Environment): (value: Value) => Value {
	const boundaries = constantOf(spec.boundaries, context);
	if (!Array.isArray(boundaries)) {
		throw new StoreError(
			40200,
			`The $bucket 'boundaries' field must be an array, but found type: ${typeName(boundaries)}.`,
		);
	}
	if (boundaries.length < 2) {
		throw new StoreError(
			40192,
			`The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
		);
	}
	for (const [i, boundary] of boundaries.entries()) {
		if (i === 0) continue;
		if (typeClass(boundary) !== typeClass(boundaries[0])) {
			throw new StoreError(40193, "All values in the the 'boundaries' option to $bucket must have the same type.");
		}
		if (compare(boundaries[i - 1], boundary) >= 0) {
			throw new StoreError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order.");
		}
	}
	const hasDefault = Object.hasOwn(spec, "default");
	const fallback = constantOf(spec.default, context);
	if (hasDefault && compare(fallback, boundaries[0]) >= 0 && compare(fallback, boundaries.at(-1)) < 0) {
		throw new StoreError(
			40199,
			"The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
		);
	}
	return (value) => {
		const above = boundaries.findIndex((boundary) => compare(value, boundary) < 0);
		if (value !== undefined && above > 0) return boundaries[above - 1];
		if (hasDefault) return fallback;
		throw new StoreError(
			40066,
			`$bucket could not find a matching branch for ${show(value)}, and no default was specified.`,
		);
	};
}

const constantOf = (expression: Value, context: Environment["context"]): Value =>
	compileExpression(expression)(newDoc(), context);
