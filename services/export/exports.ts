/** Exports as people ask for, see, stop and take them. */
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { hubError } from "../../config/errors.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { type Finding, fieldErrors } from "../../mixins/field-errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { type Export, ExportChunkModel, ExportModel, keptSec } from "./export.model.ts";
import { sources } from "./sources.ts";

export type NewExport = Pick<Export, "what" | "query" | "format" | "language"> & { columns?: string[] };

export interface ExportView extends Omit<Export, "shops" | "nextAt" | "turn"> {
	expiresAt: Date; // it is forgotten then
}

/** Whose exports the caller sees; null: everybody's. */
export type Seer = string | null;

const mostAtOnce = 3; // of one person
const hidden = { shops: 0, nextAt: 0, turn: 0 } as const;

/** @throws INVALID for a query that the list does not take; TOO_MANY_REQUESTS while the caller has three at work */
export async function startExport(ctx: HubContext<NewExport>): Promise<ExportView> {
	const { what, query, format, language } = ctx.params;
	const offered = Object.keys(sources[what].columns);
	const columns = ctx.params.columns ?? offered;
	const unknown = columns.filter((name) => !offered.includes(name));
	if (unknown.length) throw hubError("INVALID", `no such column: ${unknown.join(", ")}`, { field: "columns" });
	await checkQuery(ctx, sources[what].list, query);
	const by = actorOf(ctx);
	if ((await ExportModel.countDocuments({ by, state: "RUNNING" })) >= mostAtOnce) {
		throw hubError("TOO_MANY_REQUESTS", `${mostAtOnce} exports of yours are being made: wait for one, or cancel it`);
	}
	const at = new Date();
	const _id = randomUUID();
	const wish = { what, query, columns, format, language, by, shops: scopeOf(ctx) };
	await ExportModel.create({ _id, ...wish, state: "RUNNING", at, nextAt: at });
	return getExport(_id, null);
}

/** Asks the list for one, so that what is wrong is said now and not by a failed export. */
async function checkQuery(ctx: HubContext<unknown>, list: string, query: Export["query"]): Promise<void> {
	for (const field of ["limit", "cursor"]) {
		if (field in query) throw hubError("INVALID", "an export has no pages", { field: `query.${field}` });
	}
	try {
		await ctx.call(list, { ...query, limit: 1 });
	} catch (err) {
		if ((err as { type?: string }).type !== "VALIDATION_ERROR") throw err;
		const found = fieldErrors((err as { data?: Finding[] }).data ?? []);
		const errors = found.map((each) => ({ ...each, field: `query.${each.field}` }));
		throw hubError("INVALID", "the list does not take this query", { errors });
	}
}

export async function getExport(id: string, seer: Seer): Promise<ExportView> {
	const found = await ExportModel.findById(id, hidden).lean<ExportView>();
	if (!found || (seer !== null && found.by !== seer)) throw hubError("NOT_FOUND", "no such export", { id });
	return withEnd(found);
}

/** Newest first. */
export async function listExports(query: PageQuery, seer: Seer): Promise<Page<ExportView>> {
	const conditions = seer === null ? [] : [{ by: seer }];
	const page = await pageByTime<ExportView>(ExportModel, conditions, query, { by: "at", projection: hidden });
	return { ...page, items: page.items.map(withEnd) };
}

const withEnd = (found: ExportView): ExportView => ({
	...found,
	expiresAt: new Date(found.at.getTime() + keptSec * 1_000),
});

/** What is over stays as it is. */
export async function cancelExport(id: string, seer: Seer): Promise<ExportView> {
	await getExport(id, seer);
	const stopped = await ExportModel.updateOne(
		{ _id: id, state: "RUNNING" },
		{ $set: { state: "CANCELLED", endedAt: new Date() }, $unset: { nextAt: 1 }, $inc: { turn: 1 } },
	);
	if (stopped.matchedCount) await ExportChunkModel.deleteMany({ exportId: id });
	return getExport(id, seer);
}

/** The file, read piece by piece while it is sent. @throws CONFLICT while it is being made, or when it never was */
export async function openFile(
	id: string,
	seer: Seer,
): Promise<{ file: Readable; name: string; format: Export["format"] }> {
	const { state, what, format, at } = await getExport(id, seer);
	if (state !== "DONE") throw hubError("CONFLICT", `the export is ${state}`, { id });
	const name = `${what}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")}.${format}`;
	return { file: Readable.from(pieces(id), { objectMode: false }), name, format };
}

async function* pieces(exportId: string): AsyncGenerator<Buffer> {
	const { turn } = (await ExportModel.findById(exportId, { turn: 1 }).lean<{ turn: number }>()) ?? { turn: 0 };
	for (let no = 0; ; no += 1) {
		const piece = await ExportChunkModel.findById(`${exportId}:${turn}:${no}`).lean<{
			bytes: { buffer: Uint8Array };
		}>();
		if (!piece) return;
		yield Buffer.from(piece.bytes.buffer);
	}
}
