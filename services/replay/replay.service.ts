import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { every } from "../../mixins/every.ts";
import { type PageQuery, pageParams } from "../../mixins/paging.ts";
import type { FlowNode } from "../editor/flow-files.ts";
import { pushKinds } from "../erp/driver.ts";
import { orderStatuses } from "../order/order.ts";
import { scopeOf } from "../shop/scope.ts";
import { listCandidates } from "./candidates.ts";
import { type PushWish, pushDiffering } from "./push-differing.ts";
import { ReplayModel, ReplayRowModel } from "./replay.model.ts";
import {
	cancelReplay,
	failLost,
	failReplay,
	getReplay,
	listReplays,
	listRows,
	type NewReplay,
	planReplay,
	type Seer,
} from "./replay.ts";
import type { AskFlows } from "./revision.ts";
import { RigStopped } from "./rig/rig.ts";
import { type Job, runReplay } from "./run.ts";

const id = "string|min:3|max:60";
const orderIds = {
	type: "array",
	min: 1,
	max: 1_000,
	unique: true,
	items: "string|min:3|max:200",
	optional: true,
} as const;
const day = { type: "date", convert: true, optional: true } as const;
const tab = "string|min:1|max:200";
const revision = {
	type: "object",
	strict: true,
	props: {
		deployed: `${tab}|optional`,
		flows: {
			type: "array",
			min: 1,
			max: 2_000,
			optional: true,
			items: { type: "object", props: { id: tab, type: "string|min:1|max:200", z: `${tab}|optional` } },
		},
		mapping: {
			type: "object",
			strict: true,
			optional: true,
			props: {
				file: "string|max:120|optional",
				expression: "string|max:200000|optional",
				kind: { type: "enum", values: pushKinds.filter((kind) => kind !== "aftersale") },
				connectionId: "string|min:1|max:60",
			},
		},
	},
} as const;

/** The replays that this process runs. */
const running = new Map<string, Promise<void>>();

/**
 * replay: runs a revision of a flow or a mapping over stored orders beside another, with nothing going out, and reports
 * what would be different. Flows that are not deployed are code of who sends them: they run in a closed process (rig/).
 */
const ReplayService: ServiceSchema = {
	name: "replay",
	mixins: [
		audited({ start: ({ from, to }) => (from ? `${from} – ${to}` : "chosen orders") }),
		every(10_000, failLost),
		ownsModels(ReplayModel, ReplayRowModel),
	] as ServiceSchema[],
	actions: {
		/**
		 * Params: a NewReplay: orders placed in [from, to), or `orderIds`. Returns the Replay, which goes on; `get` tells.
		 * Throws INVALID, CONFLICT while another one runs, SERVICE_UNAVAILABLE while the editor is away whose flows are meant.
		 */
		start: {
			params: {
				$$strict: true,
				from: day,
				to: day,
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				status: { type: "enum", values: [...orderStatuses], optional: true },
				orderIds,
				candidate: revision,
				baseline: [
					{ ...revision, optional: true },
					{ type: "equal", value: "pushed", optional: true },
				],
			},
			async handler(this: Service, ctx: HubContext<NewReplay>) {
				const { actor, shops } = ctx.meta;
				const caller = { broker: this.broker, meta: { actor, shops } };
				const job = await planReplay(caller, ctx.params, actorOf(ctx), flowsBy(ctx));
				const work = runReplay(caller, job)
					.catch((err: Error) => endFailed(this, job, err))
					.finally(() => running.delete(job.id));
				running.set(job.id, work);
				return getReplay(job.id, null);
			},
		},
		/** What can be tried as it is: deployed tabs that take orders, mapping files and connections. A Candidates. */
		candidates: {
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => listCandidates(ctx, flowsBy(ctx)),
		},
		/** Newest first, without causes: {items: Replay[], nextCursor}. */
		list: {
			params: { $$strict: true, ...pageParams },
			handler: (ctx: HubContext<PageQuery>) => listReplays(ctx.params, seerOf(ctx)),
		},
		get: {
			params: { $$strict: true, id },
			handler: (ctx: HubContext<{ id: string }>) => getReplay(ctx.params.id, seerOf(ctx)),
		},
		/** The orders that differ: {items: ShownRow[], nextCursor}. */
		rows: {
			params: { $$strict: true, id, cause: "string|max:60|optional", ...pageParams },
			handler: (ctx: HubContext<PageQuery & { id: string; cause?: string }>) => listRows(ctx.params, seerOf(ctx)),
		},
		cancel: {
			params: { $$strict: true, id },
			handler: (ctx: HubContext<{ id: string }>) => cancelReplay(ctx.params.id, seerOf(ctx)),
		},
		/** Pushes only those: a Pushed, of at most 500 orders a call. See push-differing.ts. */
		push: {
			timeout: 90_000,
			params: { $$strict: true, id, cause: "string|max:60|optional", orderIds, after: "string|max:200|optional" },
			handler: async (ctx: HubContext<PushWish>) =>
				pushDiffering(ctx, await getReplay(ctx.params.id, seerOf(ctx)), flowsBy(ctx)),
		},
	},
	async stopped() {
		for (const id of running.keys()) await failReplay(id, "the hub was stopped: start it again");
		await Promise.all(running.values());
	},
};

/** A report holds orders of all shops that its starter may see: whom some are kept from sees his own reports only. */
const seerOf = (ctx: HubContext<unknown>): Seer => (scopeOf(ctx) === "*" ? null : actorOf(ctx));

const flowsBy =
	(ctx: HubContext<unknown>): AskFlows =>
	() =>
		ctx.call<FlowNode[]>("editor.flows");

async function endFailed({ logger }: Service, { id }: Job, err: Error): Promise<void> {
	if (err instanceof RigStopped) return; // its document says why
	logger.warn("replay failed", { id, reason: err.message });
	await failReplay(id, err.message.slice(0, 500));
}

export default ReplayService;
