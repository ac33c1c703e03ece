/** One call about many things: each has its own outcome, and what stands against one stops no other. */
import { hubError, ruleOf, typeOf } from "../config/errors.ts";
import { outageOf } from "../config/outage.ts";

/** What a person may be told of an error; of one that nobody foresaw only that there was one. */
export interface RowFailure {
	ok: false;
	type: string; // of config/errors.ts
	detail?: string;
}

export interface RowResults<Row> {
	results: Row[]; // in the order they were asked for
	done: number;
	failed: number;
}

export function rowFailure(thrown: unknown): RowFailure {
	const type = typeOf(thrown) ?? outageOf(thrown);
	if (!type) return { ok: false, type: "INTERNAL" };
	const words = ruleOf(thrown) ? (thrown as Error).message : undefined;
	return { ok: false, type, ...(words && { detail: words }) };
}

/** Rows not begun by then are not begun: platforms let only so many calls through, and the caller waits. */
const beginWithinMs = 60_000;

/**
 * Does something to each row, so many `atOnce`. `unforeseen` hears of errors that nobody foresaw.
 * @returns for each row what it is known by, and what `act` said of it or why it failed
 */
export async function eachRow<Row, Known extends object, Done extends object>(
	rows: readonly Row[],
	{
		atOnce,
		known,
		unforeseen,
	}: { atOnce: number; known: (row: Row) => Known; unforeseen: (row: Row, err: Error) => void },
	act: (row: Row, at: number) => Promise<Done>,
): Promise<RowResults<Known & (({ ok: true } & Done) | RowFailure)>> {
	const results: (Known & (({ ok: true } & Done) | RowFailure))[] = [];
	const untilMs = Date.now() + beginWithinMs;
	const begin = async (row: Row, at: number): Promise<Done> => {
		if (Date.now() > untilMs) throw hubError("TOO_MANY_REQUESTS", "not begun in time: send it again");
		return act(row, at);
	};
	const work = rows.entries();
	const worker = async (): Promise<void> => {
		for (const [at, row] of work) {
			try {
				results[at] = { ...known(row), ok: true as const, ...(await begin(row, at)) };
			} catch (err) {
				const failed = rowFailure(err);
				if (failed.type === "INTERNAL") unforeseen(row, err as Error);
				results[at] = { ...known(row), ...failed };
			}
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	const done = results.filter(({ ok }) => ok).length;
	return { results, done, failed: results.length - done };
}
