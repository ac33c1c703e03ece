/** Counts the documents a filter matches, from the index alone where that is exact. */
import type { Doc, Value } from "../bson/values.ts";
import { compileFilter } from "../query/filter.ts";
import type { Collection } from "../storage/collection.ts";
import { countEntries } from "../storage/rows.ts";
import { everything, findDocuments, planFor } from "./find.ts";
import type { Operation } from "./operation.ts";

/** Index entries are counted far faster than documents are read. */
const ENTRIES_PER_DOCUMENT = 20;

export function countDocuments(
	collection: Collection | undefined,
	filter: Doc,
	operation: Operation,
	hint?: Value,
): number {
	const query = { ...everything(filter), hint };
	if (collection !== undefined && hint === undefined) {
		if (Object.keys(filter).length === 0) return collection.count();
		const plan = planFor(collection, query);
		if (plan.kind === "index" && plan.exact) {
			compileFilter(filter, operation); // refuses what is malformed even where no document is tested
			const most = operation.allowance * ENTRIES_PER_DOCUMENT;
			const entries = countEntries(collection, plan, most);
			if (entries >= most) operation.expect(Number.POSITIVE_INFINITY);
			return entries;
		}
	}
	let count = 0;
	for (const _ of findDocuments(collection, query, operation)) count++;
	return count;
}
