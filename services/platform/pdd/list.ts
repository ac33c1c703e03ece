import type { Listed, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { countIn, wholePage } from "../answer.ts";
import { epochSeconds } from "../json-text.ts";
import { type RawRecord, rows } from "../record.ts";
import { reads } from "./call.ts";

interface ListOptions {
	name: string;
	rules: PullRules;
	method: string;
	params(window: WindowQuery): Record<string, string>;
	field: string; // where the rows stand
	listed(row: RawRecord): Listed;
	/** Pages are cheaper for the platform where it need not count; it counts only when told to. */
	useHasNext: boolean;
}

/**
 * A list by page number, 1 for the first. No order of its rows is documented and none can be asked for: read from the
 * last page to the first, nothing is missed when a row leaves the window meanwhile.
 */
export function numberedList({ name, rules, method, params, field, listed, useHasNext }: ListOptions): NumberedList {
	const paging = (page: number, size: number, hasNext: boolean): Record<string, string> => ({
		page: String(page),
		page_size: String(size),
		...(useHasNext && { use_has_next: String(hasNext) }),
	});
	return {
		way: "numbered",
		name,
		rules,
		count: (window) =>
			reads({
				method,
				params: { ...params(window), ...paging(1, 1, false) },
				read: (payload, answer) => countIn(method, answer, payload, "total_count"),
			}),
		page: (window, page) =>
			reads({
				method,
				params: { ...params(window), ...paging(page, rules.pageSize, true) },
				read: (payload, answer) => wholePage(method, answer, () => rows(payload, field).map(listed)),
			}),
	};
}

/** Whole seconds; both ends belong to the window. */
export const updatedIn = ({ from, to }: WindowQuery): Record<string, string> => ({
	start_updated_at: String(epochSeconds(from)),
	end_updated_at: String(Math.max(epochSeconds(to), epochSeconds(from) + 1)),
});
