import { invalid } from "./errors.ts";

/** Where a page begins: after the row of that time and number. Null: at the beginning. */
type Place = { ms: number; sequence: number } | null;

/** What a client sends back unread: where its page begins, and where the page before it began. */
interface Cursor {
	from: Place;
	before: Place;
}

interface Paging<T> {
	rows: readonly T[]; // of the whole window, in the list's order
	ms(row: T): number;
	ascending: boolean;
	size: number;
	cursor: string; // as sent: "" for the first page
	/** The cursor of the page that is answered, given the one asked for and the one before it. */
	choose(cursor: string, before: string): string;
}

/** The end of the list: what a client must not send back. */
const noMore = "nomore";

/**
 * One page by keyset: rows that change while a client reads leave no hole. Only a page that is not full ends the list,
 * so one that ends with a full page has an empty one behind it.
 */
export function cursorPage<T extends { sequence: number }>(paging: Paging<T>): { rows: T[]; cursor: string } {
	const { rows, ms, ascending, size } = paging;
	const asked = readCursor(paging.cursor);
	const chosen = paging.choose(paging.cursor, placeText(asked.before));
	const from = chosen === paging.cursor ? asked.from : asked.before;
	const isAfter = (row: T): boolean => {
		if (!from) return true;
		const distance = ms(row) - from.ms || row.sequence - from.sequence;
		return ascending ? distance > 0 : distance < 0;
	};
	const page = rows.filter(isAfter).slice(0, size);
	const last = page.at(-1);
	if (!last || page.length < size) return { rows: page, cursor: noMore };
	return { rows: page, cursor: cursorText({ from: { ms: ms(last), sequence: last.sequence }, before: from }) };
}

const cursorText = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64");
const placeText = (place: Place): string => (place ? `${place.ms}:${place.sequence}` : "");

function readCursor(text: string): Cursor {
	if (text === "") return { from: null, before: null };
	try {
		const cursor = JSON.parse(Buffer.from(text, "base64").toString()) as Cursor;
		if (cursor.from && cursor.from.sequence > 0) return cursor;
	} catch {
		// told below
	}
	throw invalid("cursor", text === noMore ? "已无更多数据" : "游标错误");
}
