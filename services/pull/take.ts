import type { ServiceBroker } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import { traceOf } from "../../mixins/trace.ts";
import type { PulledRow, Reading } from "../platform/document-actions.ts";
import type { PullKey } from "./cursor.ts";
import { savers, storedId } from "./kinds.ts";
import { pooled } from "./pool.ts";
import { failedAmong, noteParked, noteTaken, type Taken } from "./readings.ts";

/** Of which shop what is taken. */
export interface Puller extends PullKey {
	broker: ServiceBroker;
	platform: string;
}

export interface Outcome {
	taken: number;
	parked: number;
	failures: { row: PulledRow; error: Error }[]; // they may succeed later
}

interface Document {
	modifiedAt: Date;
}

const concurrency = 16;
const chunkSize = 100;
/** So many failures without a success between them are no matter of single records. */
const giveUpAfter = 5;

/**
 * Takes these records: gets each from the platform, or from what came with the list, and gives it to the service that
 * keeps it. One that can never be taken as it is is parked, and the rest go on. `seenAt`: the platform's clock before
 * they were listed. Ends early when `going` says so or when nothing succeeds any more.
 */
export async function takeAll(
	puller: Puller,
	rows: readonly PulledRow[],
	seenAt: Date,
	going: () => boolean,
): Promise<Outcome> {
	const outcome: Outcome = { taken: 0, parked: 0, failures: [] };
	let failuresInARow = 0;
	for (let start = 0; start < rows.length && failuresInARow < giveUpAfter; start += chunkSize) {
		const taken: Taken[] = [];
		await pooled(rows.slice(start, start + chunkSize), concurrency, async (row) => {
			try {
				taken.push(await takeOne(puller, row, seenAt));
				failuresInARow = 0;
			} catch (err) {
				const error = err as Error;
				if (isOfRecord(error)) {
					await park(puller, row, seenAt, error);
					outcome.parked += 1;
				} else {
					outcome.failures.push({ row, error });
					failuresInARow += 1;
				}
			}
			return going() && failuresInARow < giveUpAfter;
		});
		await settle(puller, taken);
		outcome.taken += taken.length;
		if (!going()) break;
	}
	return outcome;
}

/** One record, whatever is known of it already. @throws whatever the platform or the keeping service answered */
export async function takeOne(
	puller: Puller,
	{ id, kept }: Omit<PulledRow, "modifiedAt">,
	seenAt: Date,
): Promise<Taken> {
	const { broker, platform, shopId, kind } = puller;
	const requestID = traceOf(storedId(platform, shopId, id));
	const action = `platform.${platform}.${kind}.${kept ? "read" : "get"}`;
	const { document, fetchedAt } = await broker.call<Reading<Document>, object>(action, { shopId, id }, { requestID });
	// Between processes dates travel as text. What came with the list is as old as the list.
	const readAt = kept ? seenAt : new Date(fetchedAt);
	const meta = { actor: `platform:${platform}`, readAt: readAt.toISOString() };
	await broker.call(savers[kind], document as object, { meta, requestID });
	return { id, modifiedAt: new Date(document.modifiedAt), fetchedAt: readAt };
}

/** Puts a record aside for a person, and for another try later. Its raw document is kept. */
export async function park(puller: Puller, { id, modifiedAt }: PulledRow, seenAt: Date, err: Error): Promise<void> {
	const { broker, platform, shopId, kind } = puller;
	const parkedId = storedId(platform, shopId, id);
	const ref = { shopId, kind, id, ...(kind === "orders" && { orderNo: id, orderId: parkedId }) };
	await broker.call("event.park", { id: parkedIdOf(puller, id), source: "pull", ref, reason: err.message });
	await noteParked({ shopId, kind }, { id, modifiedAt: modifiedAt ?? seenAt, fetchedAt: seenAt });
	broker.getLogger("pull").warn("record parked", { shopId, kind, id, type: typeOf(err), reason: err.message });
}

/** Notes what was taken, and takes off the list of parked things what had been put there. */
export async function settle(puller: Puller, taken: readonly Taken[]): Promise<void> {
	if (!taken.length) return;
	const { broker, shopId, kind } = puller;
	const pulled = { shopId, kind };
	for (const id of await failedAmong(
		pulled,
		taken.map((each) => each.id),
	)) {
		const meta = { actor: "rule:read-again" };
		try {
			await broker.call("event.discard", { id: `pull:${parkedIdOf(puller, id)}` }, { meta });
		} catch (err) {
			if (typeOf(err) !== "NOT_FOUND") throw err; // a person settled it already
		}
	}
	await noteTaken(pulled, taken);
}

/** Orders, after-sales and products may have the same number. */
const parkedIdOf = ({ platform, shopId, kind }: Puller, id: string): string =>
	kind === "orders" ? storedId(platform, shopId, id) : `${kind}:${storedId(platform, shopId, id)}`;

/** 422 says that the record itself is at fault: asking again gives the same. */
const isOfRecord = (err: unknown): boolean => (err as { code?: number }).code === 422;
