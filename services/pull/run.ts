import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import type { PullRules, WindowQuery } from "../platform/adapter.ts";
import type { ShopView } from "../shop/shop.ts";
import { type CursorKey, endLease, leaseMs, moveCursor, renewLease, takeLease } from "./cursor.ts";
import {
	askedWindows,
	clockWindow,
	closeWindow,
	failWindow,
	noteGap,
	noteQuiet,
	openWindow,
	type WindowRef,
} from "./ledger.ts";
import { type Listing, listWindow } from "./list-window.ts";
import { lostStretch, nextWindow, wholeSecond } from "./plan.ts";
import { dueAgain, unreadOf } from "./readings.ts";
import { type OrderSource, orderSource } from "./source.ts";
import { type Outcome, type PulledShop, parkOrder, takeOrders } from "./take-orders.ts";

export interface RunResult {
	state: "read" | "busy" | "failed"; // busy: another process reads this shop now
	taken: number; // orders given to order.save
	parked: number;
	reason: string;
	/** There was more than one run should do, so the next one need not wait. */
	more: boolean;
}

interface Run {
	broker: ServiceBroker;
	shop: PulledShop;
	key: CursorKey;
	by: string;
	source: OrderSource;
	going: () => boolean;
	result: RunResult;
}

/** Where the platform's clock seems to be behind what was read already by more than this, it was set back. */
const clockErrorMs = 5_000;
const askedInARun = 4;
/** A window that fails for single records only is not held up by them for ever: they are parked after this attempt. */
const patience = 6;

/**
 * Brings the hub's copy of one shop's orders up to now, window by window, as the one reader of that shop.
 * What fails is in the ledger and is read again by the next run; nothing is thrown for it.
 */
export async function runPull(broker: ServiceBroker, shop: ShopView, going: () => boolean): Promise<RunResult> {
	const { _id: shopId, platform } = shop;
	const key: CursorKey = { shopId, kind: "orders" };
	const by = `${broker.nodeID}:${randomUUID()}`;
	const result: RunResult = { state: "read", taken: 0, parked: 0, reason: "", more: false };
	const startAt = wholeSecond(Date.now() - shop.pull.orders.backHours * 3_600_000);

	const cursor = await takeLease(key, by, startAt);
	if (!cursor) return { ...result, state: "busy" };
	let held = true;
	const heartbeat = setInterval(async () => {
		// A store that does not answer is found out by the run itself; the lease then ends unless it is back in time.
		held = await renewLease(key, by).catch(() => held);
	}, leaseMs / 3);

	const logger = broker.getLogger("pull");
	const source = orderSource(broker, platform, shopId);
	const pulled = { broker, platform, shopId };
	const run: Run = { broker, shop: pulled, key, by, source, going: () => held && going(), result };
	const startedMs = Date.now();
	try {
		await readOn(run, cursor.at);
		await readAsked(run);
		await tryParkedAgain(run);
		if (shop.status === "TOKEN_EXPIRED") {
			await broker.call("shop.mark", { shopId, status: "ACTIVE", reason: "its token works again" });
		}
	} catch (err) {
		Object.assign(result, { state: "failed", reason: (err as Error).message });
		logger.warn("pull failed", { shopId, type: typeOf(err), reason: result.reason });
	} finally {
		clearInterval(heartbeat);
		await endLease(key, by, result.reason);
	}
	const { taken, parked } = result;
	if (taken || parked) logger.info("orders pulled", { shopId, taken, parked, ms: Date.now() - startedMs });
	return result;
}

/** Window after window, from where the cursor stands until now. */
async function readOn(run: Run, cursorAt: Date): Promise<void> {
	const { source, key, by, broker } = run;
	const { now, ...rules } = await source.rules();
	const elapsed = stopwatch();
	let readTo = cursorAt;

	const lost = lostStretch(readTo, rules, now);
	if (lost) {
		const reason = "the platform no longer answers for so long ago";
		if (await noteGap(key, lost, reason)) await tellOfGap(broker, key, lost, reason);
		readTo = lost.to;
	}
	readTo = await notAhead(run, readTo, now);
	for (;;) {
		const query = nextWindow(readTo, rules, new Date(now.getTime() + elapsed()));
		if (!query || !run.going()) return;
		const listing = await readWindow(run, clockWindow(key, query), rules);
		// Not further than the platform's own clock: what changes after that is still to come.
		const reached = Math.min(query.to.getTime(), wholeSecond(listing.at.getTime() - rules.lagMs).getTime());
		if (reached <= readTo.getTime()) return void (await notAhead(run, readTo, listing.at));
		readTo = new Date(reached);
		await moveCursor(key, by, readTo);
	}
}

