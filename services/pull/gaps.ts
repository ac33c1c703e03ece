/** Stretches of time that no window covers: found in the ledger, read again where the platform still answers. */
import type { ServiceBroker } from "moleculer";
import type { WindowQuery } from "../platform/adapter.ts";
import type { CursorKey } from "./cursor.ts";
import { askWindows, gapId, noteGap, windowsSince } from "./ledger.ts";
import { windowsOf } from "./plan.ts";
import type { PullWindow } from "./pull.model.ts";
import { WindowModel } from "./pull.model.ts";
import type { Run } from "./run.ts";

const lookEveryMs = 60_000;
const byRule = "rule:gap";

/** When each list's ledger was looked through last. Looking twice does no harm, so memory will do. */
const lookedAt = new Map<string, number>();

/** For a ledger that was changed from outside. */
export const forgetLooks = (): void => lookedAt.clear();

/** The stretches from the first window to the last that none of them covers. `windows`: by start, the oldest first. */
export function holesIn(windows: readonly WindowQuery[]): WindowQuery[] {
	const holes: WindowQuery[] = [];
	let coveredTo: Date | undefined;
	for (const { from, to } of windows) {
		if (coveredTo && from > coveredTo) holes.push({ from: coveredTo, to: from });
		if (!coveredTo || to > coveredTo) coveredTo = to;
	}
	return holes;
}

/**
 * Finds the holes in a list's ledger as far back as the platform answers, has them read again, and settles those that
 * were. A hole is there when the ledger was damaged or the cursor moved without reading; so this should find nothing.
 */
export async function closeGaps(run: Run): Promise<void> {
	const { key, rules, now, puller } = run;
	await settleRead(key);
	const id = JSON.stringify(key);
	if (Date.now() - (lookedAt.get(id) ?? 0) < lookEveryMs) return;
	lookedAt.set(id, Date.now());
	const since = new Date(now().getTime() - rules.historyMs);
	for (const hole of holesIn(await windowsSince(key, since))) {
		const reason = "no window covers it";
		if (!(await noteGap(key, hole, reason))) continue;
		await tellOfGap(puller.broker, key, hole, reason);
		await askWindows(key, windowsOf(hole, rules), byRule, gapId(key, hole));
		run.result.more = true;
	}
}

/** A gap is done when every window that was asked for it is. */
async function settleRead(key: CursorKey): Promise<void> {
	const gaps = await WindowModel.find({ ...key, state: "GAP", asked: false })
		.limit(50)
		.lean<PullWindow[]>();
	for (const { _id } of gaps) {
		const repairs = await WindowModel.find({ repairs: _id }, { state: 1 }).lean<Pick<PullWindow, "state">[]>();
		if (!repairs.length || repairs.some(({ state }) => state !== "DONE")) continue;
		await WindowModel.updateOne({ _id, state: "GAP" }, { $set: { state: "DONE", reason: "read again" } });
	}
}

export async function tellOfGap(
	broker: ServiceBroker,
	key: CursorKey,
	{ from, to }: WindowQuery,
	reason: string,
): Promise<void> {
	const id = `gap:${key.shopId}:${key.kind}:${key.list}:${from.toISOString()}`;
	const body = { ...key, from: from.toISOString(), to: to.toISOString(), reason };
	const event = { id, subject: "hub.window.gap", at: new Date().toISOString(), traceId: "", body };
	await broker.call("event.publish", { events: [event] });
}
