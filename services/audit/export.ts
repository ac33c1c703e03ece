/** The audit as a table, oldest first and however long: read page by page while it is sent. */
import { Readable } from "node:stream";
import type { Page } from "../../mixins/paging.ts";
import { csvLine, csvMark } from "../../mixins/table/csv-line.ts";
import type { AuditRow } from "./audit.model.ts";

const columns = ["seq", "at", "actor", "what", "ref", "purpose", "ip"] as const;

/** `pageAfter` reads the page behind a cursor. */
export function csvOf(pageAfter: (cursor: string | undefined) => Promise<Page<AuditRow>>): Readable {
	return Readable.from(pages(pageAfter), { objectMode: false });
}

async function* pages(pageAfter: (cursor: string | undefined) => Promise<Page<AuditRow>>): AsyncGenerator<string> {
	yield csvMark + csvLine(columns);
	for (let cursor: string | null | undefined; cursor !== null; ) {
		const { items, nextCursor }: Page<AuditRow> = await pageAfter(cursor);
		yield items.map(line).join("");
		cursor = nextCursor;
	}
}

const line = ({ seq, at, actor, what, ref, purpose, ip }: AuditRow): string =>
	csvLine([String(seq ?? ""), at.toISOString(), actor, what, ref, purpose, ip]);
