import type { Readable } from "node:stream";
import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { due, wake } from "../../mixins/due.ts";
import { type PageQuery, pageParams } from "../../mixins/paging.ts";
import { contentTypes } from "../../mixins/table/cell.ts";
import { scopeOf } from "../shop/scope.ts";
import { type Export, ExportChunkModel, ExportModel, formats, languages } from "./export.model.ts";
import { cancelExport, getExport, listExports, type NewExport, openFile, type Seer, startExport } from "./exports.ts";
import { leaseMs, runExport } from "./run.ts";
import { type ExportKind, exportKinds, sources } from "./sources.ts";

const id = "string|min:3|max:60";
const what = { type: "enum", values: exportKinds } as const;

type OnExport = HubContext<{ id: string }>;

/** What stops the exports of a service that stops. */
const stopping = new WeakMap<Service, AbortController>();

/**
 * export: lists as tables that people take away, made in the background, people's data masked as it is in the lists. A
 * file is for whoever asked for it and for administrators, for a day; who asks and who takes is in the audit.
 */
const ExportService: ServiceSchema = {
	name: "export",
	mixins: [
		audited({ start: ({ what: kind }) => kind, cancel: ({ id: ref }) => ref, file: ({ id: ref }) => ref }),
		due<Export>(ExportModel, {
			concurrency: 1,
			leaseMs,
			handle: (service, job) => runExport(service.broker, job, stopOf(service).signal),
		}),
		ownsModels(ExportModel, ExportChunkModel), // starts first and stops last
	] as ServiceSchema[],
	actions: {
		/** Params: a NewExport; all columns when none are named. Returns the ExportView, which goes on; `get` tells. */
		start: {
			params: {
				$$strict: true,
				what,
				query: { type: "object", default: {} },
				format: { type: "enum", values: [...formats], default: "xlsx" },
				columns: { type: "array", min: 1, max: 60, unique: true, items: "string|max:60", optional: true },
				language: { type: "enum", values: [...languages], default: "zh-CN" },
			},
			async handler(this: Service, ctx: HubContext<NewExport>) {
				const started = await startExport(ctx);
				wake(this);
				return started;
			},
		},
		/** Newest first: {items: ExportView[], nextCursor}. */
		list: {
			params: { $$strict: true, ...pageParams },
			handler: (ctx: HubContext<PageQuery>) => listExports(ctx.params, seerOf(ctx)),
		},
		/** What may be wished as `columns`, in the order of the table: {items: [{name, zh, en}]}. */
		columns: {
			params: { $$strict: true, what },
			handler: (ctx: HubContext<{ what: ExportKind }>) => ({
				items: Object.entries(sources[ctx.params.what].columns).map(([name, { zh, en }]) => ({ name, zh, en })),
			}),
		},
		get: {
			params: { $$strict: true, id },
			handler: (ctx: OnExport) => getExport(ctx.params.id, seerOf(ctx)),
		},
		cancel: {
			params: { $$strict: true, id },
			handler: (ctx: OnExport) => cancelExport(ctx.params.id, seerOf(ctx)),
		},
		file: {
			params: { $$strict: true, id },
			async handler(ctx: OnExport): Promise<Readable> {
				const { file, name, format } = await openFile(ctx.params.id, seerOf(ctx));
				ctx.meta.$responseType = contentTypes[format];
				ctx.meta.$responseHeaders = { "Content-Disposition": `attachment; filename="${name}"` };
				return file;
			},
		},
	},
	stopped(this: Service) {
		stopOf(this).abort();
	},
};

function stopOf(service: Service): AbortController {
	const known = stopping.get(service) ?? new AbortController();
	stopping.set(service, known);
	return known;
}

/** Administrators of all shops, and the hub itself, see everybody's. */
function seerOf(ctx: HubContext<unknown>): Seer {
	const roles = ctx.meta.roles as readonly string[] | undefined;
	const sees = scopeOf(ctx) === "*" && (roles?.includes("admin") ?? true);
	return sees ? null : actorOf(ctx);
}

export default ExportService;
