/** explain: which plan a find or an aggregate would take, and (unless only asked for the plan) what running it reads. */
import { type Doc, isPlain } from "../bson/values.ts";
import { findDocuments, planFor, type Query } from "../engine/find.ts";
import { failedToParse } from "../errors.ts";
import type { IndexScan } from "../index/index-scan.ts";
import type { Plan } from "../index/planner.ts";
import { parseSort } from "../index/sort.ts";
import { splitPrefix } from "../pipeline/prefix.ts";
import { type Commands, operationOf } from "./command.ts";
import type { Reply } from "./reply.ts";
import { checkedNamespace, countField, documentField } from "./request.ts";

export const explainCommands: Commands = {
	explain: {
		kind: "read",
		fields: ["verbosity"],
		run(request, context) {
			const { explain: command, verbosity } = request.body;
			if (!isPlain(command)) throw failedToParse("explain takes a command");
			const query = queryOf(command);
			const ns = checkedNamespace(request.database, String(command.find ?? command.aggregate));
			const collection = context.catalog.get(ns);
			const plan: Plan = collection ? planFor(collection, query) : { kind: "nothing" };
			const winningPlan = describe(plan);
			const reply: Reply = { explainVersion: "1", queryPlanner: { namespace: ns, winningPlan, rejectedPlans: [] } };
			if (verbosity === "queryPlanner") return reply;
			const operation = operationOf(request, context.allowance);
			let nReturned = 0;
			for (const _ of findDocuments(collection, query, operation)) nReturned++;
			const totalDocsExamined = operation.documentsExamined;
			return { ...reply, executionStats: { executionSuccess: true, nReturned, totalDocsExamined } };
		},
	},
};

function queryOf(command: Doc): Query {
	const { sort, hint, pipeline } = command;
	if (Array.isArray(pipeline)) {
		const { query } = splitPrefix(pipeline);
		return { ...query, sort: parseSort(query.sort), hint };
	}
	if (command.find === undefined) throw failedToParse("explain is only supported for find and aggregate");
	const filter = documentField(command, "filter");
	const [skip, limit] = [countField(command, "skip"), countField(command, "limit")];
	return { filter, sort: parseSort(sort), skip, limit, hint };
}

function describe(plan: Plan): Doc {
	switch (plan.kind) {
		case "nothing":
			return { stage: "EOF" };
		case "id":
			return { stage: "IDHACK" };
		case "collection":
			return sorted(plan.sorted, { stage: "COLLSCAN", direction: plan.reverse ? "backward" : "forward" });
		case "union": {
			const scans = { stage: "OR", inputStages: plan.scans.map(indexScan) };
			return sorted(plan.sorted, { stage: "FETCH", inputStage: scans });
		}
		case "index": {
			const scans = plan.merge ? { stage: "SORT_MERGE", inputStage: indexScan(plan) } : indexScan(plan);
			return sorted(plan.sorted, { stage: "FETCH", inputStage: scans });
		}
	}
}

const indexScan = ({ index, reverse, ranges }: IndexScan): Doc => ({
	stage: "IXSCAN",
	keyPattern: index.spec.key,
	indexName: index.name,
	isMultiKey: index.multikey !== 0,
	direction: reverse ? "backward" : "forward",
	ranges: ranges.length,
});

const sorted = (isSorted: boolean, plan: Doc): Doc => (isSorted ? plan : { stage: "SORT", inputStage: plan });
