import { hubError } from "../../../config/errors.ts";
import type { Listed, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { optionalInteger, type RawRecord, rows } from "../record.ts";
import { reads } from "./call.ts";
import { epochSeconds } from "./request.ts";

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
	// A row without a number or a stamp names no record that could be put aside: the page as a whole is unreadable.
	const whole = <T>(read: () => T): T => {
		try {
			return read();
		} catch (err) {
			throw hubError("PLATFORM_BAD_RESPONSE", `${method}: ${(err as Error).message}`);
		}
	};
	return {
		way: "numbered",
		name,
		rules,
		count: (window) =>
			reads({
				method,
				params: { ...params(window), ...paging(1, 1, false) },
				read: (payload) => whole(() => counted(optionalInteger(payload, "total_count"))),
			}),
		page: (window, page) =>
			reads({
				method,
				params: { ...params(window), ...paging(page, rules.pageSize, true) },
				read: (payload) => whole(() => rows(payload, field).map(listed)),
			}),
	};
}

function counted(total: number | null): number {
	if (total === null || total < 0) throw new RangeError("total_count is no count");
	return total;
}

/** Whole seconds; both ends belong to the window. */
export const updatedIn = ({ from, to }: WindowQuery): Record<string, string> => ({
	start_updated_at: String(epochSeconds(from)),
	end_updated_at: String(Math.max(epochSeconds(to), epochSeconds(from) + 1)),
});
