import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { linkSources, type SkuLink } from "./sku-link.ts";

const text = { type: String, default: "" };
const needed = { type: String, required: true };
const version = {
	parts: [{ _id: false, erpSku: needed, quantity: { type: Number, required: true, min: 1 } }],
	source: { ...needed, enum: linkSources },
	effectiveFrom: { type: Date, default: null },
};

const schema = new Schema<SkuLink>(
	{
		_id: needed,
		platform: needed,
		shopId: needed,
		platformSkuId: text,
		outerSku: text,
		...version,
		earlier: [{ _id: false, ...version }],
		by: needed,
		version: { type: Number, default: 0 },
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index({ createdAt: -1, _id: -1 });
schema.index({ shopId: 1, createdAt: -1, _id: -1 });
schema.index({ "parts.erpSku": 1 });
schema.index({ "earlier.parts.erpSku": 1 });
schema.index({ platformSkuId: 1 });
schema.index({ outerSku: 1 });

export const SkuLinkModel = database.model("sku_link", schema, "sku_links");
