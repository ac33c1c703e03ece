import { createHash } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import type { WindowQuery } from "../platform/adapter.ts";
import type { Count, PulledRow } from "../platform/document-actions.ts";
import type { ListSource } from "./source.ts";

export interface Listing {
	rows: PulledRow[]; // each record once, with its newest stamp, the oldest first
	total: number;
	pages: number;
	rechecks: number;
	hash: string;
	at: Date; // the platform's clock before the first page
}

const maxPasses = 4;
/** So often may a platform send a page for a second time before its cursor is taken to go in circles. */
const maxRepeats = 10;

/**
 * Everything that changed in the window. `counted`: its count, where that was asked for already.
 * @throws PLATFORM_BAD_RESPONSE when the platform keeps contradicting itself
 */
export function listWindow(
	source: ListSource,
	window: WindowQuery,
	pageSize: number,
	counted: Count | null = null,
): Promise<Listing> {
	return source.way === "numbered" ? listByNumber(source, window, pageSize, counted) : listByCursor(source, window);
}

/**
 * Read from the last page back to the first: a record that changes meanwhile leaves its place, and those behind it move
 * up, towards pages still to be read. What the platform lists late pushes others down, onto pages read already; so the
 * records are counted again and, unless the count is the same and was reached, listed again.
 */
async function listByNumber(
	source: ListSource,
	window: WindowQuery,
	pageSize: number,
	counted: Count | null,
): Promise<Listing> {
	const seen = new Map<string, PulledRow>();
	let { total, at } = counted ?? (await source.count(window));
	let pages = 0;
	for (let pass = 1; ; pass += 1) {
		pages = Math.ceil(total / pageSize);
		for (let page = pages; page >= 1; page -= 1) keepNewest(seen, (await source.page(window, { page })).rows);
		const after = total === 0 ? total : (await source.count(window)).total;
		const still = after === total && seen.size >= total;
		// A busy shop never holds still. Records that only left are in a later window, so reaching the count will do.
		if (still || (pass >= maxPasses && seen.size >= after))
			return listing(seen, { total: after, pages, rechecks: pass - 1, at });
		if (pass >= maxPasses) {
			const facts = { total: after, listed: seen.size };
			throw hubError("PLATFORM_BAD_RESPONSE", `it counts ${after} records and lists ${seen.size}`, facts);
		}
		total = after;
	}
}

/** The platform's cursor holds the place while records change; a page that comes twice leads on to the right one. */
async function listByCursor(source: ListSource, window: WindowQuery): Promise<Listing> {
	const seen = new Map<string, PulledRow>();
	const asked = new Set<string>();
	let at: Date | undefined;
	let cursor = "";
	let pages = 0;
	let repeats = 0;
	for (;;) {
		const page = await source.page(window, { cursor });
		at ??= page.at;
		pages += 1;
		keepNewest(seen, page.rows);
		if (page.next === null) return listing(seen, { total: seen.size, pages, rechecks: repeats, at });
		asked.add(cursor);
		if (asked.has(page.next)) repeats += 1;
		if (repeats > maxRepeats) throw hubError("PLATFORM_BAD_RESPONSE", "its cursor goes in circles", { pages });
		cursor = page.next;
	}
}

function listing(seen: Map<string, PulledRow>, facts: Omit<Listing, "rows" | "hash">): Listing {
	const rows = [...seen.values()].sort((a, b) => timeOf(a) - timeOf(b));
	return { rows, hash: hashOf(rows), ...facts };
}

function keepNewest(seen: Map<string, PulledRow>, rows: readonly PulledRow[]): void {
	for (const row of rows) {
		const known = seen.get(row.id);
		if (!known || timeOf(known) <= timeOf(row)) seen.set(row.id, row);
	}
}

const timeOf = ({ modifiedAt }: PulledRow): number => modifiedAt?.getTime() ?? 0;

function hashOf(rows: readonly PulledRow[]): string {
	const lines = rows.map((row) => `${row.id}@${timeOf(row)}`).sort();
	return createHash("sha256").update(lines.join("\n")).digest("base64url");
}
