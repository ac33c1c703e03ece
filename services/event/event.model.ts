import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { keepEventsMs } from "./transport.ts";

/** One consumer's claim on an event: open until acknowledged. */
export interface OpenDelivery {
	consumer: string;
	dueAt: Date;
	attempt: number; // how often it was handed out
	by?: string; // the claim that took it last
}

/** An event kept by the store itself, with what is still to be delivered. */
export interface StoredEvent {
	_id: string;
	subject: string;
	at: string;
	traceId: string;
	body: Record<string, unknown>;
	storedAt: Date;
	consumers: string[]; // everyone it was ever assigned to
	open: OpenDelivery[];
}

const text = { type: String, required: true };

const eventSchema = new Schema<StoredEvent>(
	{
		_id: text,
		subject: text,
		at: text,
		traceId: String,
		body: { type: Object, default: {} },
		storedAt: { type: Date, required: true },
		consumers: [String],
		open: [{ _id: false, consumer: text, dueAt: { type: Date, required: true }, attempt: Number, by: String }],
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
eventSchema.index({ storedAt: 1 }, { expireAfterSeconds: keepEventsMs / 1_000 });
eventSchema.index({ "open.consumer": 1, "open.dueAt": 1 });

export const EventModel = database.model("event", eventSchema, "events");

/** A durable consumer of the store's own transport. */
export interface StoredConsumer {
	_id: string;
	subjects: string[];
	adopted: string[]; // the subjects whose earlier events it was given already
}

const consumerSchema = new Schema<StoredConsumer>(
	{ _id: text, subjects: [String], adopted: [String] },
	{ strict: "throw", versionKey: false },
);

export const ConsumerModel = database.model("consumer", consumerSchema, "consumers");
