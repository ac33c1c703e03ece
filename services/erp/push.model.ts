import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";
import type { PushKind } from "./driver.ts";

/**
 * PENDING waits to be sent · SENDING someone is about to send, or has · OK the ERP has it · REJECTED the ERP said no ·
 * IN_DOUBT it may or may not be there, the ERP is being asked · PARKED held back before it was sent.
 */
export const pushStates = ["PENDING", "SENDING", "OK", "REJECTED", "IN_DOUBT", "PARKED"] as const;
export type PushState = (typeof pushStates)[number];

/** One call to the ERP. */
export interface Attempt {
	at: Date;
	call: "SEND" | "FIND"; // what it was made for
	step: string; // the dialect's name for the call
	outcome: string; // ANSWERED, NO_ANSWER or SESSION_LOST; of the last call, what came of all
	status: number; // HTTP; 0 when no whole answer came
	reason: string; // the ERP's own words, or ours for what never came whole
	ms: number;
	bytes: number; // of the answer's body
}
export const attemptsKept = 40; // a dialect may need several calls a time

/**
 * One document for one ERP. `_id` = `<connection>:<kind>:<order or after-sale>[:<revision>]`, so there is one at most.
 * A change and an after-sale are told anew, under the same id, when they are not what they were.
 */
export interface Push extends Due {
	connectionId: string;
	kind: PushKind;
	orderId: string;
	orderNo: string;
	shopId: string;
	aftersaleId: string; // of an after-sale; else ""
	revision: number; // of the order's document in the ERP: 2 for the one after the first was cancelled there …
	number: string; // ours, as the document carries it: the ERP is asked by it
	state: PushState;
	document: Record<string, unknown>; // what the mapping made, without people's data in plain text
	docNo: string; // the ERP's; "" until it has the document
	reason: string;
	attempts: Attempt[]; // the last ones
	fence?: number; // of the order that the document was made of: a higher one means a change that it does not tell. Of an after-sale, its version
	sends: number; // how often it was sent in all
	asks: number; // how often the ERP was asked since, without an answer
	waits: number; // how often in a row it could not be sent
	settleAt: Date | null; // before that the ERP may still be busy with our last call: "not there" proves nothing; null: it was never in doubt, or refused since
	skipped: boolean; // a person decided that the hub does not send it
	by: string;
	traceId: string;
	outbox: Pending[];
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };

const schema = new Schema<Push>(
	{
		_id: text,
		connectionId: text,
		kind: text,
		orderId: text,
		orderNo: words,
		shopId: words,
		aftersaleId: words,
		revision: { type: Number, default: 1 },
		number: words,
		state: { ...text, enum: pushStates },
		document: { type: Object, required: true },
		docNo: words,
		reason: words,
		attempts: [
			{
				_id: false,
				at: Date,
				call: String,
				step: String,
				outcome: String,
				status: Number,
				reason: String,
				ms: Number,
				bytes: Number,
			},
		],
		fence: Number,
		sends: { type: Number, default: 0 },
		asks: { type: Number, default: 0 },
		waits: { type: Number, default: 0 },
		settleAt: { type: Date, default: null },
		skipped: { type: Boolean, default: false },
		by: words,
		traceId: words,
		outbox: outboxField,
		...dueFields,
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index(...dueIndex);
schema.index(...outboxIndex);
// Each offered filter with the list's order behind it, so that a page costs the same at any size.
for (const filter of ["state", "connectionId", "kind", "shopId"]) schema.index({ [filter]: 1, createdAt: -1, _id: -1 });
schema.index({ connectionId: 1, state: 1, updatedAt: -1 }); // how an ERP does lately
schema.index({ state: 1, shopId: 1 });
schema.index({ orderId: 1 });
schema.index({ orderNo: 1 });
schema.index({ docNo: 1 });
schema.index({ connectionId: 1, number: 1 }); // parcels come with our number
schema.index({ createdAt: -1, _id: -1 });

export const PushModel = database.model("push", schema, "pushes");
