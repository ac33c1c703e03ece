import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import type { ListRules } from "../platform/document-actions.ts";
import type { ShopView } from "../shop/shop.ts";
import { type CursorKey, endLease, leaseMs, moveCursor, type PullKey, renewLease, takeLease } from "./cursor.ts";
import { closeGaps, tellOfGap } from "./gaps.ts";
import { askedWindows, clockWindow, noteGap } from "./ledger.ts";
import { lostStretch, nextWindow, wholeSecond } from "./plan.ts";
import type { Cursor } from "./pull.model.ts";
import { readWindow } from "./read-window.ts";
import { dueAgain } from "./readings.ts";
import { rereadOpen } from "./reread.ts";
import { type ListSource, listSource, listsOf } from "./source.ts";
import { type Puller, takeAll } from "./take.ts";

export interface RunResult {
	state: "read" | "busy" | "failed"; // busy: another process reads this shop now
	taken: number; // documents given to the service that keeps them
	parked: number;
	reason: string;
	/** There was more than one run should do, so the next one need not wait. */
	more: boolean;
}

/** One list being read, by the one reader that holds its lease. */
export interface Run {
	puller: Puller;
	key: CursorKey;
	by: string;
	source: ListSource;
	rules: ListRules;
	now: () => Date; // the platform's clock
	going: () => boolean;
	result: RunResult;
	/** Reads what is still open again when that is due: one list of a kind does it for all. */
	rereads: boolean;
}

/** Where the platform's clock seems to be behind what was read already by more than this, it was set back. */
const clockErrorMs = 5_000;
const askedInARun = 4;

/**
 * Brings the hub's copy of one kind of a shop's documents up to now, list after list. What fails is in the ledger and
 * is read again by the next run; nothing is thrown for it.
 */
export async function runPull(
	broker: ServiceBroker,
	shop: ShopView,
	kind: PullKey["kind"],
	going: () => boolean,
): Promise<RunResult> {
	const { _id: shopId, platform } = shop;
	const result: RunResult = { state: "read", taken: 0, parked: 0, reason: "", more: false };
	const puller: Puller = { broker, platform, shopId, kind };
	const startedMs = Date.now();
	try {
		const { lists, now } = await listsOf(broker, platform, shopId, kind);
		const elapsed = stopwatch();
		const clock = (): Date => new Date(now.getTime() + elapsed());
		const rereader = lists.find(({ rereadOpenMs }) => rereadOpenMs !== null);
		for (const rules of lists) {
			const key = { shopId, kind, list: rules.name };
			const run = { puller, key, rules, now: clock, going, result, rereads: rules === rereader };
			await withLease(run, startOf(shop, kind, rules));
		}
		if (result.state === "read" && shop.status === "TOKEN_EXPIRED") {
			await broker.call("shop.mark", { shopId, status: "ACTIVE", reason: "its token works again" });
		}
	} catch (err) {
		failed(puller, result, err as Error);
	}
	const { taken, parked } = result;
	if (taken || parked)
		broker.getLogger("pull").info("pulled", { shopId, kind, taken, parked, ms: Date.now() - startedMs });
	return result;
}

/** The first pull of a shop goes so far back; a list that knows no time is read whole anyway. */
const startOf = ({ pull }: ShopView, kind: PullKey["kind"], { historyMs }: ListRules): Date =>
	wholeSecond(Date.now() - Math.min(pull[kind].backHours * 3_600_000, historyMs));

async function withLease(parts: Omit<Run, "source" | "by">, startAt: Date): Promise<void> {
	const { puller, key, rules, result } = parts;
	const { broker, platform, shopId, kind } = puller;
	const by = `${broker.nodeID}:${randomUUID()}`;
	const cursor = await takeLease(key, by, startAt);
	if (!cursor) {
		result.state = "busy";
		return;
	}
	let held = true;
	const heartbeat = setInterval(async () => {
		// A store that does not answer is found out by the run itself; the lease then ends unless it is back in time.
		held = await renewLease(key, by).catch(() => held);
	}, leaseMs / 3);
	const source = listSource(broker, platform, shopId, kind, rules);
	const run: Run = { ...parts, by, source, going: () => held && parts.going() };
	let reason = "";
	try {
		await readList(run, cursor);
	} catch (err) {
		reason = (err as Error).message;
		failed(puller, result, err as Error);
	} finally {
		clearInterval(heartbeat);
		await endLease(key, by, reason);
	}
}

