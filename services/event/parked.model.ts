import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import type { HubEvent } from "../../mixins/event.ts";

export const parkedStates = ["PARKED", "REPLAYED", "DISCARDED"] as const;
export type ParkedState = (typeof parkedStates)[number];

/** Something that could not be handled and waits for a person. Holds no people's data. */
export interface Parked {
	_id: string; // <source>:<what>: parking the same thing again renews the reason
	source: string; // the consumer's name, "pull" …
	ref: Record<string, string>; // what it is about: orderId, shopId, orderNo …
	shopId: string; // "": of no shop, or not known
	reason: string;
	event: HubEvent | null; // what is delivered again on replay
	times: number;
	state: ParkedState;
	parkedAt: Date;
	settledBy: string;
	note: string; // why it was discarded
}

const text = { type: String, required: true };

const schema = new Schema<Parked>(
	{
		_id: text,
		source: text,
		ref: { type: Object, default: {} },
		shopId: { type: String, default: "" },
		reason: text,
		event: { type: Object, default: null },
		times: Number,
		state: { ...text, enum: parkedStates },
		parkedAt: { type: Date, required: true },
		settledBy: { type: String, default: "" },
		note: { type: String, default: "" },
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index({ state: 1, parkedAt: -1, _id: -1 });

export const ParkedModel = database.model("parked", schema, "parked");
