/** From an alert's event to a message: noted for each channel that wants it, told together, repeated until it is taken. */
import type { Service } from "moleculer";
import type { HubEvent } from "../../../mixins/event.ts";
import type { Trouble } from "../alert.model.ts";
import { type Channel, ChannelModel } from "./channel.model.ts";
import { targetOf } from "./channel.ts";
import { messageOf } from "./message.ts";
import { NoticeModel, noticeKeptMs } from "./notice.model.ts";
import { sendMessage } from "./send.ts";

/** What comes within it after a message is told by the next one; all robots take six messages a minute. */
export const gatherMs = 10_000;
const longestPauseMs = 10 * 60_000;
const mostAtOnce = 500;

type Told = Omit<Trouble, "key"> & { alertId: string };

/** @returns whether some channel has to be told */
export async function noteAlert({ id, subject, at, body }: HubEvent): Promise<boolean> {
	const { alertId, kind, level, ref, reason } = body as unknown as Told;
	const happenedAt = new Date(at);
	if (kind === "channel.failed") return false; // on the dashboard: it would go out by the channels that work, for ever
	if (Date.now() - happenedAt.getTime() > noticeKeptMs) return false;
	const active = await ChannelModel.find({ status: "ACTIVE", createdAt: { $lte: happenedAt } }).lean<Channel[]>();
	const channelIds = active.filter((channel) => wants(channel, { kind, level, ref })).map(({ _id }) => _id);
	if (!channelIds.length) return false;
	const over = subject === "hub.alert.closed";
	await NoticeModel.bulkWrite(
		channelIds.map((channelId) => ({
			updateOne: {
				filter: { _id: `${channelId}:${id}` },
				update: { $setOnInsert: { channelId, alertId, kind, level, ref, reason, over, at: happenedAt } },
				upsert: true,
			},
		})),
	);
	await rouse(channelIds);
	return true;
}

/** Noted first, roused second, and a channel at rest looks again: so none of them is left lying. */
async function rouse(channelIds: readonly string[]): Promise<void> {
	const atRest = { _id: { $in: channelIds }, nextAt: { $exists: false } };
	await ChannelModel.updateMany(atRest, { $set: { nextAt: new Date() }, $inc: { turn: 1 } });
}

function wants(
	{ kinds, levels, shops }: Channel,
	{ kind, level, ref }: Pick<Trouble, "kind" | "level" | "ref">,
): boolean {
	const has = <T>(wanted: readonly T[], value: T): boolean => !wanted.length || wanted.includes(value);
	return has(kinds, kind) && has(levels, level) && has(shops, ref.shopId ?? "");
}

/** One turn of a channel: one message for all that waits. At least once: a crash after it was taken repeats it. */
export async function tellChannel({ logger }: Service, channel: Channel): Promise<void> {
	const { _id: channelId, kind, status, failures } = channel;
	if (status === "DISABLED") await NoticeModel.deleteMany({ channelId });
	const waiting = await NoticeModel.find({ channelId }).sort({ at: 1, _id: 1 }).limit(mostAtOnce).lean();
	if (!waiting.length) return rest(channel);
	const reason = await sendMessage(kind, targetOf(channel), messageOf(waiting, channel.language), new Date());
	if (reason) {
		logger.warn("alert channel refused", { channelId, kind, failures: failures + 1, reason });
		const pauseMs = Math.min(longestPauseMs, gatherMs * 2 ** failures);
		return settle(channel, { failures: failures + 1, reason, nextAt: new Date(Date.now() + pauseMs) });
	}
	logger.info("alerts told", { channelId, kind, notices: waiting.length });
	await NoticeModel.deleteMany({ _id: { $in: waiting.map(({ _id }) => _id) } });
	await settle(channel, { failures: 0, reason: "", nextAt: new Date(Date.now() + gatherMs) });
}

async function settle({ _id, turn }: Channel, change: Partial<Channel>): Promise<void> {
	await ChannelModel.updateOne({ _id, turn }, { $set: change });
}

async function rest({ _id, turn }: Channel): Promise<void> {
	await ChannelModel.updateOne({ _id, turn }, { $unset: { nextAt: 1 } });
	if (await NoticeModel.exists({ channelId: _id })) await rouse([_id]);
}
