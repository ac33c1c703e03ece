import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import { type AuditRule, auditVerdicts } from "./audit-rule.ts";

const text = { type: String, required: true };

const schema = new Schema<AuditRule>(
	{
		_id: text,
		shopId: text,
		name: text,
		enabled: { type: Boolean, required: true },
		when: { type: Object, default: {} },
		// biome-ignore lint/suspicious/noThenProperty: a field of the stored rule, never awaited
		then: { ...text, enum: auditVerdicts },
	},
	{ strict: "throw", minimize: false, timestamps: true, versionKey: false },
);
schema.index({ shopId: 1, name: 1 }, { unique: true });
schema.index({ createdAt: -1, _id: -1 });

export const RuleModel = database.model("audit-rule", schema, "audit_rules");
