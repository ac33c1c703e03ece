import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { outboxField, outboxIndex, type Pending } from "../../mixins/outbox.ts";

/** What is there of an ERP SKU in one warehouse. */
export interface WarehouseStock {
	warehouse: string; // the ERP's name of it; "" for an ERP that tells none
	quantity: number;
	at: Date; // when it was so, by the ERP's clock
}

/** How many pieces of an ERP SKU are for sale. `_id` = the ERP's code. */
export interface Stock {
	_id: string;
	quantity: number; // of all warehouses
	warehouses: WarehouseStock[];
	version: number; // rises with every stored telling
	outbox: Pending[];
	createdAt: Date;
	updatedAt: Date;
}

const quantity = { type: Number, required: true, min: 0, validate: Number.isSafeInteger };

const schema = new Schema<Stock>(
	{
		_id: { type: String, required: true },
		quantity,
		warehouses: [{ _id: false, warehouse: { type: String, default: "" }, quantity, at: Date }],
		version: { type: Number, required: true },
		outbox: outboxField,
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index({ createdAt: -1, _id: -1 });
schema.index(...outboxIndex);

export const StockModel = database.model("stock", schema, "stocks");
