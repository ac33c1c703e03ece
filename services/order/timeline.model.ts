import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import type { Order } from "./order.ts";

/** One thing that happened to an order. Append-only; `_id` is the event's id. */
export interface TimelineEntry {
	_id: string;
	orderId: string;
	version: number; // of the order after it; 0 where it changed nothing of the order
	at: Date;
	what: string; // order.created, order.held …
	by: string; // see mixins/actor.ts
	note: string; // why, in the words of whoever did it; "" mostly
	change: Record<string, unknown>; // field -> [before, after], or the facts of what happened
	links: TimelineLinks;
	traceId: string;
}

/** Where more is to be seen. */
export interface TimelineLinks {
	rawId?: string; // of raw_<platform>_orders, and of its versions before
	pushId?: string;
	shipmentId?: string;
}

const needed = { type: String, required: true };
const words = { type: String, default: "" };

const timelineSchema = new Schema<TimelineEntry>(
	{
		_id: needed,
		orderId: needed,
		version: Number,
		at: Date,
		what: needed,
		by: needed,
		note: words,
		change: { type: Object, default: {} },
		links: { type: Object, default: {} },
		traceId: words,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
timelineSchema.index({ orderId: 1, at: 1, version: 1 });

export const TimelineModel = database.model("timeline", timelineSchema, "timeline");

/** One version of an order. `_id` = `<order>:<version>`. */
export interface OrderVersion {
	_id: string;
	orderId: string;
	version: number;
	at: Date; // since when the order was so
	order: Order; // masked, without what would decrypt its receiver
}

const keepVersionsSec = 180 * 24 * 3_600;

const versionSchema = new Schema<OrderVersion>(
	{ _id: needed, orderId: needed, version: Number, at: Date, order: { type: Object, required: true } },
	{ strict: "throw", minimize: false, versionKey: false },
);
versionSchema.index({ orderId: 1, at: -1, version: -1 });
versionSchema.index({ at: 1 }, { expireAfterSeconds: keepVersionsSec });

export const VersionModel = database.model("order-version", versionSchema, "order_versions");
