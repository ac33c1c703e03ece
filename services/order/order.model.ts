import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";
import { erpStates, holdReasons, labelStates, lineRefunds, type Order, orderStatuses } from "./order.ts";
import type { Found } from "./search.ts";

export interface OrderDocument extends Order, Found {
	contentHash: string; // of what the platform told last
	/** Somebody tells the platform of a parcel at this moment: see shipping-claim.ts. */
	shipping: { by: string; until: Date } | null;
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
		erpUnit: text,
		parts: [
			{
				_id: false,
				erpSku: needed,
				erpUnit: text,
				quantity: count,
				priceFen: fen,
				discountFen: fen,
				paidFen: fen,
			},
		],
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
	phoneTail: text,
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
		erp: {
			state: { ...needed, enum: erpStates },
			connectionId: text,
			docNo: text,
			reason: text,
			at: Date,
			revision: { type: Number, default: 1 },
			recall: { state: { type: String, default: "NONE" }, why: text, reason: text },
		},
		aftersales: [{ _id: false, no: needed, settledAt: { type: Date, default: null } }],
		shipping: { type: new Schema({ by: needed, until: Date }, { _id: false }), default: null },
		parcels: [
			{
				_id: false,
				carrier: needed,
				trackingNo: needed,
				lines: [{ _id: false, lineId: needed, quantity: count }],
				shippedAt: Date,
			},
		],
		labels: {
			type: [
				{
					_id: false,
					parcelNo: Number,
					carrier: text,
					trackingNo: text,
					state: { ...needed, enum: labelStates },
					version: Number,
				},
			],
			default: [],
		},
		tags: { type: [String], default: [] },
		closedInHub: { type: new Schema({ at: Date, by: needed }, { _id: false }), default: null },
		fence: count,
		contentFence: { type: Number, default: 0 },
		version: count,
		numbers: [String],
		stage: String,
		marks: [String],
		contentHash: needed,
		outbox: outboxField,
		createdAt: Date,
		updatedAt: Date,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index(...outboxIndex);
// Each offered filter with the list's order behind it, so that a page costs the same at any size.
const filters = [
	"status",
	"platform",
	"shopId",
	"holds.reason",
	"erp.state",
	"numbers",
	"buyer.openId",
	"receiver.phoneTail",
	"flags",
	"memo.flag",
	"stage",
	"marks",
	"tags",
	"receiver.province",
	"parcels.carrier",
];
for (const filter of filters) {
	schema.index({ [filter]: 1, placedAt: -1, _id: -1 });
}
schema.index({ placedAt: -1, _id: -1 });
schema.index({ "money.paidFen": 1 });
// The tally of the tabs counts these alone: see tally.ts.
schema.index({ shopId: 1, stage: 1, placedAt: -1, _id: -1 });
schema.index({ platform: 1, stage: 1, placedAt: -1, _id: -1 });
schema.index({ platform: 1, shopId: 1, stage: 1, placedAt: -1, _id: -1 });
schema.index({ updatedAt: 1 }, { partialFilterExpression: { ready: true } }); // forgotten.ts
schema.index({ status: 1, shipDeadline: 1, _id: 1 });
// open-recalls.ts
schema.index({ updatedAt: 1, _id: 1 }, { partialFilterExpression: { "erp.recall.why": { $gt: "" } } });
// What waits for a link: rematch.ts.
const waiting = { partialFilterExpression: { "holds.reason": "SKU_UNMATCHED" } };
schema.index({ "lines.platformSkuId": 1, _id: 1 }, waiting);
schema.index({ "lines.outerSku": 1, _id: 1 }, waiting);

export const OrderModel = database.model("order", schema, "orders");
