import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type Page, type PageQuery, pageByTime, pageParams } from "../../mixins/paging.ts";
import { reseals } from "../../mixins/reseal.ts";
import { AuditModel, type AuditRow } from "./audit.model.ts";
import { append, type ChainPage, checkChain, type Head, hasHead } from "./chain.ts";
import { ChainKeyModel, sealedChainKey } from "./chain-key.ts";
import { csvOf } from "./export.ts";

const word = "string|min:1|max:100|optional";
const ref = "string|min:1|max:300";
const day = { type: "date", convert: true, optional: true } as const;
const filters = { actor: word, what: word, ref: `${ref}|optional`, from: day, to: day } as const;
const seq = { type: "number", integer: true, min: 0, default: 0 } as const;
const mac = { type: "string", pattern: "^[A-Za-z0-9_-]{0,43}$", default: "" } as const;

/** audit: what people and programs did that must be answered for, written down before it is done. */
const AuditService: ServiceSchema = {
	name: "audit",
	mixins: [reseals(sealedChainKey), ownsModels(AuditModel, ChainKeyModel)] as ServiceSchema[],
	actions: {
		/** Writes one row; who and from where it takes from the call. Nothing of a person's data belongs in `ref`. */
		record: {
			visibility: "public", // by services, never by the gateway
			params: { $$strict: true, what: "string|min:1|max:100", ref, purpose: "string|max:200|optional" },
			async handler(ctx: HubContext<{ what: string; ref: string; purpose?: string }>): Promise<void> {
				const { what, ref: of, purpose = "" } = ctx.params;
				const ip = typeof ctx.meta.ip === "string" ? ctx.meta.ip : "";
				await append({ _id: randomUUID(), at: new Date(), actor: actorOf(ctx), what, ref: of, purpose, ip });
			},
		},
		/** Newest first: {items: AuditRow[], nextCursor}. `from` belongs to the range, `to` does not. */
		list: {
			params: { $$strict: true, ...filters, ...pageParams },
			handler: (ctx: HubContext<AuditQuery & PageQuery>) => listAudit(ctx.params, ctx.params, false),
		},
		/** The same rows as a CSV file, oldest first, all of them. That somebody took it is in the audit too. */
		export: {
			params: { $$strict: true, ...filters },
			async handler(ctx: HubContext<AuditQuery>): Promise<Readable> {
				const { from, to } = ctx.params;
				const stretch = [from, to].map((time) => time?.toISOString() ?? "").join(" – ");
				await ctx.call("audit.record", { what: "audit.export", ref: "audit", purpose: stretch });
				ctx.meta.$responseType = "text/csv; charset=utf-8";
				ctx.meta.$responseHeaders = { "Content-Disposition": 'attachment; filename="audit.csv"' };
				return csvOf((cursor) => listAudit(ctx.params, { limit: 200, cursor }, true));
			},
		},
		/**
		 * Checks the rows behind the one of `after` and `mac` (as `head` of the page before; the first ones without):
		 * a ChainPage. With `noted`, a head that somebody wrote down once, {…, noted: whether it is still there}.
		 */
		verify: {
			timeout: 30_000,
			params: {
				$$strict: true,
				after: seq,
				mac,
				noted: { type: "string", pattern: "^\\d{1,15}:[A-Za-z0-9_-]{43}$", optional: true },
			},
			handler: (ctx: HubContext<{ after: number; mac: string; noted?: string }>) => verify(ctx.params),
		},
	},
};

interface AuditQuery {
	actor?: string;
	what?: string;
	ref?: string;
	from?: Date;
	to?: Date;
}

function listAudit(
	{ actor, what, ref, from, to }: AuditQuery,
	{ limit, cursor }: PageQuery,
	oldestFirst: boolean,
): Promise<Page<AuditRow>> {
	const wanted = Object.entries({ actor, what, ref }).filter(([, value]) => value !== undefined);
	const conditions: object[] = wanted.map(([field, value]) => ({ [field]: value }));
	if (from) conditions.push({ at: { $gte: from } });
	if (to) conditions.push({ at: { $lt: to } });
	return pageByTime<AuditRow>(AuditModel, conditions, { limit, cursor }, { by: "at", oldestFirst });
}

async function verify({
	after,
	mac,
	noted,
}: {
	after: number;
	mac: string;
	noted?: string;
}): Promise<ChainPage & { noted?: boolean }> {
	const page = await checkChain({ seq: after, mac });
	return noted === undefined ? page : { ...page, noted: await hasHead(headOf(noted)) };
}

function headOf(text: string): Head {
	const [seq, mac = ""] = text.split(":");
	return { seq: Number(seq), mac };
}

export default AuditService;
