import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../mixins/due.ts";
import type { Waiting } from "../order/rematch.ts";

/**
 * What follows from a changed link or ERP SKU: product SKUs to be linked, and the orders that waited to be matched
 * anew. Done page by page, from `cursor` on; each page bears a repeat, so a job that was cut off is taken up by others.
 */
export interface SkuJob extends Due {
	/** Products whose SKUs are to be linked where they are not: those of the shops, or those with one of the codes. */
	products: { shopIds: string[] | null; codes: string[]; barcodes: string[] } | null;
	/** Orders that wait for one of these. `shop` null: of any shop. */
	orders: {
		shop: { platform: string; shopId: string } | null;
		field: Waiting["field"];
		values: string[];
	} | null;
	by: string;
	stage: "products" | "orders" | "done";
	cursor: string; // "" at the beginning of a stage
	linked: number; // SKUs that got a link
	released: number; // orders that waited and no longer do
	createdAt: Date;
	doneAt?: Date;
}

const text = { type: String, default: "" };
const count = { type: Number, default: 0 };
const texts = { type: [String], default: [] };

const schema = new Schema<SkuJob>(
	{
		_id: { type: String, required: true },
		products: {
			type: new Schema({ shopIds: { type: [String], default: null }, codes: texts, barcodes: texts }, { _id: false }),
			default: null,
		},
		orders: {
			type: new Schema(
				{
					shop: { type: new Schema({ platform: String, shopId: String }, { _id: false }), default: null },
					field: String,
					values: texts,
				},
				{ _id: false },
			),
			default: null,
		},
		by: { type: String, required: true },
		stage: { type: String, required: true, enum: ["products", "orders", "done"] },
		cursor: text,
		linked: count,
		released: count,
		createdAt: Date,
		doneAt: Date,
		...dueFields,
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index(...dueIndex);
schema.index({ doneAt: 1 }, { expireAfterSeconds: 7 * 86_400 });

export const SkuJobModel = database.model("sku_job", schema, "sku_jobs");
