import { createHash } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import type { Listed, WindowQuery } from "../platform/adapter.ts";
import type { Count } from "../platform/platform-service.ts";

/** Where lists come from. */
export interface ListSource {
	count(window: WindowQuery): Promise<Count>;
	list(window: WindowQuery, page: number): Promise<Listed[]>;
}

export interface Listing {
	rows: Listed[]; // each record once, with its newest stamp, the oldest first
	total: number;
	pages: number;
	rechecks: number;
	hash: string;
	at: Date; // the platform's clock before the first page
}

const maxPasses = 4;

/**
 * Everything that changed in the window. Read from the last page back to the first: a record that changes meanwhile
 * leaves its place for page 1, and those behind it move up, towards pages still to be read. What the platform lists
 * late pushes others down, onto pages read already; so the records are counted again and, unless the count is the
 * same and was reached, listed again.
 * @throws PLATFORM_BAD_RESPONSE when the platform keeps listing fewer records than it counts
 */
export async function listWindow(source: ListSource, window: WindowQuery, pageSize: number): Promise<Listing> {
	const seen = new Map<string, Listed>();
	let { total, at } = await source.count(window);
	let pages = 0;
	for (let pass = 1; ; pass += 1) {
		pages = Math.ceil(total / pageSize);
		for (let page = pages; page >= 1; page -= 1) {
			for (const row of await source.list(window, page)) keepNewest(seen, row);
		}
		const after = total === 0 ? total : (await source.count(window)).total;
		const still = after === total && seen.size >= total;
		// A busy shop never holds still. Records that only left are in a later window, so reaching the count will do.
		if (still || (pass >= maxPasses && seen.size >= after)) {
			const rows = [...seen.values()].sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
			return { rows, total: after, pages, rechecks: pass - 1, hash: hashOf(rows), at };
		}
		if (pass >= maxPasses) {
			const facts = { total: after, listed: seen.size };
			throw hubError("PLATFORM_BAD_RESPONSE", `it counts ${after} records and lists ${seen.size}`, facts);
		}
		total = after;
	}
}

function keepNewest(seen: Map<string, Listed>, row: Listed): void {
	const known = seen.get(row.id);
	if (!known || known.modifiedAt < row.modifiedAt) seen.set(row.id, row);
}

function hashOf(rows: readonly Listed[]): string {
	const lines = rows.map(({ id, modifiedAt }) => `${id}@${modifiedAt.getTime()}`).sort();
	return createHash("sha256").update(lines.join("\n")).digest("base64url");
}
