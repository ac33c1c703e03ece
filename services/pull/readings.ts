import type { Collection } from "mongodb";
import type { PulledRow } from "../platform/document-actions.ts";
import type { PullKey } from "./cursor.ts";
import { type Reading, ReadingModel } from "./pull.model.ts";

/** A record that was taken in this state. */
export interface Taken {
	id: string;
	modifiedAt: Date;
	fetchedAt: Date; // the platform's clock when it was asked
}

/** Stamps are whole seconds: only a reading from well behind the stamp's second saw all changes that carry it. */
const settledMs = 2_000;
const keepMs = 3 * 24 * 3_600_000; // longer than any overlap; a record read once more for it costs one call
const retryPausesMs = [30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000];

const readingId = ({ shopId, kind }: PullKey, id: string): string => `${shopId}:${kind}:${id}`;

/** The rows that were not read in this state yet. `windowEnd`: of the window they were listed in. */
export async function unreadOf(pulled: PullKey, rows: readonly PulledRow[], windowEnd: Date): Promise<PulledRow[]> {
	const readings = new Map<string, Reading>();
	for (let start = 0; start < rows.length; start += 1_000) {
		const ids = rows.slice(start, start + 1_000).map(({ id }) => readingId(pulled, id));
		for (const reading of await ReadingModel.find({ _id: { $in: ids } }).lean<Reading[]>()) {
			readings.set(reading.id, reading);
		}
	}
	return rows.filter((row) => !isRead(row, readings.get(row.id), windowEnd));
}

export function isRead(
	{ modifiedAt }: Pick<PulledRow, "modifiedAt">,
	reading: Pick<Reading, "modifiedAt" | "fetchedAt"> | undefined,
	windowEnd: Date,
): boolean {
	if (!reading) return false;
	// A list that tells no stamps says only that the record changed some time before the window's end.
	if (!modifiedAt) return reading.fetchedAt.getTime() >= windowEnd.getTime() + settledMs;
	if (reading.modifiedAt < modifiedAt) return false;
	return reading.fetchedAt.getTime() >= reading.modifiedAt.getTime() + settledMs;
}

/** Only after the record is stored: what is noted here is not asked for again. */
export async function noteTaken(pulled: PullKey, taken: readonly Taken[]): Promise<void> {
	if (!taken.length) return;
	// Straight to the driver: these are our own values, many at a time, with nothing to cast.
	const readings = ReadingModel.collection as unknown as Collection<Reading>;
	await readings.bulkWrite(
		taken.map(({ id, modifiedAt, fetchedAt }) => ({
			updateOne: {
				filter: { _id: readingId(pulled, id) },
				update: {
					$set: { ...pulled, id, modifiedAt, fetchedAt, failures: 0, retryAt: null, expireAt: expiry() },
				},
				upsert: true,
			},
		})),
		{ ordered: false },
	);
}

/** A parked record is left alone until it changes, or until it is tried again after a growing pause. */
export async function noteParked(pulled: PullKey, { id, modifiedAt, fetchedAt }: Taken): Promise<void> {
	const _id = readingId(pulled, id);
	const before = await ReadingModel.findById(_id, { failures: 1 }).lean<Pick<Reading, "failures">>();
	const failures = (before?.failures ?? 0) + 1;
	const pauseMs = retryPausesMs[failures - 1];
	const retryAt = pauseMs ? new Date(Date.now() + pauseMs) : null;
	const noted = { ...pulled, id, modifiedAt, fetchedAt, failures, retryAt, expireAt: retryAt ? null : expiry() };
	await ReadingModel.updateOne({ _id }, { $set: noted }, { upsert: true });
}

/** Parked records whose pause is over. */
export async function dueAgain({ shopId, kind }: PullKey): Promise<PulledRow[]> {
	const due = await ReadingModel.find({ shopId, kind, retryAt: { $lte: new Date() } }, { id: 1, modifiedAt: 1 })
		.sort({ retryAt: 1 })
		.limit(100)
		.lean<Reading[]>();
	return due.map(({ id, modifiedAt }) => ({ id, modifiedAt, kept: false }));
}

/** Of these records, those that are parked. */
export async function failedAmong(pulled: PullKey, ids: readonly string[]): Promise<Set<string>> {
	const filter = { _id: { $in: ids.map((id) => readingId(pulled, id)) }, failures: { $gt: 0 } };
	const failed = await ReadingModel.find(filter, { id: 1 }).lean<Pick<Reading, "id">[]>();
	return new Set(failed.map(({ id }) => id));
}

const expiry = (): Date => new Date(Date.now() + keepMs);
