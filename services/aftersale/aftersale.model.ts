import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";
import { aftersaleStatuses, aftersaleTypes, decisionActions, type PlatformAftersale } from "./aftersale.ts";
import { decisionStates } from "./decision.ts";
import { aftersaleErpStates, conditions, type HubPart } from "./hub-part.ts";

/** The stored after-sale. `_id` = `<platform>:<shopId>:<aftersaleNo>`. */
export interface Aftersale extends PlatformAftersale, HubPart {
	_id: string;
	orderId: string; // of the order it is about, whether that is here yet or not
	version: number; // rises with every stored change
	createdAt: Date;
	updatedAt: Date;
}

/** Due while its decision has to be told to the platform, or it is to be read again after that. */
export interface AftersaleDocument extends Aftersale, Due {
	contentHash: string; // of what the platform told last
	outbox: Pending[];
}

const text = { type: String, default: "" };
const needed = { type: String, required: true };
const fen = { type: Number, required: true, validate: Number.isSafeInteger };
const count = { type: Number, required: true, min: 0, validate: Number.isSafeInteger };

const decision = new Schema(
	{
		action: { ...needed, enum: decisionActions },
		addressId: text,
		reasonCode: text,
		note: text,
		carrier: text,
		trackingNo: text,
		state: { ...needed, enum: decisionStates },
		by: needed,
		at: Date,
		asOf: Date,
		reason: text,
		doubtful: Boolean,
		tries: count,
		attempts: [{ _id: false, at: Date, ms: Number, outcome: String, reason: String }],
		traceId: text,
	},
	{ _id: false, strict: "throw" },
);

const receipt = new Schema(
	{ at: Date, by: needed, quantity: count, condition: { ...needed, enum: conditions }, note: text },
	{ _id: false, strict: "throw" },
);

const schema = new Schema<AftersaleDocument>(
	{
		_id: needed,
		platform: needed,
		shopId: needed,
		aftersaleNo: needed,
		orderId: needed,
		orderNo: needed,
		type: { ...needed, enum: aftersaleTypes },
		status: { ...needed, enum: aftersaleStatuses },
		rawType: text,
		rawStatus: needed,
		lines: [
			{
				_id: false,
				lineId: needed,
				platformSkuId: text,
				outerSku: text,
				title: text,
				quantity: count,
				refundFen: fen,
			},
		],
		refundFen: fen,
		reason: text,
		buyerNote: text,
		evidence: [String],
		refusal: text,
		returnParcel: { type: new Schema({ carrier: text, trackingNo: text }, { _id: false }), default: null },
		deadline: { type: Date, default: null },
		appliedAt: { type: Date, required: true },
		modifiedAt: { type: Date, required: true },
		decision: { type: decision, default: null },
		erp: {
			state: { ...needed, enum: aftersaleErpStates },
			connectionId: text,
			docNo: text,
			reason: text,
			at: Date,
			turn: { type: Number, default: 0 },
		},
		received: { type: receipt, default: null },
		version: count,
		contentHash: needed,
		outbox: outboxField,
		...dueFields,
		createdAt: Date,
		updatedAt: Date,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index(...outboxIndex);
schema.index(...dueIndex);
// Each offered filter with the list's order behind it, so that a page costs the same at any size.
for (const filter of ["status", "type", "platform", "shopId", "decision.state", "erp.state"]) {
	schema.index({ [filter]: 1, appliedAt: -1, _id: -1 });
}
schema.index({ appliedAt: -1, _id: -1 });
// Tabs of the after-sale centre, counted again and again: of one shop, and with what the ERP or the clock says.
schema.index({ status: 1, shopId: 1, appliedAt: -1, _id: -1 });
schema.index({ status: 1, "erp.state": 1, appliedAt: -1, _id: -1 });
schema.index({ status: 1, deadline: 1, _id: 1 });
schema.index({ deadline: 1, _id: 1 });
schema.index({ orderId: 1 });
schema.index({ aftersaleNo: 1 });
schema.index({ "returnParcel.trackingNo": 1 });

export const AftersaleModel = database.model("aftersale", schema, "aftersales");
