import type { HttpAnswer, Listed, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { countIn, wholePage } from "../answer.ts";
import { type RawRecord, text } from "../record.ts";
import { ask } from "../steps.ts";
import { type Params, reads } from "./request.ts";

/** One of TOP's lists, by what sets it apart from the others. */
interface TopList {
	name: string;
	rules: PullRules;
	method: string;
	fields: string; // what a row is read from; the first is enough to count
	window(query: WindowQuery): Params; // times, and what narrows or widens the list
	/** It pages faster with `use_has_next=true`, and only without that it says how many there are. */
	useHasNext: boolean;
	rows(payload: RawRecord): RawRecord[];
	/** Throws PLATFORM_BAD_RECORD. */
	listed(row: RawRecord): Listed;
}

/** Counted by a page of one row, then read page by page, in the platform's own order: the newest change first. */
export function numberedList(list: TopList): NumberedList {
	const { name, rules, method, fields, useHasNext } = list;
	const paging = (page: number, pageSize: number, count: boolean): Params => ({
		page_no: String(page),
		page_size: String(pageSize),
		use_has_next: useHasNext ? String(!count) : "",
	});
	return {
		way: "numbered",
		name,
		rules,
		*count(query) {
			const params = { ...list.window(query), ...paging(1, 1, true), fields: fields.split(",")[0] ?? "" };
			return yield* ask(reads(method, params, (payload, answer) => countOf(list, payload, answer)));
		},
		*page(query, page) {
			const params = { ...list.window(query), ...paging(page, rules.pageSize, false), fields };
			return yield* ask(
				reads(method, params, (payload, answer) =>
					wholePage(method, answer, () => list.rows(payload).map((row) => list.listed(row))),
				),
			);
		},
	};
}

/** Where there is nothing, the number may be left out with the list. */
function countOf({ method, rows }: TopList, payload: RawRecord, answer: HttpAnswer): number {
	const isEmpty = text(payload, "total_results") === "" && wholePage(method, answer, () => rows(payload)).length === 0;
	return isEmpty ? 0 : countIn(method, answer, payload, "total_results");
}
