import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";

/**
 * TAKING the platform is being asked for a number, or was and nobody knows what it answered · TAKEN · PRINTED somebody
 * said so · RECYCLED the number was given back · FAILED the platform, or the order, said no.
 */
export const waybillStates = ["TAKING", "TAKEN", "PRINTED", "RECYCLED", "FAILED"] as const;
export type WaybillState = (typeof waybillStates)[number];

/** The number of one parcel of one order. `_id` = `<order>:<parcelNo>`. What is printed is never stored. */
export interface StoredWaybill {
	_id: string;
	orderId: string;
	orderNo: string;
	platform: string;
	shopId: string;
	parcelNo: number;
	carrier: string; // our code
	branchCode: string;
	accountCode: string;
	templateUrl: string; // "": the platform chooses it
	trackingNo: string; // "" until it is taken
	platformNo: string; // what the platform knows it by, where that is another
	state: WaybillState;
	reason: string; // the platform's own words where it refused
	/** Somebody is asking for the number until then; TAKING without it, or after it: nobody knows the outcome. */
	askingUntil: Date | null;
	prints: number; // how often what is printed was handed out
	takenAt: Date | null;
	printedAt: Date | null; // first
	recycledAt: Date | null;
	turn: number; // rises with every change of state: a write that names its turn cannot come late
	by: string;
	traceId: string;
	outbox: Pending[];
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };
const count = { type: Number, default: 0 };
const time = { type: Date, default: null };

const schema = new Schema<StoredWaybill>(
	{
		_id: text,
		orderId: text,
		orderNo: text,
		platform: text,
		shopId: text,
		parcelNo: { type: Number, required: true, min: 1 },
		carrier: text,
		branchCode: words,
		accountCode: words,
		templateUrl: words,
		trackingNo: words,
		platformNo: words,
		state: { ...text, enum: waybillStates },
		reason: words,
		askingUntil: time,
		prints: count,
		takenAt: time,
		printedAt: time,
		recycledAt: time,
		turn: count,
		by: words,
		traceId: words,
		outbox: outboxField,
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index(...outboxIndex);
schema.index({ orderId: 1 });
// Each offered filter with the list's order behind it.
for (const filter of ["state", "shopId", "platform"]) schema.index({ [filter]: 1, createdAt: -1, _id: -1 });
schema.index({ orderNo: 1 });
schema.index({ trackingNo: 1 });
schema.index({ createdAt: -1, _id: -1 });

export const WaybillModel = database.model("waybill", schema, "waybills");

export const waybillId = (orderId: string, parcelNo: number): string => `${orderId}:${parcelNo}`;
