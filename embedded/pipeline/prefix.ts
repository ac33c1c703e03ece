/** The beginning of a pipeline that the planner can do better: matching, sorting and cutting by index. */
import { compareNumbers } from "../bson/number.ts";
import { isNumeric } from "../bson/types.ts";
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { LeadingQuery } from "./stage.ts";
import { readCountField, readLimit, readSkip } from "./streaming.ts";

export interface Prefix {
	query: LeadingQuery;
	/** The stages that remain to be run. */
	rest: Value[];
}

/** Takes `$match…`, `$sort`, `$skip`, `$limit` off the front, each at most once and in this order (`$match` repeats). */
export function splitPrefix(stages: readonly Value[]): Prefix {
	const rest = [...stages];
	const take = (name: string): Value => {
		const [stage] = rest;
		if (!isPlain(stage) || Object.keys(stage).length !== 1 || stage[name] === undefined) return undefined;
		rest.shift();
		return stage[name];
	};
	const filters: Doc[] = [];
	for (let filter = take("$match"); filter !== undefined; filter = take("$match")) {
		if (!isPlain(filter)) throw new StoreError(15959, "the match filter must be an expression in an object");
		filters.push(filter);
	}
	const [filter = {}] = filters;
	const sort = isUsableSort(rest[0]) ? take("$sort") : undefined;
	const skip = take("$skip");
	const limit = take("$limit");
	return {
		query: {
			filter: filters.length > 1 ? { $and: filters } : filter,
			sort: isPlain(sort) ? sort : undefined,
			skip: skip === undefined ? 0 : readSkip(skip),
			limit: limit === undefined ? 0 : readLimit(limit),
		},
		rest,
	};
}

/** What is wrong with other sorts, the stage itself says. */
const isUsableSort = (stage: Value): boolean =>
	isPlain(stage) && isPlain(stage.$sort) && Object.keys(stage.$sort).length > 0;

/**
 * Recognises a pipeline that only counts: `{$count: field}` and what the driver's countDocuments sends,
 * `{$group: {_id: constant, field: {$sum: 1}}}`. Gives the answer for a number of documents; undefined for other stages.
 */
export function countAnswer(stages: readonly Value[]): ((count: number) => Doc[]) | undefined {
	const [stage] = stages;
	if (stages.length !== 1 || !isPlain(stage)) return undefined;
	if (stage.$count !== undefined) {
		const field = readCountField(stage.$count);
		return (count) => (count === 0 ? [] : [{ [field]: count }]);
	}
	const spec = stage.$group;
	if (!isPlain(spec) || !isConstant(spec._id)) return undefined;
	const [field, another] = Object.keys(spec).filter((name) => name !== "_id");
	const sum = field === undefined ? undefined : spec[field];
	if (field === undefined || another !== undefined || !isSumOfOne(sum)) return undefined;
	const { _id } = spec;
	return (count) => (count === 0 ? [] : [{ _id, [field]: count }]);
}

const isConstant = (value: Value): boolean => value === null || isNumeric(value);

const isSumOfOne = (value: Value): boolean =>
	isPlain(value) && Object.keys(value).length === 1 && isNumeric(value.$sum) && compareNumbers(value.$sum, 1) === 0;
