import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";

/** Who did what that must be answered for. Append-only: nothing in the hub changes or removes a row. */
export interface AuditRow {
	_id: string;
	at: Date;
	actor: string; // see mixins/actor.ts
	what: string; // order.reveal, rule.update …
	ref: string; // of what: an order's id, a rule's name …
	purpose: string; // why, where one is asked for; "" elsewhere
	ip: string; // of the caller; "" from inside the hub
}

const text = { type: String, required: true };
const words = { type: String, default: "" };

const schema = new Schema<AuditRow>(
	{ _id: text, at: { type: Date, required: true }, actor: text, what: text, ref: words, purpose: words, ip: words },
	{ strict: "throw", versionKey: false },
);
// Each offered filter with the list's order behind it.
for (const filter of ["actor", "what", "ref"]) schema.index({ [filter]: 1, at: -1, _id: -1 });
schema.index({ at: -1, _id: -1 });

export const AuditModel = database.model("audit", schema, "audit");
