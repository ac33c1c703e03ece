import type { Service, ServiceSchema } from "moleculer";
import { env } from "../../config/env.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { due, wake } from "../../mixins/due.ts";
import { every } from "../../mixins/every.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { type PageQuery, pageByTime, pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { ArrivalsModel } from "./arrival.model.ts";
import { takeCallback } from "./callback.ts";
import { type ErpReply, type PushKind, pushKinds } from "./driver.ts";
import { pushFigures } from "./figures.ts";
import { type Draft, judge } from "./judge.ts";
import type { Hub } from "./look.ts";
import { type Push, PushModel, pushStates } from "./push.model.ts";
import { type PushRequest, pushDocument } from "./push.ts";
import { listPushes, type PushQuery, pushedDocuments, retryPush, skipPush, verifyPush, viewPush } from "./push-desk.ts";
import { summarisePushes } from "./push-summary.ts";
import { ParcelCursorModel, type StrayParcel, StrayParcelModel } from "./read-back.model.ts";
import { readParcelsBack } from "./read-back.ts";
import { resume } from "./recovery.ts";
import { countUndone, outcomesByHour } from "./report.ts";
import { leaseMs } from "./timing.ts";
import { TurnModel } from "./turn.ts";

type ById = HubContext<{ id: string }>;

interface CallbackParams {
	connectionId: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	body: string;
}

const id = "string|min:3|max:280";
const connectionId = "string|min:1|max:60";
const orderId = "string|min:3|max:200";
const day = { type: "date", convert: true, optional: true };

