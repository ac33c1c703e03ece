import { late } from "../list-faults.ts";
import type { SellerCall } from "./call.ts";

export interface Page<T> {
	rows: T[];
	/** What is told of the whole: how many there are or, with `use_has_next`, whether there are more; never both. */
	count: { total_results: number } | { has_next: boolean };
	total: number;
	hasNext: boolean;
}

/** The page of a window that `page_no` and `page_size` ask for. `query` names the list for the fault that repeats pages. */
export function pageOf<T extends { modifiedMs: number }>(
	call: SellerCall,
	window: T[],
	query: string,
	sizes: { usual: number; most: number; lastPage?: number },
): Page<T> {
	const { args, repeated } = call;
	const size = args.int("page_size", sizes.usual, 1, sizes.most);
	const asked = args.int("page_no", 1, 1, sizes.lastPage ?? 100_000);
	const useHasNext = args.flag("use_has_next");
	const known = late(call, window);
	const pageNo = repeated.page(call, asked, `${query}:${size}:${useHasNext}`);
	const total = known.length;
	const hasNext = total > asked * size;
	return {
		rows: known.slice((pageNo - 1) * size, pageNo * size),
		count: useHasNext ? { has_next: hasNext } : { total_results: total },
		total,
		hasNext,
	};
}
