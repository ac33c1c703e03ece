/** The ledger of windows: what was read of each stretch of time, and what could not be. */
import { randomUUID } from "node:crypto";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import type { WindowQuery } from "../platform/adapter.ts";
import type { CursorKey } from "./cursor.ts";
import type { PullKind } from "./kinds.ts";
import type { Listing } from "./list-window.ts";
import { type PullWindow, WindowModel, type WindowState } from "./pull.model.ts";

export interface WindowRef extends CursorKey, WindowQuery {
	_id: string;
	asked: boolean;
	by: string;
}

/** How much of an asked window may go wrong before it waits for a person to ask again. */
const maxAskedAttempts = 20;

const keepMs = 90 * 24 * 3_600_000; // as long as raw documents
const rowMs = 3_600_000; // quiet windows are one row an hour

/** The clock's window: the same row for every try that starts at the same time. */
export const clockWindow = (key: CursorKey, query: WindowQuery): WindowRef => ({
	_id: `${key.shopId}:${key.kind}:${key.list}:${query.from.toISOString()}`,
	...key,
	...query,
	asked: false,
	by: "clock",
});

/** Puts windows that were asked for into the ledger; the next run reads them. `repairs`: the gap they fill. */
export async function askWindows(
	key: CursorKey,
	windows: readonly WindowQuery[],
	by: string,
	repairs = "",
): Promise<string[]> {
	const rows = windows.map((window) => ({
		_id: `${key.shopId}:${key.kind}:${key.list}:asked:${randomUUID()}`,
		...key,
		...window,
		asked: true,
		by,
		repairs,
		state: "OPEN" as const,
	}));
	await WindowModel.insertMany(rows);
	return rows.map(({ _id }) => _id);
}

export async function askedWindows({ shopId, kind, list }: CursorKey, limit: number): Promise<PullWindow[]> {
	const unread: WindowState[] = ["OPEN", "FAILED"];
	const open = { shopId, kind, list, asked: true, state: { $in: unread }, attempts: { $lt: maxAskedAttempts } };
	return WindowModel.find(open).sort({ to: 1 }).limit(limit).lean<PullWindow[]>();
}

/** Before its records are taken. Returns which attempt this is. */
export async function openWindow({ _id, ...window }: WindowRef): Promise<number> {
	const row = await WindowModel.findOneAndUpdate(
		{ _id },
		{ $set: { ...window, state: "OPEN", expireAt: null }, $inc: { attempts: 1 } },
		{ upsert: true, returnDocument: "after" },
	).lean<PullWindow>();
	return row?.attempts ?? 1;
}

export async function closeWindow(
	{ _id }: WindowRef,
	listing: Listing,
	{ read, parked }: { read: number; parked: number },
): Promise<void> {
	const { total, pages, rechecks, hash, rows } = listing;
	const result = { total, pages, rechecks, hash, seen: rows.length, read, parked };
	await WindowModel.updateOne({ _id }, { $set: { state: "DONE", reason: "", ...result, expireAt: expiry() } });
}

/** It is read again from the same start: its cursor does not move. */
export async function failWindow({ _id, ...window }: WindowRef, reason: string): Promise<void> {
	await WindowModel.updateOne(
		{ _id },
		{ $set: { ...window, state: "FAILED", reason, expireAt: null } },
		{ upsert: true },
	);
}

/** Nothing was new: the row before is made longer, so that a quiet day is a few rows and not thousands. */
export async function noteQuiet(window: WindowRef, listing: Listing): Promise<void> {
	const { shopId, kind, list, from, to } = window;
	const before = await WindowModel.findOne({ shopId, kind, list, asked: false }).sort({ to: -1 }).lean<PullWindow>();
	const joins =
		before?.state === "DONE" && before.to >= from && to.getTime() - before.from.getTime() <= rowMs ? before : null;
	if (joins) {
		await WindowModel.updateOne({ _id: joins._id }, { $set: { to, expireAt: expiry() } });
	} else {
		await openWindow(window);
		await closeWindow(window, listing, { read: 0, parked: 0 });
	}
}

export const gapId = (key: CursorKey, { from }: WindowQuery): string =>
	`${key.shopId}:${key.kind}:${key.list}:gap:${from.toISOString()}`;

/** A stretch that was not read. True when it was not known yet. */
export async function noteGap(key: CursorKey, stretch: WindowQuery, reason: string): Promise<boolean> {
	const gap = { ...key, ...stretch, asked: false, by: "rule:gap", state: "GAP" as const, reason, expireAt: null };
	const { upsertedCount } = await WindowModel.updateOne(
		{ _id: gapId(key, stretch) },
		{ $setOnInsert: gap },
		{ upsert: true },
	);
	return upsertedCount > 0;
}

/** What covers a list's time since then, gaps that are known included: by start, the oldest first. */
export function windowsSince(key: CursorKey, since: Date): Promise<WindowQuery[]> {
	const covering = { ...key, asked: false, to: { $gte: since } };
	return WindowModel.find(covering, { from: 1, to: 1 }).sort({ from: 1 }).lean<WindowQuery[]>();
}

export interface LedgerQuery extends PageQuery {
	shopId: string;
	kind?: PullKind;
	state?: WindowState;
}

/** Newest first. */
export function listWindows({
	shopId,
	kind,
	state,
	...page
}: LedgerQuery): Promise<Page<Omit<PullWindow, "expireAt">>> {
	const wanted = { shopId, ...(kind && { kind }), ...(state && { state }) };
	return pageByTime(WindowModel, [wanted], page, { by: "from", projection: { expireAt: 0 } });
}

const expiry = (): Date => new Date(Date.now() + keepMs);