async function readList(run: Run, cursor: Cursor): Promise<void> {
	await readOn(run, cursor.at);
	await closeGaps(run);
	await readAsked(run);
	if (run.rereads) await rereadOpen(run, cursor.rereadAt);
	await tryParkedAgain(run);
}

function failed({ broker, shopId, kind }: Puller, result: RunResult, err: Error): void {
	Object.assign(result, { state: "failed", reason: err.message });
	broker.getLogger("pull").warn("pull failed", { shopId, kind, type: typeOf(err), reason: err.message });
}

/** Window after window, from where the cursor stands until now. */
async function readOn(run: Run, cursorAt: Date): Promise<void> {
	const { key, by, puller, rules, now } = run;
	let readTo = cursorAt;
	const lost = lostStretch(readTo, rules, now());
	if (lost) {
		const reason = "the platform no longer answers for so long ago";
		if (await noteGap(key, lost, reason)) await tellOfGap(puller.broker, key, lost, reason);
		readTo = lost.to;
	}
	readTo = await notAhead(run, readTo, now());
	const until = now(); // what changes while this run reads is for the next one
	for (;;) {
		const query = nextWindow(readTo, rules, until);
		if (!query || !run.going()) return;
		// Without stamps everything in a window counts as new until it was read after its end: what was listed before is
		// asked for by itself, so that only late comers in it are read.
		if (rules.stampless && query.from < readTo && readTo < query.to) {
			await readWindow(run, clockWindow(key, { from: query.from, to: readTo }));
			query.from = readTo;
		}
		const { window, listing } = await readWindow(run, clockWindow(key, query));
		// Not further than the platform's own clock: what changes after that is still to come.
		const reached = Math.min(window.to.getTime(), wholeSecond(listing.at.getTime() - rules.lagMs).getTime());
		if (reached <= readTo.getTime()) return void (await notAhead(run, readTo, listing.at));
		readTo = new Date(reached);
		await moveCursor(key, by, readTo);
	}
}

/** Changes made after a clock was set back carry stamps that were read already: the cursor goes back with it. */
async function notAhead({ puller, key, by }: Run, readTo: Date, now: Date): Promise<Date> {
	const aheadMs = readTo.getTime() - now.getTime();
	if (aheadMs <= clockErrorMs) return readTo;
	puller.broker.getLogger("pull").warn("the platform's clock was set back", { shopId: key.shopId, aheadMs });
	const back = wholeSecond(now.getTime());
	await moveCursor(key, by, back);
	return back;
}

/** What people asked for, and what is to fill gaps, after what is new. */
async function readAsked(run: Run): Promise<void> {
	const windows = await askedWindows(run.key, askedInARun);
	if (!windows.length) return;
	const failures: unknown[] = [];
	for (const { _id, from, to, asked, by } of windows) {
		if (!run.going()) break;
		// One that cannot be read holds up no other: it has its tries, and is then left to a person.
		await readWindow(run, { _id, ...run.key, from, to, asked, by }).catch((err) => failures.push(err));
	}
	if (failures.length) throw failures[0];
	run.result.more ||= windows.length === askedInARun;
}

async function tryParkedAgain({ puller, key, going, result, now }: Run): Promise<void> {
	const rows = await dueAgain(key);
	if (!rows.length || !going()) return;
	const outcome = await takeAll(puller, rows, now(), going);
	result.taken += outcome.taken;
	result.parked += outcome.parked;
	const [first] = outcome.failures;
	if (first) throw first.error;
}

function stopwatch(): () => number {
	const startedMs = performance.now();
	return () => performance.now() - startedMs;
}
