import { Schema } from "mongoose";
import { database } from "../../../mixins/database.ts";
import { type Due, dueFields, dueIndex } from "../../../mixins/due.ts";
import { type Alert, type AlertKind, alertKinds, alertLevels } from "../alert.model.ts";

export const channelKinds = ["dingtalk", "wecom", "feishu", "mail"] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const channelLanguages = ["zh-CN", "en-US"] as const;
export type ChannelLanguage = (typeof channelLanguages)[number];

/**
 * Where people are told of alerts: a robot of a chat group, or mail. Due while something waits to be told. What it wants
 * is told by `levels`, `kinds` and `shops`; an empty list is all there are.
 */
export interface Channel extends Due {
	name: string;
	kind: ChannelKind;
	host: string; // of the address, for people to know it by
	sealed: { url: string; secret: string }; // encrypted: the address alone lets anybody write to the group
	from: string; // of mail
	to: string[];
	levels: Alert["level"][];
	kinds: AlertKind[];
	shops: string[];
	language: ChannelLanguage;
	status: "ACTIVE" | "DISABLED";
	failures: number; // in a row
	reason: string; // of the last one; "" when it took the last message
	createdAt: Date;
	updatedAt: Date;
}

const text = { type: String, required: true };
const words = { type: String, default: "" };

const schema = new Schema<Channel>(
	{
		_id: text,
		name: text,
		kind: { ...text, enum: channelKinds },
		host: text,
		sealed: { url: text, secret: words },
		from: words,
		to: [String],
		levels: [{ type: String, enum: alertLevels }],
		kinds: [{ type: String, enum: alertKinds }],
		shops: [String],
		language: { ...text, enum: channelLanguages },
		status: { ...text, enum: ["ACTIVE", "DISABLED"] },
		failures: { type: Number, default: 0 },
		reason: words,
		...dueFields,
	},
	{ strict: "throw", timestamps: true, versionKey: false },
);
schema.index(...dueIndex);

export const ChannelModel = database.model("alert_channel", schema, "alert_channels");
