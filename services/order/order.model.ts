import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";
import { erpStates, holdReasons, lineRefunds, type Order, orderStatuses } from "./order.ts";

export interface OrderDocument extends Order {
	contentHash: string; // of what the platform told last
	outbox: Pending[];
}

const text = { type: String, default: "" };
const needed = { type: String, required: true };
const fen = { type: Number, required: true, validate: Number.isSafeInteger };
const count = { type: Number, required: true, min: 0, validate: Number.isSafeInteger };
const status = { ...needed, enum: orderStatuses };

const line = new Schema(
	{
		lineId: needed,
		platformSkuId: text,
		outerSku: text,
		title: text,
		spec: text,
		imageUrl: text,
		quantity: count,
		priceFen: fen,
		discountFen: fen,
		paidFen: fen,
		gift: Boolean,
		status,
		refund: { ...needed, enum: lineRefunds },
		erpSku: text,
		shippedQty: count,
	},
	{ _id: false, strict: "throw" },
);

const receiver = {
	name: text,
	phone: text,
	address: text,
	province: text,
	city: text,
	district: text,
	town: text,
	cipher: text,
	platformKey: text,
};

const money = {
	goodsFen: fen,
	freightFen: fen,
	discountSellerFen: fen,
	discountPlatformFen: fen,
	paidFen: fen,
	receivableFen: fen,
};

const schema = new Schema<OrderDocument>(
	{
		_id: needed,
		platform: needed,
		shopId: needed,
		orderNo: needed,
		status,
		rawStatus: needed,
		flags: [String],
		placedAt: { type: Date, required: true },
		paidAt: { type: Date, default: null },
		modifiedAt: { type: Date, required: true },
		shipDeadline: { type: Date, default: null },
		buyer: { nick: text, openId: text },
		receiver,
		memo: { buyer: text, seller: text, flag: text },
		money,
		lines: [line],
		holds: [{ _id: false, reason: { ...needed, enum: holdReasons }, at: Date, by: needed }],
		ready: Boolean,
		erp: { state: { ...needed, enum: erpStates }, connectionId: text, docNo: text, reason: text, at: Date },
		parcels: [
			{
				_id: false,
				carrier: needed,
				trackingNo: needed,
				lines: [{ _id: false, lineId: needed, quantity: count }],
				shippedAt: Date,
			},
		],
		fence: count,
		version: count,
		contentHash: needed,
		outbox: outboxField,
		createdAt: Date,
		updatedAt: Date,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index(...outboxIndex);
// Each offered filter with the list's order behind it, so that a page costs the same at any size.
for (const filter of ["status", "platform", "shopId", "holds.reason", "erp.state"]) {
	schema.index({ [filter]: 1, placedAt: -1, _id: -1 });
}
schema.index({ placedAt: -1, _id: -1 });
schema.index({ updatedAt: 1 }, { partialFilterExpression: { ready: true, "erp.state": "NONE" } }); // forgotten.ts
schema.index({ orderNo: 1 });
schema.index({ "parcels.trackingNo": 1 });
schema.index({ "lines.outerSku": 1, placedAt: -1 });

export const OrderModel = database.model("order", schema, "orders");

/** One thing that happened to an order. Append-only; `_id` is the event's id. */
export interface TimelineEntry {
	_id: string;
	orderId: string;
	version: number;
	at: Date;
	what: string; // order.created, order.held …
	by: string;
	change: Record<string, unknown>; // field -> [before, after], or the facts of what happened
}

const timelineSchema = new Schema<TimelineEntry>(
	{
		_id: needed,
		orderId: needed,
		version: Number,
		at: Date,
		what: needed,
		by: needed,
		change: { type: Object, default: {} },
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
timelineSchema.index({ orderId: 1, at: 1, version: 1 });

export const TimelineModel = database.model("timeline", timelineSchema, "timeline");
