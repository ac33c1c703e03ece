import type { PullKind } from "./kinds.ts";
import { type Cursor, CursorModel } from "./pull.model.ts";

/** Renewed three times before it ends; a reader that was killed is replaced when it ends. */
export const leaseMs = 15_000;

/** What of a shop is pulled together. */
export interface PullKey {
	shopId: string;
	kind: PullKind;
}

/** One list of it: each has a place of its own. */
export interface CursorKey extends PullKey {
	list: string;
}

const cursorId = ({ shopId, kind, list }: CursorKey): string => `${shopId}:${kind}:${list}`;
const leaseUntil = (): Date => new Date(Date.now() + leaseMs);

/** Makes `by` the one reader of this list. Null while another one is. A new shop starts at `startAt`. */
export async function takeLease(key: CursorKey, by: string, startAt: Date): Promise<Cursor | null> {
	const free = { _id: cursorId(key), "lease.until": { $lte: new Date() } };
	const taken = { $set: { lease: { by, until: leaseUntil() } } };
	const cursor = await CursorModel.findOneAndUpdate(free, taken, { returnDocument: "after" }).lean<Cursor>();
	if (cursor || (await CursorModel.exists({ _id: cursorId(key) }))) return cursor;
	try {
		const lease = { by, until: leaseUntil() };
		const first = { _id: cursorId(key), ...key, at: startAt, lease, ranAt: null, rereadAt: null, reason: "" };
		await CursorModel.create(first);
		return first;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return null; // another process met the new shop first
		throw err;
	}
}

/** False when the lease is another's by now: whoever held it must stop. */
export async function renewLease(key: CursorKey, by: string): Promise<boolean> {
	const held = { _id: cursorId(key), "lease.by": by };
	return (await CursorModel.updateOne(held, { $set: { "lease.until": leaseUntil() } })).matchedCount > 0;
}

export async function endLease(key: CursorKey, by: string, reason: string): Promise<void> {
	const ran = reason === "" ? { ranAt: new Date() } : {};
	await CursorModel.updateOne(
		{ _id: cursorId(key), "lease.by": by },
		{ $set: { "lease.until": new Date(0), reason, ...ran } },
	);
}

/** Only by the reader that holds the lease. */
export async function moveCursor(key: CursorKey, by: string, at: Date): Promise<void> {
	await CursorModel.updateOne({ _id: cursorId(key), "lease.by": by }, { $set: { at } });
}

/** Everything open was read again at this time. */
export async function noteReread(key: CursorKey, by: string, rereadAt: Date): Promise<void> {
	await CursorModel.updateOne({ _id: cursorId(key), "lease.by": by }, { $set: { rereadAt } });
}
