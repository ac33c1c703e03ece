import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** How far the calls of one app, shop and method are planned, by all processes together. */
export interface Pace {
	_id: string;
	slot: number; // Unix ms: when the next call may be made
	closedUntil: number; // Unix ms: the platform asked for a pause until then; 0: it did not
	usedAt: Date;
}

const schema = new Schema<Pace>(
	{
		_id: { type: String, required: true },
		slot: { type: Number, required: true },
		closedUntil: { type: Number, required: true },
		usedAt: { type: Date, required: true },
	},
	{ strict: "throw", versionKey: false },
);
schema.index({ usedAt: 1 }, { expireAfterSeconds: 24 * 3_600 });

export const PaceModel = database.model("platform_pace", schema, "platform_paces");
