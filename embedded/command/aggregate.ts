/** aggregate: the beginning of a pipeline is a query for the planner, the rest runs over what it finds. */
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { countDocuments } from "../engine/count.ts";
import { findDocuments } from "../engine/find.ts";
import type { Operation } from "../engine/operation.ts";
import { failedToParse, typeMismatch } from "../errors.ts";
import type { Scope } from "../expression/operator.ts";
import { parseSort } from "../index/sort.ts";
import { runPipeline } from "../pipeline/pipeline.ts";
import { countAnswer, splitPrefix } from "../pipeline/prefix.ts";
import type { LeadingQuery, PipelineSource } from "../pipeline/stage.ts";
import type { Catalog } from "../storage/catalog.ts";
import type { Collection } from "../storage/collection.ts";
import type { StoredDocument } from "../storage/document.ts";
import { type Commands, operationOf } from "./command.ts";
import { firstBatch } from "./cursor.ts";
import { checkedNamespace, namespaceOf } from "./request.ts";

export const aggregateCommands: Commands = {
	aggregate: {
		kind: "read",
		fields: ["pipeline", "cursor", "hint", "allowDiskUse", "bypassDocumentValidation"],
		run(request, context) {
			const { body, database } = request;
			const { pipeline, cursor, hint } = body;
			if (!Array.isArray(pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
			if (!isPlain(cursor)) throw failedToParse("The 'cursor' option is required");
			const ns = namespaceOf(request);
			const operation = operationOf(request, context.allowance);
			const source = sourceIn(context.catalog, database, operation);
			const documents = aggregate(context.catalog.get(ns), pipeline, hint, source, operation);
			return firstBatch(ns, documents, cursor, operation, context);
		},
	},
};

function aggregate(
	collection: Collection | undefined,
	pipeline: readonly Value[],
	hint: Value,
	source: PipelineSource,
	operation: Operation,
): Iterable<Doc> {
	const { query, rest } = splitPrefix(pipeline);
	const answer = countAnswer(rest);
	if (answer !== undefined) return answer(count(collection, query, hint, operation));
	return runPipeline(rest, documentsOf(collection, query, operation, hint), source, operation);
}

/** Sorting changes no count. */
function count(
	collection: Collection | undefined,
	{ filter, skip, limit }: LeadingQuery,
	hint: Value,
	operation: Operation,
): number {
	const rest = Math.max(0, countDocuments(collection, filter, operation, hint) - skip);
	return limit === 0 ? rest : Math.min(rest, limit);
}

/** What `$lookup` and `$unionWith` read: collections of the same database. */
function sourceIn(catalog: Catalog, database: string, operation: Operation): PipelineSource {
	return {
		scan(name, query, variables) {
			const collection = catalog.get(checkedNamespace(database, name));
			return documentsOf(collection, query, operation, undefined, { variables, now: operation.now });
		},
	};
}

/** The filter and the sort are checked at once, the documents come as they are taken. */
function documentsOf(
	collection: Collection | undefined,
	query: LeadingQuery,
	operation: Operation,
	hint: Value,
	scope: Scope = operation,
): Iterable<Doc> {
	return decoded(findDocuments(collection, { ...query, sort: parseSort(query.sort), hint, scope }, operation));
}

function* decoded(found: Iterable<StoredDocument>): Generator<Doc, void> {
	for (const { doc } of found) yield doc;
}
