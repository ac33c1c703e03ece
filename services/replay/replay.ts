/** Replays as people start, see and stop them. */
import { randomUUID } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageById, pageByTime } from "../../mixins/paging.ts";
import type { ConnectionView } from "../connection/connection.ts";
import { traitsOf } from "./push-differing.ts";
import {
	type Replay,
	ReplayModel,
	type ReplayRow,
	ReplayRowModel,
	type RevisionName,
	type Selection,
} from "./replay.model.ts";
import {
	type AskFlows,
	type Baseline,
	type BaselineRef,
	type RevisionRef,
	readyRevision,
	usualBaseline,
} from "./revision.ts";
import type { Connections } from "./rig/plan.ts";
import type { Job } from "./run.ts";
import { type Caller, call, countOrders } from "./stored-orders.ts";

export interface NewReplay extends Selection {
	candidate: RevisionRef;
	baseline?: BaselineRef; // left out: what is deployed
}

/** A running replay tells of itself twice a second. One that said nothing for so long has lost its process. */
const lostAfterMs = 30_000;

const mostOrders = 200_000;

/** Of a baseline that is no revision. */
const nameOf = (label: "pushed" | "nothing"): RevisionName => ({
	label,
	hash: "",
	tabId: "",
	kind: "",
	connectionId: "",
});

/**
 * Writes the replay down as running. @throws INVALID for what is no revision or no selection, CONFLICT while another one
 * runs
 */
export async function planReplay(
	caller: Caller,
	{ candidate, baseline, ...selection }: NewReplay,
	by: string,
	deployed: AskFlows,
): Promise<Job> {
	const total = await countOrders(caller, selection);
	if (total > mostOrders) throw hubError("INVALID", `${total} orders are more than ${mostOrders}`, { field: "from" });
	const ready = await readyRevision(candidate, deployed);
	const beside = await baselineOf(candidate, baseline, deployed);
	const connections = connectionsOf(await call(caller, "connection.all", {}));
	await failLost();
	if (await ReplayModel.exists({ state: "RUNNING" })) throw hubError("CONFLICT", "another replay is running");
	const id = randomUUID();
	const at = new Date();
	const { orderIds, ...period } = selection;
	await ReplayModel.create({
		_id: id,
		state: "RUNNING",
		by,
		at,
		beatAt: at,
		selection: { ...period, orderIds: orderIds?.length ?? 0 },
		candidate: ready.name,
		baseline: typeof beside === "string" ? nameOf(beside) : beside.name,
		progress: { done: 0, total },
	});
	return { id, selection, candidate: ready, baseline: beside, connections };
}

async function baselineOf(
	candidate: RevisionRef,
	baseline: BaselineRef | undefined,
	deployed: AskFlows,
): Promise<Baseline> {
	if (baseline === "pushed") return baseline;
	return baseline ? readyRevision(baseline, deployed) : usualBaseline(candidate, deployed);
}

const connectionsOf = ({ items }: { items: ConnectionView[] }): Connections =>
	Object.fromEntries(items.map(({ _id, dialect, settings }) => [_id, { dialect, settings }]));

/** Who looks on: by whom a replay must have been started to be seen; null: by anybody. */
export type Seer = string | null;

const seenBy = (seer: Seer): object[] => (seer === null ? [] : [{ by: seer }]);

/** Newest first. @throws INVALID for a cursor that is none */
export const listReplays = (query: PageQuery, seer: Seer): Promise<Page<Replay>> =>
	pageByTime<Replay>(ReplayModel, seenBy(seer), query, { by: "at", projection: { causes: 0 } });

/** @throws NOT_FOUND, out of sight too */
export async function getReplay(id: string, seer: Seer): Promise<Replay> {
	const replay = await ReplayModel.findOne({ $and: [{ _id: id }, ...seenBy(seer)] }).lean<Replay>();
	if (!replay) throw hubError("NOT_FOUND", `replay ${id}`, { id });
	return replay;
}

/** A row as the report shows it: with the causes it has. */
export type ShownRow = Omit<ReplayRow, "traits"> & { causes: string[] };

/** The orders that differ, in the order of their ids. @throws NOT_FOUND, for a cause too */
export async function listRows(
	{ id, cause, ...page }: PageQuery & { id: string; cause?: string },
	seer: Seer,
): Promise<Page<ShownRow>> {
	const replay = await getReplay(id, seer);
	const filter = { replayId: id, ...(cause && { traits: { $in: traitsOf(replay, cause) } }) };
	const { items, nextCursor } = await pageById<ReplayRow>(ReplayRowModel, page, filter);
	const causesOf = (traits: readonly string[]): string[] =>
		replay.causes.filter((each) => each.traits.some((trait) => traits.includes(trait))).map(({ key }) => key);
	return { items: items.map(({ traits, ...row }) => ({ ...row, causes: causesOf(traits) })), nextCursor };
}

/** Ends a running one: it stops within a batch. @throws NOT_FOUND, CONFLICT when it has ended */
export async function cancelReplay(id: string, seer: Seer): Promise<Replay> {
	await getReplay(id, seer);
	const ended = await ReplayModel.updateOne(
		{ _id: id, state: "RUNNING" },
		{ $set: { state: "CANCELLED", endedAt: new Date() } },
	);
	const replay = await getReplay(id, seer);
	if (!ended.matchedCount) throw hubError("CONFLICT", `the replay is ${replay.state}`, { id });
	return replay;
}

export async function failReplay(id: string, reason: string): Promise<void> {
	await ReplayModel.updateOne(
		{ _id: id, state: "RUNNING" },
		{ $set: { state: "FAILED", reason, endedAt: new Date() } },
	);
}

/** Those whose process died under them. Nothing went out, so there is nothing to clear up: they are started anew. */
export async function failLost(): Promise<void> {
	await ReplayModel.updateMany(
		{ state: "RUNNING", beatAt: { $lt: new Date(Date.now() - lostAfterMs) } },
		{ $set: { state: "FAILED", reason: "the process that ran it ended: start it again", endedAt: new Date() } },
	);
}
