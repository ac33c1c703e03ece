/** Stages that bring in other documents: `$lookup`, `$unionWith`; and `$facet`, which runs pipelines side by side. */
import { BSONRegExp, type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { failedToParse, StoreError, typeMismatch } from "../errors.ts";
import { refuseBadVariable } from "../expression/condition.ts";
import { compileExpression } from "../expression/expression.ts";
import { withValueAt } from "../expression/field-path.ts";
import { namedOperands } from "../expression/operator.ts";
import { MemoryBudget } from "./memory.ts";
import type { Environment, PipelineContext, StageCompiler } from "./stage.ts";

export const lookup: StageCompiler = (operand, environment) => {
	const spec = readLookup(operand);
	const asParts = spec.as.split(".");
	const bind = variableBinder(spec.variables, environment.context);
	environment.compile(spec.pipeline, naming(spec.variables, environment.context)); // refuses what is wrong with it now
	return function* (input) {
		for (const doc of input) {
			const joined = spec.localField === undefined ? [] : [joinFilter(doc, spec.localField, spec.foreignField)];
			const stages = [...joined.map((filter) => ({ $match: filter })), ...spec.pipeline];
			yield withValueAt(doc, asParts, [...environment.run(spec.from, stages, bind(doc))]);
		}
	};
};

interface Lookup {
	from: string;
	as: string;
	localField: string[] | undefined;
	foreignField: string;
	variables: Doc;
	pipeline: Value[];
}

function readLookup(operand: Value): Lookup {
	const optional = ["localField", "foreignField", "let", "pipeline"] as const;
	const named = namedOperands("$lookup", operand, ["from", "as"], optional);
	const { from, as, localField, foreignField, pipeline = [], let: variables = {} } = named;
	if (typeof as !== "string" || typeof from !== "string")
		throw failedToParse("$lookup: 'from' and 'as' must be strings");
	if (!Array.isArray(pipeline)) throw typeMismatch("$lookup: 'pipeline' must be an array");
	if (!isPlain(variables)) throw failedToParse("$lookup: 'let' must be an object");
	const isJoin = typeof localField === "string" && typeof foreignField === "string";
	if (!isJoin && (localField !== undefined || foreignField !== undefined || named.pipeline === undefined)) {
		throw failedToParse("$lookup requires 'localField' and 'foreignField', or 'pipeline', or all of them");
	}
	return {
		from,
		as,
		localField: typeof localField === "string" ? localField.split(".") : undefined,
		foreignField: typeof foreignField === "string" ? foreignField : "",
		variables,
		pipeline,
	};
}

/** The context of the inner pipeline: the variables of `let`, evaluated on the outer document. */
function variableBinder(variables: Doc, context: PipelineContext): (doc: Doc) => PipelineContext {
	const known = new Set(Object.keys(context.variables));
	const compiled = Object.keys(variables).map((name) => {
		refuseBadVariable(name);
		return { name, value: compileExpression(variables[name], known) };
	});
	return (doc) => {
		const values = { ...context.variables };
		for (const { name, value } of compiled) values[name] = value(doc, context);
		return { variables: values, now: context.now, check: () => context.check() };
	};
}

/** A context that only knows the variables' names, to compile with. */
const naming = (variables: Doc, context: PipelineContext): PipelineContext => ({
	variables: { ...context.variables, ...variables },
	now: context.now,
	check: () => context.check(),
});

/** Equal to any of the local values; a missing one joins with null. */
function joinFilter(doc: Doc, localField: readonly string[], foreignField: string): Doc {
	const values = localValues(doc, localField, 0);
	const isNone = values.length === 0;
	if (!isNone && values.some((value) => value instanceof BSONRegExp)) {
		return { $or: values.map((value) => ({ [foreignField]: { $eq: value } })) };
	}
	const [only] = values;
	return { [foreignField]: values.length === 1 ? { $eq: only } : { $in: values } };
}

function localValues(value: Value, parts: readonly string[], at: number): Value[] {
	if (at === parts.length) return Array.isArray(value) ? value : [value === undefined ? null : value];
	if (Array.isArray(value)) {
		const found = value.filter(isPlain).flatMap((element) => localValues(element, parts, at));
		return found.length === 0 ? [null] : found;
	}
	return isPlain(value) ? localValues(value[parts[at] ?? ""], parts, at + 1) : [null];
}

export const unionWith: StageCompiler = (operand, environment) => {
	const spec: Doc = isPlain(operand) ? operand : { coll: operand };
	const { coll, pipeline = [] } = namedOperands("$unionWith", spec, ["coll"], ["pipeline"]);
	if (typeof coll !== "string") throw failedToParse("$unionWith's 'coll' must be the name of a collection");
	environment.compile(pipeline, environment.context);
	return function* (input) {
		yield* input;
		yield* environment.run(coll, pipeline, environment.context);
	};
};

export const facet: StageCompiler = (operand, environment) => {
	if (!isPlain(operand) || Object.keys(operand).length === 0) {
		throw new StoreError(40169, "the $facet specification must be a non-empty object");
	}
	const facets = Object.keys(operand).map((name) => compileFacet(name, operand[name], environment));
	return function* (input) {
		const memory = new MemoryBudget("$facet");
		const docs: Doc[] = [];
		for (const doc of input) {
			memory.hold(doc);
			docs.push(doc);
		}
		const result = newDoc();
		for (const { name, stage } of facets) result[name] = [...stage(docs)];
		yield result;
	};
};

function compileFacet(name: string, stages: Value, { compile, context }: Environment) {
	if (name.includes(".") || name.startsWith("$")) {
		throw new StoreError(16410, `FieldPath field names may not contain '.' or start with '$': ${name}`);
	}
	if (!Array.isArray(stages)) throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is not`);
	if (stages.some((stage) => isPlain(stage) && Object.hasOwn(stage, "$facet"))) {
		throw new StoreError(40600, "$facet is not allowed to be used within a $facet stage");
	}
	return { name, stage: compile(stages, context) };
}
