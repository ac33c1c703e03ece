import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError, typeMismatch } from "../errors.ts";
import type { Scope } from "../expression/operator.ts";

/** One step of a pipeline. */
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

/** A read of a collection in the form the planner understands. */
export interface LeadingQuery {
	filter: Doc;
	/** As in `$sort`; undefined for no order. */
	sort: Doc | undefined;
	skip: number;
	/** 0 for all. */
	limit: number;
}

/** What stages such as `$lookup` need of the store. Collections are those of the pipeline's own database. */
export interface PipelineSource {
	/** Documents of a collection, none when it does not exist. `variables` are for `$expr` in the filter. */
	scan(collection: string, query: LeadingQuery, variables: Scope["variables"]): Iterable<Doc>;
}

export interface PipelineContext extends Scope {
	/** Throws MaxTimeMSExpired when the command's time is up. */
	check(): void;
}

/** Everything a stage is compiled with. */
export interface Environment {
	context: PipelineContext;
	source: PipelineSource;
	/** Compiles a pipeline within this one: of `$facet`, `$lookup`, `$unionWith`. */
	compile(stages: Value, context: PipelineContext): Stage;
	/** Runs a pipeline over a collection. */
	run(collection: string, stages: Value, context: PipelineContext): Iterable<Doc>;
}

export type StageCompiler = (operand: Value, environment: Environment) => Stage;

/** The name and operand of a stage. */
export function readStage(stage: Value): [string, Value] {
	if (!isPlain(stage)) throw typeMismatch("Each element of the 'pipeline' array must be an object");
	const [name, another] = Object.keys(stage);
	if (name === undefined || another !== undefined) {
		throw new StoreError(40323, "A pipeline stage specification object must contain exactly one field.");
	}
	return [name, stage[name]];
}
