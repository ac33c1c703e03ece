import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** A list as a person wants to see it again. */
export interface View {
	name: string;
	query: Record<string, string>; // as in the page's address
	columns: string[]; // by name, in order; none: those the page has by itself
}

/** One person's views of one page. `_id` = `<page>:<actor>`. */
export interface Views {
	_id: string;
	views: View[];
	updatedAt: Date;
}

const schema = new Schema<Views>(
	{
		_id: { type: String, required: true },
		views: [{ _id: false, name: String, query: Object, columns: [String] }],
		updatedAt: Date,
	},
	{ strict: "throw", minimize: false, timestamps: { createdAt: false, updatedAt: true }, versionKey: false },
);

export const ViewModel = database.model("view", schema, "views");
