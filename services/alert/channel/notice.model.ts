import { Schema } from "mongoose";
import { database } from "../../../mixins/database.ts";
import { type Alert, alertKinds, alertLevels } from "../alert.model.ts";

/** What a channel has not told yet is old by then; the dashboard has it. */
export const noticeKeptMs = 24 * 3_600_000;

/** One thing that one channel is to tell. `_id` = `<channel>:<event>`. It goes when it was told. */
export interface Notice extends Pick<Alert, "kind" | "level" | "ref" | "reason"> {
	_id: string;
	channelId: string;
	alertId: string;
	over: boolean; // the alert was closed; else it was raised
	at: Date;
}

const text = { type: String, required: true };

const schema = new Schema<Notice>(
	{
		_id: text,
		channelId: text,
		alertId: text,
		kind: { ...text, enum: alertKinds },
		level: { ...text, enum: alertLevels },
		ref: { type: Object, default: {} },
		reason: { type: String, default: "" },
		over: { type: Boolean, required: true },
		at: { type: Date, required: true },
	},
	{ strict: "throw", minimize: false, versionKey: false },
);
schema.index({ channelId: 1, at: 1, _id: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: noticeKeptMs / 1_000 });

export const NoticeModel = database.model("alert_notice", schema, "alert_notices");
