/** One after the other, over all processes. */
import { setTimeout as pause } from "node:timers/promises";
import { Schema } from "mongoose";
import { hubError } from "../../config/errors.ts";
import { database } from "../../mixins/database.ts";

const leaseMs = 30_000; // of a process that died with it
const waitMs = 8_000;
const askEveryMs = 25;

interface Turn {
	_id: string;
	until: Date;
}

export const TurnModel = database.model(
	"erp_turn",
	new Schema<Turn>(
		{ _id: { type: String, required: true }, until: Date },
		{ strict: "throw", minimize: false, versionKey: false },
	),
	"erp_turns",
);

/** Does the work while nobody else does any of that name. It must be done in less than 30 s. @throws STILL_ANSWERING */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
	const until = await take(name);
	try {
		return await work();
	} finally {
		await TurnModel.deleteOne({ _id: name, until });
	}
}

async function take(_id: string): Promise<Date> {
	const giveUp = performance.now() + waitMs;
	for (;;) {
		const now = new Date();
		const until = new Date(now.getTime() + leaseMs);
		try {
			await TurnModel.updateOne({ _id, until: { $lte: now } }, { $set: { until } }, { upsert: true });
			return until;
		} catch (err) {
			if ((err as { code?: number }).code !== 11000) throw err; // else somebody has it
		}
		if (performance.now() > giveUp) throw hubError("STILL_ANSWERING", _id);
		await pause(askEveryMs * (0.5 + Math.random()));
	}
}
