import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** Who did what that must be answered for. Append-only: nothing in the hub changes or removes a row. */
export interface AuditRow {
	_id: string;
	seq: number; // 1, 2, 3 … without a gap; absent in rows of before the chain
	mac: string; // proves this row and the one before, see chain.ts
	at: Date;
	actor: string; // see mixins/actor.ts
	what: string; // an action: order.reveal, rule.update …
	ref: string; // of what: an order's id, a rule's name …
	purpose: string; // why, where one is asked for; of a changed setting the names of what was given; "" elsewhere
	ip: string; // of the caller; "" from inside the hub
}

const text = { type: String, required: true };
const words = { type: String, default: "" };

const schema = new Schema<AuditRow>(
	{
		_id: text,
		seq: { type: Number, required: true },
		mac: text,
		at: { type: Date, required: true },
		actor: text,
		what: text,
		ref: words,
		purpose: words,
		ip: words,
	},
	{ strict: "throw", versionKey: false },
);
// Each offered filter with the list's order behind it.
for (const filter of ["actor", "what", "ref"]) schema.index({ [filter]: 1, at: -1, _id: -1 });
schema.index({ at: -1, _id: -1 });
schema.index({ seq: 1 }, { unique: true, sparse: true });

export const AuditModel = database.model<AuditRow>("audit", schema, "audit");
