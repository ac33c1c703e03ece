/** "Push only these": brings the orders that a replay found different to the ERP, by the flows that run now. */
import { hubError, ruleOf, typeOf } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import type { Order } from "../order/order.ts";
import { type Replay, type ReplayRow, ReplayRowModel } from "./replay.model.ts";
import { type AskFlows, isDeployed } from "./revision.ts";

export interface PushWish {
	id: string; // of the replay
	cause?: string; // its orders
	orderIds?: string[]; // or these
	after?: string; // where to go on, as the call before said
}

export interface PushOutcome {
	id: string; // of the order
	ok: boolean;
	type?: string; // of config/errors.ts
	detail?: string;
}

export interface Pushed {
	results: PushOutcome[];
	done: number;
	failed: number;
	after: string | null; // null: these were all
}

const most = 500;
const atOnce = 8;

/**
 * An order that the ERP has not got is offered to the flows again; of one that it has, the flow of changes is told. What
 * goes out is what the flows make now, once each, by the keys of the pushes: a repeat sends nothing twice.
 * @throws CONFLICT unless the candidate is what is deployed, and has run to its end; NOT_FOUND for an unknown cause
 */
export async function pushDiffering(ctx: HubContext<PushWish>, replay: Replay, deployed: AskFlows): Promise<Pushed> {
	const { cause } = ctx.params;
	if (replay.state !== "DONE") throw hubError("CONFLICT", `the replay is ${replay.state}`, { id: replay._id });
	if (!(await isDeployed(replay.candidate, deployed)))
		throw hubError("CONFLICT", `${replay.candidate.label} is not what is deployed: deploy it first`, {
			id: replay._id,
		});
	const ids = await differingOrders(replay, ctx.params);
	await ctx.call("audit.record", { what: "replay.push", ref: replay._id, purpose: cause ?? `${ids.length} orders` });
	const results: PushOutcome[] = [];
	const work = ids.entries();
	const worker = async (): Promise<void> => {
		for (const [at, id] of work) results[at] = await pushOne(ctx, id);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	const done = results.filter(({ ok }) => ok).length;
	return { results, done, failed: results.length - done, after: ids.length < most ? null : (ids.at(-1) ?? null) };
}

/** One page of them, in the order of their ids: what is not a difference of the replay is not pushed by it. */
async function differingOrders(replay: Replay, { cause, orderIds, after }: PushWish): Promise<string[]> {
	const conditions: object[] = [{ replayId: replay._id }];
	if (cause) conditions.push({ traits: { $in: traitsOf(replay, cause) } });
	if (orderIds) conditions.push({ orderId: { $in: orderIds } });
	if (after) conditions.push({ _id: { $gt: `${replay._id}:${after}` } });
	const rows = await ReplayRowModel.find({ $and: conditions }, { orderId: 1 })
		.sort({ _id: 1 })
		.limit(most)
		.lean<ReplayRow[]>();
	return rows.map(({ orderId }) => orderId);
}

/** @throws NOT_FOUND */
export function traitsOf({ causes, _id }: Replay, key: string): string[] {
	const cause = causes.find((each) => each.key === key);
	if (!cause) throw hubError("NOT_FOUND", `the replay has no cause ${key}`, { id: _id });
	return cause.traits;
}

async function pushOne(ctx: HubContext<unknown>, id: string): Promise<PushOutcome> {
	try {
		const { erp } = await ctx.call<Order, object>("order.get", { id });
		await ctx.call(erp.state === "OK" ? "order.retell" : "order.repush", { id });
		return { id, ok: true };
	} catch (err) {
		const type = typeOf(err);
		return { id, ok: false, type: type ?? "INTERNAL", ...(ruleOf(err) && { detail: (err as Error).message }) };
	}
}
