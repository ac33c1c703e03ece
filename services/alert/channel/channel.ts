/** What administrators do with alert channels. */
import { randomUUID } from "node:crypto";
import { hubError } from "../../../config/errors.ts";
import { decrypt, encrypt } from "../../../mixins/secret.ts";
import { type Channel, ChannelModel } from "./channel.model.ts";
import { NoticeModel } from "./notice.model.ts";
import type { Target } from "./protocol.ts";

/** A channel as people see it: where it leads, never its address or secret. */
export interface ChannelView extends Omit<Channel, "sealed" | "nextAt" | "turn"> {
	signed: boolean; // a secret is set
}

type Wishes = Pick<Channel, "name" | "from" | "to" | "levels" | "kinds" | "shops" | "language">;
export type NewChannel = Wishes & Pick<Channel, "kind"> & { id?: string; url: string; secret: string };
export type ChannelChange = { id: string } & Partial<
	Wishes & Pick<Channel, "status"> & { url: string; secret: string }
>;

const purpose = "alert-channel";
export const sealedChannels = {
	model: ChannelModel,
	purpose,
	pathsOf: () => ["sealed.url", "sealed.secret"],
};

/** @throws INVALID naming the field, CONFLICT when the id is taken */
export async function createChannel({
	id: _id = randomUUID(),
	url,
	secret,
	...wishes
}: NewChannel): Promise<ChannelView> {
	checkMail(wishes);
	const host = hostOf(wishes.kind, url);
	const sealed = { url: encrypt(purpose, _id, url), secret: secret && encrypt(purpose, _id, secret) };
	try {
		const stored = await ChannelModel.create({ _id, ...wishes, host, sealed, status: "ACTIVE" });
		return viewOf(stored.toObject());
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		throw hubError("CONFLICT", `there is an alert channel ${_id} already`, { id: _id });
	}
}

/** What is left out stays. What waited for the channel is tried anew at once. @throws NOT_FOUND, INVALID */
export async function updateChannel({ id, url, secret, ...wishes }: ChannelChange): Promise<ChannelView> {
	const before = await storedChannel(id);
	checkMail({ ...before, ...wishes });
	const change: Record<string, unknown> = { ...wishes, failures: 0, reason: "" };
	if (url !== undefined) {
		change.host = hostOf(before.kind, url);
		change["sealed.url"] = encrypt(purpose, id, url);
	}
	if (secret !== undefined) change["sealed.secret"] = secret && encrypt(purpose, id, secret);
	const updated = await ChannelModel.findByIdAndUpdate(
		id,
		{ $set: { ...change, nextAt: new Date() }, $inc: { turn: 1 } },
		{ returnDocument: "after", runValidators: true },
	).lean<Channel>();
	if (!updated) throw notFound(id);
	return viewOf(updated);
}

/** With what it has not told. @throws NOT_FOUND */
export async function deleteChannel(id: string): Promise<void> {
	const { deletedCount } = await ChannelModel.deleteOne({ _id: id });
	if (!deletedCount) throw notFound(id);
	await NoticeModel.deleteMany({ channelId: id });
}

export async function listChannels(): Promise<{ items: ChannelView[] }> {
	const items = await ChannelModel.find().sort({ createdAt: 1, _id: 1 }).limit(200).lean<Channel[]>();
	return { items: items.map(viewOf) };
}

/** @throws NOT_FOUND */
export const getChannel = async (id: string): Promise<ChannelView> => viewOf(await storedChannel(id));

/** @throws NOT_FOUND */
export async function storedChannel(id: string): Promise<Channel> {
	const channel = await ChannelModel.findById(id).lean<Channel>();
	if (!channel) throw notFound(id);
	return channel;
}

/** In plain text, for whoever sends. */
export const targetOf = ({ _id, sealed: { url, secret }, from, to }: Channel): Target => ({
	url: decrypt(purpose, _id, url),
	secret: secret && decrypt(purpose, _id, secret),
	from,
	to,
});

const notFound = (id: string): Error => hubError("NOT_FOUND", `alert channel ${id}`, { id });

const protocols = { dingtalk: /^https?:$/, wecom: /^https?:$/, feishu: /^https?:$/, mail: /^smtps?:$/ } as const;

/** Nothing of a wrong address is told: it may be right but for a letter. */
function hostOf(kind: Channel["kind"], url: string): string {
	const parsed = URL.parse(url);
	if (parsed?.host && protocols[kind].test(parsed.protocol)) return parsed.host;
	const form = kind === "mail" ? "smtps://user:password@host:port" : "the address that the group's robot shows";
	throw hubError("INVALID", `url must be ${form}`, { field: "url" });
}

function checkMail({ kind, from, to }: Pick<Channel, "kind" | "from" | "to">): void {
	if (kind !== "mail") return;
	if (!from) throw hubError("INVALID", "mail needs a sender", { field: "from" });
	if (!to.length) throw hubError("INVALID", "mail needs somebody to go to", { field: "to" });
}

function viewOf({ sealed, nextAt: _, turn: __, ...rest }: Channel): ChannelView {
	return { ...rest, signed: sealed.secret !== "" };
}
