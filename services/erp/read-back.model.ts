import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** Up to where the parcels of one ERP were read. `_id`: the connection's id. */
export interface ParcelCursor {
	_id: string;
	since: Date;
	leaseUntil: Date; // somebody reads until then
}

/**
 * A parcel that an ERP told of and that no order could take. It is offered again with each reading, for its cause may go:
 * a carrier gets its name, an order arrives. `_id` = `<connection>:<our number>:<tracking number>`.
 */
export interface StrayParcel {
	_id: string;
	connectionId: string;
	number: string;
	carrier: string;
	trackingNo: string;
	lines: { sku: string; quantity: number }[];
	reason: string;
	triedAt: Date;
	createdAt: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };
const strict = { strict: "throw", minimize: false, versionKey: false } as const;

export const ParcelCursorModel = database.model(
	"parcel_cursor",
	new Schema<ParcelCursor>({ _id: text, since: Date, leaseUntil: Date }, strict),
	"parcel_cursors",
);

const stray = new Schema<StrayParcel>(
	{
		_id: text,
		connectionId: text,
		number: text,
		carrier: words,
		trackingNo: words,
		lines: [{ _id: false, sku: String, quantity: Number }],
		reason: words,
		triedAt: Date,
		createdAt: Date,
	},
	strict,
);
stray.index({ connectionId: 1, triedAt: 1 });
stray.index({ createdAt: -1, _id: -1 });

export const StrayParcelModel = database.model("stray_parcel", stray, "stray_parcels");
