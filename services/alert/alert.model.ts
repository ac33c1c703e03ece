import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";

export const alertKinds = [
	"shop.token-expired", // nothing is pulled or shipped for the shop
	"shop.token-expiring",
	"pull.behind", // a list of a shop has not been read through for a while
	"window.failed",
	"window.gap",
	"recall.refused", // the ERP will not give back an order that is not to be delivered
	"recall.waiting", // it was not asked, or has not answered
	"shipment.waiting", // a parcel that no flow has let go, for long or with its deadline near
	"parcel.stray", // an ERP has sent it, and no order can take it
	"record.parked", // an order, an after-sale or a product that could not be taken
	"delivery.parked", // an event that no flow or service could handle
	"channel.failed", // people are told of nothing by it; told of on the dashboard alone
	"flow.raised", // by a flow; settled by one too, or by a person
] as const;
export type AlertKind = (typeof alertKinds)[number];

export const alertLevels = ["warning", "critical"] as const;

/**
 * Something that is wrong now and that a person should know of. It follows from the state of things, and goes with it; but
 * for what flows raise.
 */
export interface Trouble {
	key: string; // the same for the same trouble
	kind: AlertKind;
	level: (typeof alertLevels)[number];
	ref: Record<string, string>; // what it is about: shopId, kind, id …
	reason: string;
}

export interface Alert extends Omit<Trouble, "key"> {
	_id: string; // the trouble's key
	state: "OPEN" | "CLOSED";
	since: Date;
	until: Date | null; // when it was over
	times: number; // how often it came back
}

export interface AlertDocument extends Alert {
	outbox: Pending[];
}

const needed = { type: String, required: true };

const schema = new Schema<AlertDocument>(
	{
		_id: needed,
		kind: { ...needed, enum: alertKinds },
		level: { ...needed, enum: alertLevels },
		ref: { type: Object, default: {} },
		reason: { type: String, default: "" },
		state: { ...needed, enum: ["OPEN", "CLOSED"] },
		since: { type: Date, required: true },
		until: { type: Date, default: null },
		times: { type: Number, required: true },
		outbox: outboxField,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index(...outboxIndex);
schema.index({ state: 1, since: -1, _id: -1 });
schema.index({ since: -1, _id: -1 });
schema.index({ until: 1 }, { expireAfterSeconds: 90 * 24 * 3_600 });

export const AlertModel = database.model("alert", schema, "alerts");
