import type { HttpAnswer, Listed } from "../adapter.ts";
import { badAnswer, wholePage } from "../answer.ts";
import { type RawRecord, text, texts } from "../record.ts";

/** A page of a list that gives numbers only. The cursor belongs to the query it came from. */
export function readPage(
	method: string,
	answer: HttpAnswer,
	payload: RawRecord,
	{ ids, isLast }: { ids: string; isLast: boolean },
): { rows: Listed[]; next: string | null } {
	const rows = wholePage(method, answer, () => texts(payload, ids)).map((id): Listed => ({ id, modifiedAt: null }));
	if (isLast) return { rows, next: null };
	const next = text(payload, "next_key");
	if (next === "") throw badAnswer(method, answer, "more without a cursor");
	return { rows, next };
}
