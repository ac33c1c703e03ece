import { type Cursor, CursorModel, type PullWindow, WindowModel } from "./pull.model.ts";

/** Something that keeps the hub's copy from being whole. */
export interface PullTrouble {
	kind: "pull.behind" | "window.failed" | "window.gap";
	shopId: string;
	pulled: string; // orders, aftersales, products
	list: string;
	from: string; // ISO: where it begins
	reason: string;
}

const behindMs = 10 * 60_000;
/** A window that failed so often is no passing matter. */
const failures = 3;
const most = 200;

export async function pullTroubles(now: Date): Promise<PullTrouble[]> {
	const windows = await WindowModel.find({
		$or: [{ state: "GAP" }, { state: "FAILED", attempts: { $gte: failures } }],
	})
		.sort({ from: -1 })
		.limit(most)
		.lean<PullWindow[]>();
	const late = { reason: { $ne: "" }, $or: [{ ranAt: null }, { ranAt: { $lt: new Date(now.getTime() - behindMs) } }] };
	const cursors = await CursorModel.find(late).limit(most).lean<Cursor[]>();
	return [
		...windows.map(({ state, shopId, kind: pulled, list, from, reason }) => ({
			kind: state === "GAP" ? ("window.gap" as const) : ("window.failed" as const),
			shopId,
			pulled,
			list,
			from: from.toISOString(),
			reason,
		})),
		...cursors.map(({ shopId, kind: pulled, list, at, reason }) => ({
			kind: "pull.behind" as const,
			shopId,
			pulled,
			list,
			from: at.toISOString(),
			reason,
		})),
	];
}
