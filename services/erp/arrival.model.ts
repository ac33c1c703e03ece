import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import type { Pieces } from "./driver.ts";

/** What came back of one after-sale, each telling once. `_id`: that of the push that told the ERP of the after-sale. */
export interface Arrivals {
	_id: string;
	parts: { part: string; good: Pieces[]; defective: Pieces[] }[];
}

const pieces = [{ _id: false, sku: String, quantity: Number }];

export const ArrivalsModel = database.model(
	"erp_arrival",
	new Schema<Arrivals>(
		{
			_id: { type: String, required: true },
			parts: [{ _id: false, part: { type: String, default: "" }, good: pieces, defective: pieces }],
		},
		{ strict: "throw", minimize: false, versionKey: false },
	),
	"erp_arrivals",
);
