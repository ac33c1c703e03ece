import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** One thing that happened to an after-sale. Append-only; `_id` is the event's id. */
export interface AftersaleEntry {
	_id: string;
	aftersaleId: string;
	orderId: string;
	version: number; // of the after-sale after it
	at: Date;
	what: string; // aftersale.created, aftersale.decision-done …
	by: string; // see mixins/actor.ts
	change: Record<string, unknown>; // field -> [before, after], or the facts of what happened
	traceId: string;
}

const needed = { type: String, required: true };

const schema = new Schema<AftersaleEntry>(
	{
		_id: needed,
		aftersaleId: needed,
		orderId: needed,
		version: Number,
		at: Date,
		what: needed,
		by: needed,
		change: { type: Object, default: {} },
		traceId: { type: String, default: "" },
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index({ aftersaleId: 1, version: 1 });

export const AftersaleTimelineModel = database.model("aftersale_timeline", schema, "aftersale_timeline");