/** Changes made after a clock was set back carry stamps that were read already: the cursor goes back with it. */
async function notAhead({ broker, key, by }: Run, readTo: Date, now: Date): Promise<Date> {
	const aheadMs = readTo.getTime() - now.getTime();
	if (aheadMs <= clockErrorMs) return readTo;
	broker.getLogger("pull").warn("the platform's clock was set back", { shopId: key.shopId, aheadMs });
	const back = wholeSecond(now.getTime());
	await moveCursor(key, by, back);
	return back;
}

/** What people asked for, after what is new. */
async function readAsked(run: Run): Promise<void> {
	const windows = await askedWindows(run.key, askedInARun);
	if (!windows.length) return;
	const { now: _now, ...rules } = await run.source.rules();
	const failures: unknown[] = [];
	for (const { _id, shopId, kind, from, to, asked, by } of windows) {
		if (!run.going()) break;
		// One that cannot be read holds up no other: it has its tries, and is then left to a person.
		await readWindow(run, { _id, shopId, kind, from, to, asked, by }, rules).catch((err) => failures.push(err));
	}
	if (failures.length) throw failures[0];
	run.result.more = windows.length === askedInARun;
}

async function readWindow(run: Run, window: WindowRef, rules: PullRules): Promise<Listing> {
	try {
		const opened = window.asked ? await openWindow(window) : 0; // a list that the platform refuses is a try too
		const listing = await listWindow(run.source, window, rules.pageSize);
		const rows = window.asked ? listing.rows : await unreadOf(run.key, listing.rows);
		if (!rows.length && !window.asked) {
			await noteQuiet(window, listing);
			return listing;
		}
		const attempt = opened || (await openWindow(window));
		const outcome = await takeOrders(run.shop, rows, listing.at, run.going);
		run.result.taken += outcome.taken;
		await parkOrThrow(run, outcome, listing, attempt);
		run.result.parked += outcome.parked;
		if (!run.going()) throw new Error("stopped before the end of the window");
		await closeWindow(window, listing, { read: outcome.taken, parked: outcome.parked });
		return listing;
	} catch (err) {
		await failWindow(window, (err as Error).message);
		throw err;
	}
}

/** Failures hold the window up, so that it is read again; but not for ever, when everything else in it succeeds. */
async function parkOrThrow(run: Run, outcome: Outcome, { rows, at }: Listing, attempt: number): Promise<void> {
	const [first] = outcome.failures;
	if (!first) return;
	const { length } = outcome.failures;
	const fewAreLeft = length < 5 || length <= rows.length / 4; // parked ones are tried again by themselves
	if (attempt < patience || !fewAreLeft || typeOf(first.error) === "PLATFORM_TOKEN_EXPIRED") throw first.error;
	for (const { row, error } of outcome.failures) await parkOrder(run.shop, { ...row, fetchedAt: at }, error);
	outcome.parked += length;
}

async function tryParkedAgain(run: Run): Promise<void> {
	const rows = await dueAgain(run.key);
	if (!rows.length || !run.going()) return;
	const outcome = await takeOrders(run.shop, rows, new Date(), run.going);
	run.result.taken += outcome.taken;
	run.result.parked += outcome.parked;
	const [first] = outcome.failures;
	if (first) throw first.error;
}

async function tellOfGap(broker: ServiceBroker, key: CursorKey, { from, to }: WindowQuery, reason: string) {
	const id = `gap:${key.shopId}:${key.kind}:${from.toISOString()}`;
	const body = { ...key, from: from.toISOString(), to: to.toISOString(), reason };
	const event = { id, subject: "hub.window.gap", at: new Date().toISOString(), traceId: "", body };
	await broker.call("event.publish", { events: [event] });
}

function stopwatch(): () => number {
	const startedMs = performance.now();
	return () => performance.now() - startedMs;
}
