/** Compiles and runs aggregation pipelines. */
import type { Doc, Value } from "../bson/values.ts";
import { StoreError, typeMismatch } from "../errors.ts";
import { bucket, group, sortByCount } from "./group.ts";
import { facet, lookup, unionWith } from "./joins.ts";
import { splitPrefix } from "./prefix.ts";
import { sort } from "./sort.ts";
import {
	type Environment,
	type PipelineContext,
	type PipelineSource,
	readStage,
	type Stage,
	type StageCompiler,
} from "./stage.ts";
import { count, limit, match, skip, unwind } from "./streaming.ts";
import { type Transform, transforms } from "./transforms.ts";

const STAGES: Readonly<Record<string, StageCompiler>> = {
	$match: match,
	$limit: limit,
	$skip: skip,
	$count: count,
	$unwind: unwind,
	$sort: sort,
	$group: group,
	$sortByCount: sortByCount,
	$bucket: bucket,
	$facet: facet,
	$lookup: lookup,
	$unionWith: unionWith,
	...Object.fromEntries(
		Object.entries(transforms).map(([name, compile]): [string, StageCompiler] => [
			name,
			(operand, { context }) => mapping(compile(operand, context)),
		]),
	),
};

const DOCUMENTS_PER_CHECK = 64;

/**
 * The documents of `input` sent through the stages. The stages are checked at once, the documents flow as they are
 * taken: errors of single documents, and MaxTimeMSExpired, come then.
 */
export function runPipeline(
	stages: Value,
	input: Iterable<Doc>,
	source: PipelineSource,
	context: PipelineContext,
): Iterable<Doc> {
	return compile(stages, source, context)(input);
}

function compile(stages: Value, source: PipelineSource, context: PipelineContext): Stage {
	const environment: Environment = {
		context,
		source,
		compile: (inner, innerContext) => compile(inner, source, innerContext),
		run: (collection, inner, innerContext) => runOver(collection, inner, source, innerContext),
	};
	const compiled = checkedStages(stages).map((stage) => compileStage(stage, environment));
	return (input) => compiled.reduce((docs, stage) => stage(limitedInTime(docs, context)), input);
}

function runOver(collection: string, stages: Value, source: PipelineSource, context: PipelineContext): Iterable<Doc> {
	const { query, rest } = splitPrefix(checkedStages(stages));
	return runPipeline(rest, source.scan(collection, query, context.variables), source, context);
}

function checkedStages(stages: Value): Value[] {
	if (Array.isArray(stages)) return stages;
	throw typeMismatch("'pipeline' option must be specified as an array");
}

function compileStage(stage: Value, environment: Environment): Stage {
	const [name, operand] = readStage(stage);
	const compiler = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
	if (!compiler) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
	return compiler(operand, environment);
}

function mapping(transform: Transform): Stage {
	return function* (input) {
		for (const doc of input) yield transform(doc);
	};
}

function* limitedInTime(input: Iterable<Doc>, context: PipelineContext): Iterable<Doc> {
	let seen = 0;
	for (const doc of input) {
		if (++seen % DOCUMENTS_PER_CHECK === 0) context.check();
		yield doc;
	}
}
