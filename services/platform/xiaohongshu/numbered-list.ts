import type { Listed, NumberedList, PullRules, WindowQuery } from "../adapter.ts";
import { countIn, wholePage } from "../answer.ts";
import { epochMs, type RawRecord, requiredText, rows } from "../record.ts";
import { payloadOf } from "./answer.ts";
import { reads } from "./call.ts";

/** One of the platform's lists by the time of a change, by what sets it apart from the other. */
interface ChangedList {
	rules: PullRules;
	method: string;
	window(query: WindowQuery): RawRecord;
	total: string; // the field that counts
	rows: string; // the field with the rows, each with
	id: string;
	time: string; // in milliseconds
}

/** A list by page number, 1 for the first. */
export function numberedList({ rules, method, window, total, ...fields }: ChangedList): NumberedList {
	const listed = (row: RawRecord): Listed => ({
		id: requiredText(row, fields.id),
		modifiedAt: epochMs(row, fields.time),
	});
	return {
		name: "changed",
		way: "numbered",
		rules,
		count: (query) =>
			reads(method, { ...window(query), pageNo: 1, pageSize: 1 }, (answer) =>
				countIn(method, answer, payloadOf(method, answer, total), total),
			),
		page: (query, pageNo) =>
			reads(method, { ...window(query), pageNo, pageSize: rules.pageSize }, (answer) =>
				wholePage(method, answer, () => rows(payloadOf(method, answer, total), fields.rows).map(listed)),
			),
	};
}
