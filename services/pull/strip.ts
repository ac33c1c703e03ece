/** What of each hour was read, shop by shop, for the monitor. */
import { type PullKind, pullKinds } from "./kinds.ts";
import { type Cursor, CursorModel, WindowModel, type WindowState } from "./pull.model.ts";

export interface HourRead {
	at: string; // ISO: when the hour begins
	state: WindowState | "NONE"; // the worst of its windows; NONE: no window tells of it
}

export interface Strip {
	shopId: string;
	kind: PullKind;
	hours: HourRead[]; // the oldest first; the last is the hour that runs
	lagSec: number | null; // of the list that is furthest behind; null: nothing was read yet
	lastSuccessAt: string | null; // ISO: when each list had been read through
	reason: string; // why a list could not be read; "": all could
}

interface Stretch {
	shopId: string;
	kind: PullKind;
	from: Date;
	to: Date;
	state: WindowState;
}

const hourMs = 3_600_000;
/** No platform's windows are longer. */
const longestWindowMs = 48 * hourMs;
const mostUnread = 5_000;
/** The first that is among an hour's windows is what it is. */
const worstFirst: readonly WindowState[] = ["GAP", "FAILED", "OPEN", "DONE"];

export async function strips(shopIds: readonly string[], hours: number, now: Date): Promise<Strip[]> {
	const starts = hoursBefore(now, hours);
	const since = starts[0] ?? now;
	const [done, unread, cursors] = await Promise.all([
		doneStretches(shopIds, since),
		unreadStretches(shopIds, since),
		CursorModel.find({ shopId: { $in: [...shopIds] } }).lean<Cursor[]>(),
	]);
	const byKey = Map.groupBy([...done, ...unread], keyOf);
	return [...Map.groupBy(cursors, keyOf)].flatMap(([key, lists]) => {
		const [first] = lists;
		if (!first) return [];
		const { shopId, kind } = first;
		return { shopId, kind, hours: hoursOf(byKey.get(key) ?? [], starts), ...standingOf(lists, now) };
	});
}

const keyOf = ({ shopId, kind }: { shopId: string; kind: PullKind }): string => `${shopId}:${kind}`;

function hoursBefore(now: Date, hours: number): Date[] {
	const last = Math.floor(now.getTime() / hourMs) * hourMs;
	return Array.from({ length: hours }, (_, at) => new Date(last - (hours - 1 - at) * hourMs));
}

/** Pure. */
export function hoursOf(stretches: readonly Omit<Stretch, "shopId" | "kind">[], starts: readonly Date[]): HourRead[] {
	return starts.map((start) => {
		const end = start.getTime() + hourMs;
		const states = new Set(
			stretches.filter(({ from, to }) => from.getTime() < end && to > start).map(({ state }) => state),
		);
		return { at: start.toISOString(), state: worstFirst.find((state) => states.has(state)) ?? "NONE" };
	});
}

function standingOf(lists: readonly Cursor[], now: Date): Pick<Strip, "lagSec" | "lastSuccessAt" | "reason"> {
	const furthest = Math.min(...lists.map(({ at }) => at.getTime()));
	const ran = lists.map(({ ranAt }) => ranAt?.getTime() ?? null);
	return {
		lagSec: lists.length ? Math.max(0, Math.round((now.getTime() - furthest) / 1_000)) : null,
		lastSuccessAt: ran.includes(null) ? null : new Date(Math.min(...ran.map(Number))).toISOString(),
		reason: lists.find(({ reason }) => reason !== "")?.reason ?? "",
	};
}

/** Those of an hour as one: a busy shop has a window every few seconds. */
async function doneStretches(shopIds: readonly string[], since: Date): Promise<Stretch[]> {
	const hourOf = (field: string) => ({ $dateToString: { date: `$${field}`, format: "%Y-%m-%dT%H" } });
	const rows = await WindowModel.aggregate<{ _id: { shopId: string; kind: PullKind }; from: Date; to: Date }>([
		{
			$match: {
				shopId: { $in: [...shopIds] },
				kind: { $in: [...pullKinds] }, // as the index has it between the two
				from: { $gte: new Date(since.getTime() - longestWindowMs) },
				to: { $gt: since },
				state: "DONE",
			},
		},
		{
			$group: {
				_id: { shopId: "$shopId", kind: "$kind", from: hourOf("from"), to: hourOf("to") },
				from: { $min: "$from" },
				to: { $max: "$to" },
			},
		},
	]);
	return rows.map(({ _id: { shopId, kind }, from, to }) => ({ shopId, kind, from, to, state: "DONE" }));
}

function unreadStretches(shopIds: readonly string[], since: Date): Promise<Stretch[]> {
	const unread = { state: { $in: worstFirst.filter((state) => state !== "DONE") }, to: { $gt: since } };
	return WindowModel.find(
		{ ...unread, shopId: { $in: [...shopIds] } },
		{ shopId: 1, kind: 1, from: 1, to: 1, state: 1 },
	)
		.sort({ from: -1 })
		.limit(mostUnread)
		.lean<Stretch[]>()
		.exec();
}

/** How many stretches were not read. */
export const countGaps = (shopIds: readonly string[]): Promise<number> =>
	WindowModel.countDocuments({ state: "GAP", shopId: { $in: [...shopIds] } }).exec();
