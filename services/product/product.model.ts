import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type PlatformProduct, productStatuses } from "./product.ts";

/** The stored product. `_id` = `<platform>:<shopId>:<productNo>`. */
export interface Product extends PlatformProduct {
	_id: string;
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, default: "" };
const needed = { type: String, required: true };
const fen = { type: Number, required: true, validate: Number.isSafeInteger };

const schema = new Schema<Product>(
	{
		_id: needed,
		platform: needed,
		shopId: needed,
		productNo: needed,
		outerCode: text,
		title: needed,
		imageUrl: text,
		status: { ...needed, enum: productStatuses },
		rawStatus: text,
		modifiedAt: { type: Date, required: true },
		skus: [
			{
				_id: false,
				platformSkuId: text,
				outerSku: text,
				spec: text,
				barcode: text,
				imageUrl: text,
				priceFen: fen,
				stock: { type: Number, required: true },
				onSale: Boolean,
			},
		],
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index({ shopId: 1, createdAt: -1, _id: -1 });
schema.index({ platform: 1, createdAt: -1, _id: -1 });
schema.index({ createdAt: -1, _id: -1 });
schema.index({ "skus.outerSku": 1 });
schema.index({ "skus.platformSkuId": 1 });
schema.index({ "skus.barcode": 1 });

export const ProductModel = database.model("product", schema, "products");
