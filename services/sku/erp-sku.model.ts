import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type ErpSku, erpSkuStatuses } from "./erp-sku.ts";

const text = { type: String, default: "" };
const needed = { type: String, required: true };

const schema = new Schema<ErpSku>(
	{
		_id: needed,
		name: text,
		unit: text,
		barcode: text,
		status: { ...needed, enum: erpSkuStatuses },
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index({ createdAt: -1, _id: -1 });
schema.index({ status: 1, createdAt: -1, _id: -1 });
schema.index({ barcode: 1 });

export const ErpSkuModel = database.model("erp_sku", schema, "erp_skus");
