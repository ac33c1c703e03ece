import { hubError } from "../../../config/errors.ts";
import type { Listed, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { optionalInteger, type RawRecord } from "../record.ts";
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
			return yield* ask(reads(method, params, (payload) => countOf(list, payload)));
		},
		*page(query, page) {
			const params = { ...list.window(query), ...paging(page, rules.pageSize, false), fields };
			return yield* ask(reads(method, params, (payload) => readRows(list, payload)));
		},
	};
}

/** Where there is nothing, the number may be left out with the list. */
function countOf({ method, rows }: TopList, payload: RawRecord): number {
	const total = readable(method, () => optionalInteger(payload, "total_results") ?? (rows(payload).length ? -1 : 0));
	if (total < 0) throw badList(method, "total_results is not a number");
	return total;
}

const readRows = ({ method, rows, listed }: TopList, payload: RawRecord): Listed[] =>
	readable(method, () => rows(payload).map(listed));

/** A row without a number or a stamp names no record that could be put aside: the page as a whole is unreadable. */
function readable<T>(method: string, read: () => T): T {
	try {
		return read();
	} catch (err) {
		throw badList(method, (err as Error).message);
	}
}

const badList = (method: string, why: string): Error => hubError("PLATFORM_BAD_RESPONSE", `${method}: ${why}`);
