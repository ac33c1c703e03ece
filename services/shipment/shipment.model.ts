import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";

/**
 * PENDING waits to be told to the platform · SENDING it is being told, or was and nobody knows the outcome · SHIPPED the
 * platform has it · FAILED the platform, or what it can do, said no · HELD the order is held.
 */
export const shipmentStates = ["PENDING", "SENDING", "SHIPPED", "FAILED", "HELD"] as const;
export type ShipmentState = (typeof shipmentStates)[number];

export interface ParcelLine {
	lineId: string;
	quantity: number;
}

/** One try to tell the platform. */
export interface ShipAttempt {
	at: Date;
	ms: number;
	outcome: string; // the state it led to
	reason: string;
}
export const attemptsKept = 20;

/** One parcel of one order. `_id` = `<order>:<tracking number>`, so the same parcel told twice is one. */
export interface Shipment extends Due {
	orderId: string;
	orderNo: string;
	platform: string;
	shopId: string;
	carrier: string; // our code
	trackingNo: string; // "" with carrier NONE
	lines: ParcelLine[]; // empty: the whole order
	state: ShipmentState;
	reason: string; // the platform's own words where it refused
	doubtful: boolean; // a call was made whose outcome nobody knows: look before the next one
	fence: number; // the order's, when it was last decided to ship
	tries: number; // in a row without a decision
	attempts: ShipAttempt[]; // the last ones
	by: string;
	traceId: string;
	outbox: Pending[];
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };

const schema = new Schema<Shipment>(
	{
		_id: text,
		orderId: text,
		orderNo: text,
		platform: text,
		shopId: text,
		carrier: text,
		trackingNo: words,
		lines: [{ _id: false, lineId: text, quantity: Number }],
		state: { ...text, enum: shipmentStates },
		reason: words,
		doubtful: { type: Boolean, default: false },
		fence: { type: Number, default: 0 },
		tries: { type: Number, default: 0 },
		attempts: [{ _id: false, at: Date, ms: Number, outcome: String, reason: String }],
		by: words,
		traceId: words,
		outbox: outboxField,
		...dueFields,
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index(...dueIndex);
schema.index(...outboxIndex);
schema.index({ orderId: 1 });
schema.index({ state: 1, createdAt: -1, _id: -1 });
schema.index({ createdAt: -1, _id: -1 });

export const ShipmentModel = database.model("shipment", schema, "shipments");

export const shipmentIdOf = (orderId: string, trackingNo: string): string => `${orderId}:${trackingNo}`;
