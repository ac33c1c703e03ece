import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

export const feedTopics = ["orders", "aftersales"] as const;
export type FeedTopic = (typeof feedTopics)[number];

/** Something an ERP is to know. What it is about is read when it is fetched, as it is then. */
export interface FeedEntry {
	_id: string; // the event's
	seq: number; // the feed's order: an entry is stored only when all before it are
	topic: FeedTopic;
	what: "ready" | "recall" | "created" | "changed"; // the event's verb
	subjectId: string; // the order or after-sale
	shopId: string;
	at: Date;
	takenBy: string; // the client that an order was handed to: nobody else gets it; "" while it is free
	fence: number; // of the order's goods and receiver as they were handed out
	revision: number; // of the order's document at the ERP
	settled: boolean; // nothing more comes of it: acknowledged, or no longer to be fetched
}

const text = { type: String, required: true };
const entrySchema = new Schema<FeedEntry>(
	{
		_id: text,
		seq: { type: Number, required: true },
		topic: { ...text, enum: feedTopics },
		what: text,
		subjectId: text,
		shopId: text,
		at: { type: Date, required: true },
		takenBy: { type: String, default: "" },
		fence: { type: Number, default: 0 },
		revision: { type: Number, default: 1 },
		settled: { type: Boolean, default: false },
	},
	{ strict: "throw", versionKey: false },
);
entrySchema.index({ seq: 1 }, { unique: true });
entrySchema.index({ topic: 1, seq: 1 });
entrySchema.index({ at: 1 }, { expireAfterSeconds: 90 * 24 * 3_600 });
export const FeedModel = database.model<FeedEntry>("feed-entry", entrySchema, "feed");

/** Up to where a client has acknowledged a topic. */
export interface FeedPosition {
	_id: string; // client and topic
	upTo: number; // the `seq` of the last entry acknowledged; 0: none yet
}

const positionSchema = new Schema<FeedPosition>(
	{ _id: text, upTo: { type: Number, default: 0 } },
	{ strict: "throw", versionKey: false },
);
positionSchema.index({ upTo: 1 });
export const PositionModel = database.model<FeedPosition>("feed-position", positionSchema, "feed_positions");
