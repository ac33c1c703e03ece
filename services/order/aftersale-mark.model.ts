import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { GatheredReads } from "../../mixins/gathered-reads.ts";
import type { AftersaleMark } from "./order.ts";

/** An after-sale that was told of before its order was here. */
export interface WaitingMark extends AftersaleMark {
	_id: string; // <order>|<after-sale>
	orderId: string;
	at: Date;
}

const needed = { type: String, required: true };
const keepSec = 30 * 24 * 3_600;

const schema = new Schema<WaitingMark>(
	{
		_id: needed,
		orderId: needed,
		no: needed,
		settledAt: { type: Date, default: null },
		at: { type: Date, required: true },
	},
	{ strict: "throw", versionKey: false },
);
schema.index({ orderId: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: keepSec });

export const WaitingMarkModel = database.model("aftersale_mark", schema, "aftersale_marks");

const allMarks = new GatheredReads<WaitingMark>(WaitingMarkModel, "orderId");

export const waitingMarks = async (orderId: string): Promise<WaitingMark[]> =>
	(await allMarks.find([orderId])).get(orderId) ?? [];
