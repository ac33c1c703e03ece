/** Makes the file of an export, page by page, into pieces in the store. */
import type { ServiceBroker } from "moleculer";
import { hubError, ruleOf } from "../../config/errors.ts";
import type { Page } from "../../mixins/paging.ts";
import { csvWriter } from "../../mixins/table/csv-line.ts";
import { workbookWriter } from "../../mixins/table/workbook.ts";
import { type Export, ExportChunkModel, ExportModel } from "./export.model.ts";
import { sources } from "./sources.ts";

/** Nobody else takes an export for so long after it last told of itself. */
export const leaseMs = 30_000;
const tellEveryMs = 1_000;
const chunkBytes = 512 * 1024;
export const mostRows = 100_000;
/** So often it is begun; then it is no accident that it does not end. */
const mostTurns = 5;

/** @throws what may be over when the next one takes the export */
export async function runExport(broker: ServiceBroker, job: Export, signal: AbortSignal): Promise<void> {
	try {
		if (job.turn > mostTurns) throw hubError("INVALID", `it was begun ${mostTurns} times and never ended`);
		await ExportChunkModel.deleteMany({ exportId: job._id });
		await writeAll(broker, job, signal);
	} catch (err) {
		const rule = ruleOf(err);
		if (!rule || "repeat" in rule) throw err;
		await end(job, { state: "FAILED", reason: (err as Error).message.slice(0, 500) });
		await ExportChunkModel.deleteMany({ exportId: job._id });
	}
}

async function writeAll(broker: ServiceBroker, job: Export, signal: AbortSignal): Promise<void> {
	const { what, columns, query, by, shops, format } = job;
	const language = job.language === "zh-CN" ? "zh" : "en";
	const { list, columns: known, rows: rowsOf } = sources[what];
	const writer = format === "csv" ? csvWriter() : workbookWriter();
	const pieces = new Pieces(job);
	await pieces.add(writer.write([columns.map((name) => known[name]?.[language] ?? name)]));
	let rows = 0;
	let toldAt = Date.now();
	for (let cursor: string | null | undefined; cursor !== null; ) {
		if (signal.aborted) return leave(job);
		const wish = { ...query, limit: 200, ...(cursor && { cursor }) };
		const page: Page<unknown> = await broker.call<Page<unknown>, object>(list, wish, { meta: { actor: by, shops } });
		const written = rowsOf(page.items, columns, language);
		rows += written.length;
		if (rows > mostRows) throw hubError("INVALID", `more than ${mostRows} rows: ask for a shorter time or fewer shops`);
		if (written.length) await pieces.add(writer.write(written));
		if (Date.now() - toldAt >= tellEveryMs) {
			if (!(await goesOn(job, rows))) return; // cancelled, or another process took it
			toldAt = Date.now();
		}
		cursor = page.nextCursor;
	}
	await pieces.add(writer.end());
	await pieces.end();
	await end(job, { state: "DONE", rows, bytes: pieces.bytes });
}

async function goesOn({ _id, turn }: Export, rows: number): Promise<boolean> {
	const nextAt = new Date(Date.now() + leaseMs);
	return (await ExportModel.updateOne({ _id, turn }, { $set: { rows, nextAt } })).matchedCount > 0;
}

/** To whoever looks next. */
async function leave({ _id, turn }: Export): Promise<void> {
	await ExportModel.updateOne({ _id, turn }, { $set: { nextAt: new Date() } });
}

async function end({ _id, turn }: Export, change: Partial<Export>): Promise<void> {
	await ExportModel.updateOne({ _id, turn }, { $set: { ...change, endedAt: new Date() }, $unset: { nextAt: 1 } });
}

/** Gathers bytes into documents of a size that stores like. */
class Pieces {
	readonly #job: Export;
	#waiting: Uint8Array[] = [];
	#size = 0;
	#no = 0;
	bytes = 0;

	constructor(job: Export) {
		this.#job = job;
	}

	async add(parts: readonly Uint8Array[]): Promise<void> {
		this.#waiting.push(...parts);
		this.#size += parts.reduce((sum, { length }) => sum + length, 0);
		if (this.#size >= chunkBytes) await this.end();
	}

	async end(): Promise<void> {
		if (!this.#size) return;
		const { _id: exportId, turn } = this.#job;
		const bytes = Buffer.concat(this.#waiting);
		const no = this.#no;
		await ExportChunkModel.create({ _id: `${exportId}:${turn}:${no}`, exportId, turn, no, bytes, at: new Date() });
		this.bytes += this.#size;
		this.#no += 1;
		this.#waiting = [];
		this.#size = 0;
	}
}
