/** Runs two revisions over the same stored orders and writes down in what they differ. */
import { Causes } from "./causes.ts";
import { differencesBetween, mostDifferences } from "./differences.ts";
import { toldOf } from "./pushed.ts";
import { type Replay, ReplayModel, type ReplayRow, ReplayRowModel, type Selection } from "./replay.model.ts";
import type { Baseline, ReadyRevision } from "./revision.ts";
import type { Connections, Made, Network, Plan, StoredOrder } from "./rig/plan.ts";
import { Rig, RigStopped } from "./rig/rig.ts";
import { type Caller, ordersOf } from "./stored-orders.ts";

export interface Job {
	id: string;
	selection: Selection;
	candidate: ReadyRevision;
	baseline: Baseline;
	connections: Connections;
}

const limits = { limitMs: 5_000, functionSec: 1 } satisfies Partial<Plan>;

/** Orders in the flows at once. */
const batchSize = 100;
const tellEveryMs = 500;
const beatMs = 3_000;

type Counts = Pick<Replay, "same" | "different" | "rejected" | "failed" | "leftOut">;

/**
 * From beginning to end; the replay's document tells how far it is and, at last, what it found.
 * @throws RigStopped when somebody ended it, and what breaks it as a whole
 */
export async function runReplay(caller: Caller, job: Job): Promise<void> {
	const plan = { connections: job.connections, ...limits };
	const candidate = new Rig({ ...plan, revision: job.candidate.revision });
	const baseline = typeof job.baseline === "string" ? null : new Rig({ ...plan, revision: job.baseline.revision });
	const rigs = [candidate, ...(baseline ? [baseline] : [])];
	const work = new Work(job.id, () => networkOf(rigs));
	// One batch may take long, with orders that hang.
	const beat = setInterval(() => {
		goesOn(job.id).then(
			(yes) => yes || stopAll(rigs),
			() => stopAll(rigs), // without the store there is no report
		);
	}, beatMs);
	try {
		for await (const page of ordersOf(caller, job.selection)) {
			for (let at = 0; at < page.length; at += batchSize) {
				const orders = page.slice(at, at + batchSize);
				const pairs = baseline
					? await runBoth(candidate, baseline, orders)
					: job.baseline === "nothing"
						? await runAlone(candidate, orders)
						: await runAgainstPushed(candidate, caller, job, orders);
				await work.take(orders, pairs);
			}
		}
		await work.end();
	} finally {
		clearInterval(beat);
		await Promise.all(rigs.map((rig) => rig.close()));
	}
}

const stopAll = (rigs: readonly Rig[]): void => {
	for (const rig of rigs) rig.stop();
};

/** Says that it does. False: somebody ended it. */
async function goesOn(id: string): Promise<boolean> {
	const { matchedCount } = await ReplayModel.updateOne({ _id: id, state: "RUNNING" }, { $set: { beatAt: new Date() } });
	return matchedCount > 0;
}

/** What both made of an order, as JSON. `null`: it was left out. */
type Pair = { before: string; after: string } | null;

async function runBoth(candidate: Rig, baseline: Rig, orders: StoredOrder[]): Promise<Pair[]> {
	const [after, before] = await Promise.all([candidate.run(orders), baseline.run(orders)]);
	return orders.map((_, at) => ({ before: before[at] ?? "", after: after[at] ?? "" }));
}

async function runAlone(candidate: Rig, orders: StoredOrder[]): Promise<Pair[]> {
	const nothing: Made = { documents: [], deeds: [], outcome: "ack", reason: "" };
	return (await candidate.run(orders)).map((after) => ({ before: JSON.stringify(nothing), after }));
}

async function runAgainstPushed(candidate: Rig, caller: Caller, job: Job, orders: StoredOrder[]): Promise<Pair[]> {
	const told = await toldOf(caller, orders, job.candidate.kinds, job.connections);
	const known = told.filter((each) => each !== null);
	const after = await candidate.run(known.map(({ order }) => order));
	const byOrder = new Map(known.map(({ order: { _id } }, at) => [_id, after[at] ?? ""]));
	return orders.map(({ _id }, at) => {
		const own = told[at];
		if (!own) return null;
		const made = JSON.parse(byOrder.get(_id) ?? "") as Made;
		// What else a flow did back then nobody wrote down.
		return { before: JSON.stringify(own.made), after: JSON.stringify({ ...made, deeds: [] }) };
	});
}

function networkOf(rigs: readonly Rig[]): Network {
	const networks = rigs.map(({ network }) => network);
	return {
		attempts: networks.reduce((sum, { attempts }) => sum + attempts, 0),
		connections: networks.reduce((sum, { connections }) => sum + connections, 0),
		targets: [...new Set(networks.flatMap(({ targets }) => targets))],
	};
}

/** The report in the making. */
class Work {
	readonly #id: string;
	readonly #network: () => Network;
	readonly #causes = new Causes();
	readonly #counts: Counts = { same: 0, different: 0, rejected: 0, failed: 0, leftOut: 0 };
	#done = 0;
	#toldAt = 0;

	constructor(id: string, network: () => Network) {
		this.#id = id;
		this.#network = network;
	}

	async take(orders: readonly StoredOrder[], pairs: readonly Pair[]): Promise<void> {
		const rows = orders.flatMap(({ _id }, at) => this.#rowOf(_id, pairs[at] ?? null));
		if (rows.length) await ReplayRowModel.insertMany(rows, { ordered: false });
		this.#done += orders.length;
		if (Date.now() - this.#toldAt >= tellEveryMs) await this.#tell({});
	}

	async end(): Promise<void> {
		await this.#tell({ state: "DONE", endedAt: new Date(), causes: this.#causes.list() });
	}

	#rowOf(orderId: string, pair: Pair): ReplayRow[] {
		const counts = this.#counts;
		if (!pair) {
			counts.leftOut += 1;
			return [];
		}
		const after = JSON.parse(pair.after) as Made;
		if (after.documents.some(({ objections }) => objections.length)) counts.rejected += 1;
		if (after.outcome !== "ack") counts.failed += 1;
		// Equal texts need no look; others may differ in the order of keys alone.
		const before = pair.before === pair.after ? after : (JSON.parse(pair.before) as Made);
		const differences = before === after ? [] : differencesBetween(before, after);
		if (!differences.length) {
			counts.same += 1;
			return [];
		}
		counts.different += 1;
		const changeFen = changeBetween(before, after);
		const traits = this.#causes.add(orderId, differences, changeFen);
		const _id = `${this.#id}:${orderId}`;
		const kept = differences.slice(0, mostDifferences);
		return [{ _id, replayId: this.#id, orderId, traits, changeFen, differences: kept, at: new Date() }];
	}

	/** @throws RigStopped when it is to go on no longer */
	async #tell(more: Partial<Replay>): Promise<void> {
		this.#toldAt = Date.now();
		const now = { ...this.#counts, network: this.#network(), "progress.done": this.#done, beatAt: new Date(), ...more };
		const { matchedCount } = await ReplayModel.updateOne({ _id: this.#id, state: "RUNNING" }, { $set: now });
		if (!matchedCount) throw new RigStopped();
	}
}

/** By how much more the ERP books the order at; null where its documents do not tell. */
function changeBetween(before: Made, after: Made): number | null {
	const [was, is] = [before, after].map(({ documents }) => {
		const booked = documents.filter(({ kind }) => kind === "order").map(({ bookedFen }) => bookedFen);
		return booked.reduce<number | null>((sum, fen) => (sum === null || fen === null ? null : sum + fen), 0);
	}) as [number | null, number | null];
	return was === null || is === null ? null : is - was;
}
