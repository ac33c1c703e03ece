import { randomUUID } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type Page, type PageQuery, pageByTime, pageParams } from "../../mixins/paging.ts";
import { AuditModel, type AuditRow } from "./audit.model.ts";

const word = "string|min:1|max:100|optional";
const ref = "string|min:1|max:300";
const day = { type: "date", convert: true, optional: true } as const;

/** audit: what people and programs did that must be answered for, written down before it is done. */
const AuditService: ServiceSchema = {
	name: "audit",
	mixins: [ownsModels(AuditModel)],
	actions: {
		/** Writes one row; who and from where it takes from the call. Nothing of a person's data belongs in `ref`. */
		record: {
			visibility: "public", // by services, never by the gateway
			params: { $$strict: true, what: "string|min:1|max:100", ref, purpose: "string|max:200|optional" },
			async handler(ctx: HubContext<{ what: string; ref: string; purpose?: string }>): Promise<void> {
				const { what, ref: of, purpose = "" } = ctx.params;
				const ip = typeof ctx.meta.ip === "string" ? ctx.meta.ip : "";
				await AuditModel.create({ _id: randomUUID(), at: new Date(), actor: actorOf(ctx), what, ref: of, purpose, ip });
			},
		},
		/** Newest first: {items: AuditRow[], nextCursor}. `from` belongs to the range, `to` does not. */
		list: {
			params: {
				$$strict: true,
				actor: word,
				what: word,
				ref: `${ref}|optional`,
				from: day,
				to: day,
				...pageParams,
			},
			handler: (ctx: HubContext<AuditQuery>) => listAudit(ctx.params),
		},
	},
};

interface AuditQuery extends PageQuery {
	actor?: string;
	what?: string;
	ref?: string;
	from?: Date;
	to?: Date;
}

function listAudit({ limit, cursor, from, to, ...wanted }: AuditQuery): Promise<Page<AuditRow>> {
	const conditions: object[] = Object.entries(wanted).map(([field, value]) => ({ [field]: value }));
	if (from) conditions.push({ at: { $gte: from } });
	if (to) conditions.push({ at: { $lt: to } });
	return pageByTime<AuditRow>(AuditModel, conditions, { limit, cursor }, { by: "at" });
}

export default AuditService;
