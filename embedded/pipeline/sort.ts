import { isPlain } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { parseSort, Sorter } from "../index/sort.ts";
import { MemoryBudget } from "./memory.ts";
import type { StageCompiler } from "./stage.ts";

export const sort: StageCompiler = (operand) => {
	if (!isPlain(operand)) throw new StoreError(15973, "the $sort key specification must be an object");
	if (Object.keys(operand).length === 0) throw new StoreError(15976, "$sort stage must have at least one sort key");
	const sorter = new Sorter(parseSort(operand));
	return function* (input) {
		const memory = new MemoryBudget("$sort");
		const docs = [];
		for (const doc of input) {
			memory.hold(doc);
			docs.push(doc);
		}
		yield* sorter.sort(docs, (doc) => doc);
	};
};
