import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";

/**
 * WAITING until a flow or a person lets it go, as long as its shop wants that · PENDING waits to be told to the platform · SENDING it is being told, or was and nobody knows the outcome · SHIPPED the
 * platform has it · FAILED the platform, or what it can do, said no · HELD the order is held.
 */
export const shipmentStates = ["WAITING", "PENDING", "SENDING", "SHIPPED", "FAILED", "HELD"] as const;
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

/** What an after-sale sends to the buyer: its platform is told of it by the seller's answer, not by shipping. */
export interface OfAftersale {
	id: string;
	action: "SHIP_EXCHANGE" | "SHIP_RESEND"; // the answer
	version: number; // of the after-sale when it told this
}

/**
 * One parcel of one order. `_id` = `<order>:<tracking number>`, so the same parcel told twice is one; of an after-sale
 * `aftersale:<after-sale>:<tracking number>`.
 */
export interface Shipment extends Due {
	orderId: string;
	orderNo: string;
	platform: string;
	shopId: string;
	aftersale: OfAftersale | null; // null: of the order itself
	shipDeadline: Date | null; // of the order, when the parcel came
	carrier: string; // our code
	trackingNo: string; // "" with carrier NONE
	lines: ParcelLine[]; // empty: the whole order
	state: ShipmentState;
	waitsSince?: Date; // while it is WAITING
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
		aftersale: {
			type: new Schema<OfAftersale>({ id: text, action: text, version: Number }, { _id: false }),
			default: null,
		},
		shipDeadline: { type: Date, default: null },
		carrier: text,
		trackingNo: words,
		lines: [{ _id: false, lineId: text, quantity: Number }],
		state: { ...text, enum: shipmentStates },
		waitsSince: Date,
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
// Each offered filter with the list's order behind it, so that a page costs the same at any size.
for (const filter of ["state", "shopId", "platform"]) schema.index({ [filter]: 1, createdAt: -1, _id: -1 });
schema.index({ state: 1, shipDeadline: 1, _id: 1 });
schema.index({ waitsSince: 1 }, { sparse: true });
schema.index({ orderNo: 1 });
schema.index({ trackingNo: 1 });
schema.index({ createdAt: -1, _id: -1 });

export const ShipmentModel = database.model("shipment", schema, "shipments");

export const shipmentIdOf = (orderId: string, trackingNo: string): string => `${orderId}:${trackingNo}`;

export const aftersaleShipmentIdOf = (aftersaleId: string, trackingNo: string): string =>
	`aftersale:${aftersaleId}:${trackingNo}`;

/** The parcels of an order itself: what its after-sales send is no part of what was sold. */
export const ofOrder = (orderId: string) => ({ orderId, aftersale: null });
