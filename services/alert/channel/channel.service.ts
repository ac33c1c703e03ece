import type { Service, ServiceSchema } from "moleculer";
import { hubError } from "../../../config/errors.ts";
import type { HubContext } from "../../../mixins/actor.ts";
import { consumer } from "../../../mixins/consumer.ts";
import { ownsModels } from "../../../mixins/database.ts";
import { due, wake } from "../../../mixins/due.ts";
import { alertKinds, alertLevels } from "../alert.model.ts";
import { type Channel, ChannelModel, channelKinds, channelLanguages } from "./channel.model.ts";
import {
	type ChannelChange,
	createChannel,
	deleteChannel,
	getChannel,
	listChannels,
	type NewChannel,
	storedChannel,
	targetOf,
	updateChannel,
} from "./channel.ts";
import { failingChannels } from "./failing.ts";
import { NoticeModel } from "./notice.model.ts";
import { noteAlert, tellChannel } from "./notices.ts";
import type { Message } from "./protocol.ts";
import { sendMessage } from "./send.ts";
import { wordsOf } from "./words.ts";

type ById = HubContext<{ id: string }>;

const id = "string|min:1|max:60";
const address = "email|max:200";
const url = "string|min:1|max:500";
const secret = "string|max:200";
const language = { type: "enum", values: [...channelLanguages] } as const;
const wishes = {
	from: { type: "email", empty: true, max: 200 },
	to: { type: "array", max: 20, unique: true, items: address },
	levels: { type: "array", unique: true, items: { type: "enum", values: [...alertLevels] } },
	kinds: { type: "array", unique: true, items: { type: "enum", values: [...alertKinds] } },
	shops: { type: "array", max: 200, unique: true, items: "string|min:1|max:100" },
} as const;
const optional = <T extends Record<string, object>>(rules: T) =>
	Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, { ...rule, optional: true }]));

/** alertChannel: where people are told of alerts: chat groups and mail. Changes are in the audit. */
const ChannelService: ServiceSchema = {
	name: "alertChannel",
	mixins: [
		consumer({
			name: "alert-channels",
			subjects: ["hub.alert.raised", "hub.alert.closed"],
			async handle(service, event) {
				if (await noteAlert(event)) wake(service);
			},
		}),
		due<Channel>(ChannelModel, { concurrency: 4, leaseMs: 60_000, handle: tellChannel }),
		ownsModels(ChannelModel, NoticeModel), // starts first and stops last
	],
	actions: {
		/** Returns a ChannelView, as do the others. `url` and `secret` are never shown again. */
		create: {
			params: {
				$$strict: true,
				id: { type: "string", pattern: "^[A-Za-z0-9_-]{1,60}$", optional: true },
				name: "string|trim|min:1|max:60",
				kind: { type: "enum", values: [...channelKinds] },
				url,
				secret: { type: "string", max: 200, default: "" },
				from: { ...wishes.from, default: "" },
				to: { ...wishes.to, default: [] },
				levels: { ...wishes.levels, default: [] },
				kinds: { ...wishes.kinds, default: [] },
				shops: { ...wishes.shops, default: [] },
				language: { ...language, default: "zh-CN" },
			},
			async handler(ctx: HubContext<NewChannel>) {
				await ctx.call("audit.record", { what: "alert-channel.create", ref: ctx.params.name });
				return createChannel(ctx.params);
			},
		},
		/** What is left out stays. What waited for the channel is sent at once. */
		update: {
			params: {
				$$strict: true,
				id,
				name: "string|trim|min:1|max:60|optional",
				url: `${url}|optional`,
				secret: `${secret}|optional`,
				...optional(wishes),
				language: { ...language, optional: true },
				status: { type: "enum", values: ["ACTIVE", "DISABLED"], optional: true },
			},
			async handler(this: Service, ctx: HubContext<ChannelChange>) {
				await ctx.call("audit.record", { what: "alert-channel.update", ref: ctx.params.id });
				const updated = await updateChannel(ctx.params);
				wake(this);
				return updated;
			},
		},
		remove: {
			params: { $$strict: true, id },
			async handler(ctx: ById): Promise<void> {
				await ctx.call("audit.record", { what: "alert-channel.remove", ref: ctx.params.id });
				await deleteChannel(ctx.params.id);
			},
		},
		list: { params: { $$strict: true }, handler: () => listChannels() },
		get: { params: { $$strict: true, id }, handler: (ctx: ById) => getChannel(ctx.params.id) },
		/** Sends a message now and waits for its answer. Returns {sent: true}. @throws NOT_FOUND, CHANNEL_REFUSED with why */
		test: {
			timeout: 30_000,
			params: { $$strict: true, id },
			async handler(ctx: ById) {
				const channel = await storedChannel(ctx.params.id);
				const { title, line } = wordsOf[channel.language].test;
				const message: Message = { title, lines: [line], tone: "over" };
				const reason = await sendMessage(channel.kind, targetOf(channel), message, new Date());
				if (reason) throw hubError("CHANNEL_REFUSED", reason, { id: channel._id });
				return { sent: true };
			},
		},
		/** Channels that have not taken a message for some time: FailingChannel[]. */
		failing: { visibility: "public", params: { $$strict: true }, handler: () => failingChannels() }, // for alerts
	},
};

export default ChannelService;
