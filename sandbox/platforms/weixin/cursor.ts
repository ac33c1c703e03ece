import type { SellerCall } from "./call.ts";
import { badArgument, type WxError } from "./errors.ts";

/** Where a row stands in its list. */
export interface Place {
	ms: number;
	sequence: number;
}

interface Key {
	query: string;
	after: Place | null; // the page begins behind it; null: at the start
	before: Place | null; // where the page before began
}

interface Listing<T> {
	rows: readonly T[]; // the whole window, in the list's order
	place(row: T): Place;
	size: number;
	query: string; // all that the caller asked for but the cursor
	mismatch: WxError; // for a cursor of another query
}

/**
 * One page behind the cursor the caller gives as `next_key`. A cursor remembers the last row's place, so rows that leave the
 * window or move to its end while it is read make nobody miss another.
 */
export function page<T>(
	call: SellerCall,
	{ rows, place, size, query, mismatch }: Listing<T>,
): { rows: T[]; next: string; more: boolean } {
	const { body, repeated } = call;
	const asked = body.text("next_key");
	const key = asked === "" ? { query, after: null, before: null } : opened(asked);
	if (key.query !== query) throw mismatch;
	const previous = key.before ? sealed({ query, after: key.before, before: null }) : "";
	const isRepeated = repeated.cursor(call, asked, previous, query) !== asked;
	const start = isRepeated ? key.before : key.after;
	const behind = rows.filter((row) => start === null || isBehind(place(row), start));
	const shown = behind.slice(0, size);
	const last = shown.at(-1);
	const next = last ? sealed({ query, after: place(last), before: start }) : asked;
	return { rows: shown, next, more: behind.length > shown.length };
}

const isBehind = (row: Place, start: Place): boolean =>
	row.ms > start.ms || (row.ms === start.ms && row.sequence > start.sequence);

const sealed = (key: Key): string => Buffer.from(JSON.stringify(key)).toString("base64url");

function opened(text: string): Key {
	try {
		const key = JSON.parse(Buffer.from(text, "base64url").toString()) as Key | null;
		if (key) return key;
	} catch {
		// told below
	}
	throw badArgument("next_key");
}
