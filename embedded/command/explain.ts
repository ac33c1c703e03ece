/** explain: which plan a command would take, and (unless only asked for the plan) what running it reads. */
import { type Doc, isPlain } from "../bson/values.ts";
import { findDocuments, planFor, type Query } from "../engine/find.ts";
import { failedToParse, StoreError } from "../errors.ts";
import type { IndexScan } from "../index/index-scan.ts";
import type { Plan } from "../index/planner.ts";
import { parseSort } from "../index/sort.ts";
import { splitPrefix } from "../pipeline/prefix.ts";
import { type Commands, operationOf } from "./command.ts";
import type { Reply } from "./reply.ts";
import { checkedNamespace, countField, documentField, refuseUnknownFields } from "./request.ts";

export const explainCommands: Commands = {
	explain: {
		kind: "read",
		run(request, context) {
			refuseUnknownFields(request, ["verbosity"]);
			const explained = request.body.explain;
			if (!isPlain(explained)) throw failedToParse("explain takes a command");
			const [name = ""] = Object.keys(explained);
			const ns = checkedNamespace(request.database, String(explained[name]));
			const collection = context.catalog.get(ns);
			const query = queryOf(name, explained);
			const plan: Plan = collection ? planFor(collection, query) : { kind: "nothing" };
			const reply: Reply = {
				explainVersion: "1",
				queryPlanner: { namespace: ns, winningPlan: describe(plan), rejectedPlans: [] },
				command: explained,
			};
			if (request.body.verbosity === "queryPlanner") return reply;
			const operation = operationOf(request, context.allowance);
			let nReturned = 0;
			for (const _ of findDocuments(collection, query, operation)) nReturned++;
			const totalDocsExamined = operation.documentsExamined;
			return { ...reply, executionStats: { executionSuccess: true, nReturned, totalDocsExamined } };
		},
	},
};

function queryOf(name: string, command: Doc): Query {
	switch (name) {
		case "find":
			return {
				filter: documentField(command, "filter", name),
				sort: parseSort(command.sort),
				skip: countField(command, "skip", name),
				limit: countField(command, "limit", name),
				hint: command.hint,
			};
		case "count":
		case "distinct":
			return one(documentField(command, "query", name), command, 0);
		case "findAndModify":
			return one(documentField(command, "query", name), command, 1);
		case "update":
		case "delete": {
			const list = command[`${name}s`];
			const [statement] = Array.isArray(list) ? list : [];
			if (isPlain(statement)) return one(documentField(statement, "q", name), statement, statement.multi ? 0 : 1);
			throw failedToParse(`explain of ${name} takes one statement`);
		}
		case "aggregate": {
			const { query } = splitPrefix(Array.isArray(command.pipeline) ? command.pipeline : []);
			return { ...query, sort: parseSort(query.sort), hint: command.hint };
		}
		default:
			throw new StoreError("CommandNotFound", `Explain failed due to unknown command: ${name}`);
	}
}

const one = (filter: Doc, { sort, hint }: Doc, limit: number): Query => ({
	filter,
	sort: parseSort(sort),
	skip: 0,
	limit,
	hint,
});

function describe(plan: Plan): Doc {
	switch (plan.kind) {
		case "nothing":
			return { stage: "EOF" };
		case "id":
			return { stage: "IDHACK" };
		case "collection":
			return sorted(plan.sorted, { stage: "COLLSCAN", direction: plan.reverse ? "backward" : "forward" });
		case "union":
			return sorted(plan.sorted, {
				stage: "FETCH",
				inputStage: { stage: "OR", inputStages: plan.scans.map(indexScan) },
			});
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
	isUnique: index.unique,
	isSparse: index.sparse,
	isPartial: index.partialFilter !== undefined,
	direction: reverse ? "backward" : "forward",
	ranges: ranges.length,
});

const sorted = (isSorted: boolean, plan: Doc): Doc => (isSorted ? plan : { stage: "SORT", inputStage: plan });
