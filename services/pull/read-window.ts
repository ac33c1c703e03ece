import { typeOf } from "../../config/errors.ts";
import type { Count } from "../platform/document-actions.ts";
import { closeWindow, failWindow, noteQuiet, openWindow, type WindowRef } from "./ledger.ts";
import { type Listing, listWindow } from "./list-window.ts";
import { halfOf } from "./plan.ts";
import { unreadOf } from "./readings.ts";
import type { Run } from "./run.ts";
import { type Outcome, park, takeAll } from "./take.ts";

/** A window that fails for single records only is not held up by them for ever: they are parked after this attempt. */
const patience = 6;

/**
 * Lists one window and takes what is new in it. A window with more rows than the platform lists is cut: the answer says
 * which part was read. An asked window is read in parts until its end.
 * @throws what stood against it; the ledger has it then, and the window is read again
 */
export async function readWindow(run: Run, asked: WindowRef): Promise<{ window: WindowRef; listing: Listing }> {
	try {
		const opened = asked.asked ? await openWindow(asked) : 0; // a list that the platform refuses is a try too
		let part = asked;
		for (;;) {
			const fitting = await fit(run, part);
			const { window } = fitting;
			const listing = await listWindow(run.source, window, run.rules.pageSize, fitting.counted);
			const taken = await take(run, window, listing, opened);
			if (!asked.asked || window.to >= asked.to) {
				await settle(asked.asked ? asked : window, listing, taken);
				return { window, listing };
			}
			part = { ...asked, from: window.to };
		}
	} catch (err) {
		await failWindow(asked, (err as Error).message);
		throw err;
	}
}

/** The longest part from the window's start that has no more rows than the platform lists. */
async function fit({ source, rules }: Run, window: WindowRef): Promise<{ window: WindowRef; counted: Count | null }> {
	if (source.way === "cursor") return { window, counted: null };
	for (let part = window; ; ) {
		const counted = await source.count(part);
		const half = counted.total > rules.mostRows ? halfOf(part) : null;
		if (!half) return { window: part, counted };
		part = { ...part, ...half };
	}
}

async function take(run: Run, window: WindowRef, listing: Listing, opened: number): Promise<Outcome | null> {
	const rows = window.asked ? listing.rows : await unreadOf(run.key, listing.rows, window.to);
	if (!rows.length && !window.asked) return null;
	const attempt = opened || (await openWindow(window));
	const outcome = await takeAll(run.puller, rows, listing.at, run.going);
	run.result.taken += outcome.taken;
	await parkOrThrow(run, outcome, listing, attempt);
	run.result.parked += outcome.parked;
	if (!run.going()) throw new Error("stopped before the end of the window");
	return outcome;
}

async function settle(window: WindowRef, listing: Listing, outcome: Outcome | null): Promise<void> {
	if (!outcome) return noteQuiet(window, listing);
	await closeWindow(window, listing, { read: outcome.taken, parked: outcome.parked });
}

/** Failures hold the window up, so that it is read again; but not for ever, when everything else in it succeeds. */
async function parkOrThrow(run: Run, outcome: Outcome, { rows, at }: Listing, attempt: number): Promise<void> {
	const [first] = outcome.failures;
	if (!first) return;
	const { length } = outcome.failures;
	const fewAreLeft = length < 5 || length <= rows.length / 4; // parked ones are tried again by themselves
	if (attempt < patience || !fewAreLeft || typeOf(first.error) === "PLATFORM_TOKEN_EXPIRED") throw first.error;
	for (const { row, error } of outcome.failures) await park(run.puller, row, at, error);
	outcome.parked += length;
}