/** erp: brings documents into ERPs, each once, and knows which are there. */
const ErpService: ServiceSchema = {
	name: "erp",
	mixins: [
		outbox(PushModel),
		due<Push>(PushModel, { concurrency: 16, leaseMs, handle: resumeAndTell }),
		every(env.readBackSec * 1_000, readBackAndTell),
		ownsModels(PushModel, ParcelCursorModel, StrayParcelModel, ArrivalsModel, TurnModel), // starts first and stops last
	],
	actions: {
		/**
		 * Params: a PushRequest; `document` is what the mapping made. Returns a PushResult. IN_DOUBT is settled by this
		 * service itself; OK comes without sending where the ERP has the document already.
		 */
		push: {
			visibility: "public",
			timeout: 30_000, // the ERP alone may take 10 s
			params: {
				$$strict: true,
				connectionId,
				kind: { type: "enum", values: [...pushKinds] },
				orderId,
				aftersaleId: `${orderId}|optional`,
				revision: "number|integer|min:1|optional",
				document: "object",
				fence: "number|integer|min:0|optional",
			},
			async handler(this: Service, ctx: HubContext<PushRequest>) {
				const started = Date.now();
				const result = await pushDocument(ctx, ctx.params, { by: actorOf(ctx), traceId: ctx.requestID ?? "" });
				nudge(this);
				const { pushId, state } = result;
				this.logger.info("pushed", { pushId, orderId: ctx.params.orderId, state, ms: Date.now() - started });
				return result;
			},
		},
		/** What the ERP would say of a document, a Judgement. Nothing is sent. Params: a Draft. */
		check: {
			visibility: "public",
			params: {
				$$strict: true,
				dialect: "string|min:1|max:60",
				kind: { type: "enum", values: [...pushKinds] },
				settings: { type: "record", key: "string", value: "string" },
				document: "object",
			},
			handler: (ctx: HubContext<Draft>) => judge(ctx.params),
		},
		/**
		 * A call of an ERP to the hub, in its own format, `body` in base64. Returns the ErpReply, a refusal too. Throws
		 * NOT_FOUND for an ERP that does not call, CONNECTION_MISSING, CONFLICT for a connection that is switched off.
		 */
		callback: {
			visibility: "public", // by the gateway's own page, without a token: the signature is the proof
			timeout: 30_000,
			params: { $$strict: true, connectionId, query: "object", headers: "object", body: "string" },
			async handler(this: Service, ctx: HubContext<CallbackParams>): Promise<ErpReply> {
				const { connectionId, query, headers, body } = ctx.params;
				const hub: Hub = {
					call: (action, params) => ctx.call(action, params, { meta: { actor: `erp:${connectionId}` } }),
				};
				const call = { query, headers, body: Buffer.from(body, "base64") };
				const { reply, refused, strays } = await takeCallback(hub, connectionId, call);
				const bytes = call.body.length;
				if (refused) this.logger.warn("callback refused", { connectionId, refused, bytes });
				else this.logger.info("callback taken", { connectionId, strays: strays.length, bytes });
				return reply;
			},
		},
		/** Figure[]: documents that ERPs do not have yet. */
		figures: { visibility: "public", params: { $$strict: true }, handler: () => pushFigures() },
		/** HourOutcomes[] of what was first pushed in [from, to). */
		outcomesByHour: {
			visibility: "public", // by the report service, which keeps it for a while
			timeout: 30_000,
			params: { $$strict: true, from: { type: "date", convert: true }, to: { type: "date", convert: true } },
			handler: (ctx: HubContext<{ from: Date; to: Date }>) => outcomesByHour(ctx.params, scopeOf(ctx)),
		},
		/** How many pushes wait for a person or an answer, by state. */
		undone: {
			visibility: "public",
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => countUndone(scopeOf(ctx)),
		},
		/** Newest first: {items: PushRow[], nextCursor}. */
		list: {
			params: {
				$$strict: true,
				state: { type: "enum", values: [...pushStates], optional: true },
				connectionId: `${connectionId}|optional`,
				kind: { type: "enum", values: [...pushKinds], optional: true },
				shopId: "string|max:100|optional",
				orderId: `${orderId}|optional`,
				q: "string|max:20000|optional",
				from: day,
				to: day,
				...pageParams,
			},
			handler: (ctx: HubContext<PushQuery>) => listPushes(ctx.params, scopeOf(ctx)),
		},
		/** Counts for the dashboard, of all connections and of each: a PushSummary. */
		summary: {
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => summarisePushes(ctx, scopeOf(ctx)),
		},
		/** What ERPs have of these orders: PushedDocument[]. */
		documents: {
			visibility: "public", // for replays
			params: {
				$$strict: true,
				orderIds: { type: "array", max: 1_000, items: orderId },
				kinds: { type: "array", items: { type: "enum", values: [...pushKinds] } },
			},
			handler: (ctx: HubContext<{ orderIds: string[]; kinds: PushKind[] }>) =>
				pushedDocuments(ctx.params.orderIds, ctx.params.kinds),
		},
		/** With its document and the last attempts: a PushView. */
		get: {
			params: { $$strict: true, id },
			handler: (ctx: ById) => viewPush(ctx.params.id, scopeOf(ctx)),
		},
		/** Parcels that ERPs told of and no order could take, newest first: {items: StrayParcel[], nextCursor}. */
		strayParcels: {
			params: { $$strict: true, connectionId: `${connectionId}|optional`, ...pageParams },
			handler(ctx: HubContext<{ connectionId?: string } & PageQuery>) {
				const { connectionId, ...page } = ctx.params;
				// They belong to no shop: they are for those who may see all of them.
				const conditions = scopeOf(ctx) === "*" ? (connectionId ? [{ connectionId }] : []) : [{ _id: "" }];
				return pageByTime<StrayParcel>(StrayParcelModel, conditions, page, { by: "createdAt" });
			},
		},
		retry: {
			params: { $$strict: true, id },
			async handler(this: Service, ctx: ById) {
				await viewPush(ctx.params.id, scopeOf(ctx));
				await retryPush(ctx.params.id, actorOf(ctx));
				wake(this);
				return viewPush(ctx.params.id, scopeOf(ctx));
			},
		},
		/** Returns {found: Found, push: PushView}. */
		verify: {
			timeout: 30_000,
			params: { $$strict: true, id },
			async handler(this: Service, ctx: ById) {
				await viewPush(ctx.params.id, scopeOf(ctx));
				const found = await verifyPush(ctx, ctx.params.id);
				nudge(this);
				return { found, push: await viewPush(ctx.params.id, scopeOf(ctx)) };
			},
		},
		/** Given up by a person, who may say why. */
		skip: {
			params: { $$strict: true, id, why: { type: "string", max: 200, trim: true, default: "" } },
			async handler(this: Service, ctx: HubContext<{ id: string; why: string }>) {
				await viewPush(ctx.params.id, scopeOf(ctx));
				await skipPush(ctx.params.id, actorOf(ctx), ctx.params.why);
				nudge(this);
				return viewPush(ctx.params.id, scopeOf(ctx));
			},
		},
	},
};

async function readBackAndTell({ broker, logger }: Service): Promise<void> {
	const { taken, failed } = await readParcelsBack({
		call: (action, params) => broker.call(action, params, { meta: { actor: "erp:read-back" } }),
	});
	for (const [connectionId, reason] of Object.entries(failed))
		logger.warn("parcels not read", { connectionId, reason });
	if (taken) logger.info("parcels read", { taken });
}

async function resumeAndTell(service: Service, push: Push): Promise<void> {
	const { _id: pushId, state: found } = push;
	await resume(service.broker, push);
	service.logger.info("push taken up", { pushId, found });
	nudge(service);
}

export default ErpService;
