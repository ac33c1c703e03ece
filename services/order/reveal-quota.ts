/** How many receivers of a shop were shown in plain on one day of Beijing's. */
import { Schema } from "mongoose";
import { beijingDay, fromBeijing } from "../../config/beijing.ts";
import { hubError } from "../../config/errors.ts";
import { database } from "../../mixins/database.ts";

interface RevealCount {
	_id: string; // <shop>:<day>
	used: number;
	startedAt: Date;
}

const daySec = 24 * 3_600;
const keepSec = 400 * daySec;
const schema = new Schema<RevealCount>(
	{ _id: { type: String, required: true }, used: Number, startedAt: Date },
	{ strict: "throw", versionKey: false },
);
schema.index({ startedAt: 1 }, { expireAfterSeconds: keepSec });

export const RevealCountModel = database.model("reveal-count", schema, "reveal_counts");

/** Counts one, and returns how to take it back. @throws TOO_MANY_REQUESTS when the day's are used up */
export async function takeFromQuota(shopId: string, perDay: number, now: Date): Promise<() => Promise<void>> {
	const _id = `${shopId}:${beijingDay(now)}`;
	await beginDay(_id, now);
	const { matchedCount } = await RevealCountModel.updateOne({ _id, used: { $lt: perDay } }, { $inc: { used: 1 } });
	if (!matchedCount) {
		const detail = `shop ${shopId} has used its ${perDay} of today`;
		throw hubError("TOO_MANY_REQUESTS", detail, { retryAfterSec: secondsLeft(now) });
	}
	return async () => {
		await RevealCountModel.updateOne({ _id }, { $inc: { used: -1 } });
	};
}

async function beginDay(_id: string, startedAt: Date): Promise<void> {
	try {
		await RevealCountModel.updateOne({ _id }, { $setOnInsert: { used: 0, startedAt } }, { upsert: true });
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err; // another process began it at the same moment
	}
}

/** Until midnight in Beijing. */
function secondsLeft(now: Date): number {
	const began = fromBeijing(`${beijingDay(now)} 00:00:00`) ?? now;
	return daySec - Math.floor((now.getTime() - began.getTime()) / 1_000);
}
