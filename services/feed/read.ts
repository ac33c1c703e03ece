/** What a client fetches: the entries after a cursor that are still true, each with its document as it is now. */
import { hubError, typeOf } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import type { HubEvent } from "../../mixins/event.ts";
import type { Order } from "../order/order.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type FeedEntry, FeedModel, type FeedTopic, PositionModel } from "./feed.model.ts";

export interface FeedQuery {
	topic: FeedTopic;
	cursor?: string; // of an item; left out: the position acknowledged
	limit: number;
}

export interface FeedItem {
	cursor: string; // acknowledges this item and all before it
	what: FeedEntry["what"];
	at: Date;
	order?: Order; // of topic orders: people masked
	aftersale?: object; // of topic aftersales
}

export interface FeedPage {
	items: FeedItem[];
	nextCursor: string | null; // null: nothing more is there now
}

export const cursorOf = (seq: number): string => Buffer.from(`feed:${seq}`).toString("base64url");

/** @throws INVALID for a cursor that is none */
export function seqOf(cursor: string): number {
	const [, digits] = /^feed:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
	if (digits === undefined)
		throw hubError("INVALID", "cursor is not one that the feed answered with", { field: "cursor" });
	return Number(digits);
}

export const positionId = (client: string, topic: FeedTopic): string => `${client}|${topic}`;

/** As orders and events name the ERP behind a client. */
export const connectionOf = (client: string): string => `feed:${client}`;

export async function readFeed(ctx: HubContext<FeedQuery>, client: string, scope: ShopScope): Promise<FeedPage> {
	const { topic, cursor, limit } = ctx.params;
	const acknowledged = await PositionModel.findById(positionId(client, topic)).lean();
	let after = cursor === undefined ? (acknowledged?.upTo ?? 0) : seqOf(cursor);
	const items: FeedItem[] = [];
	for (;;) {
		const entries = await FeedModel.find({
			topic,
			seq: { $gt: after },
			settled: false,
			takenBy: { $in: ["", client] },
			...(scope !== "*" && { shopId: { $in: scope } }),
		})
			.sort({ seq: 1 })
			.limit(limit - items.length)
			.lean<FeedEntry[]>();
		const found = await Promise.all(entries.map((entry) => itemOf(ctx, client, entry)));
		items.push(...found.filter((item) => item !== null));
		after = entries.at(-1)?.seq ?? after;
		if (!entries.length) return { items, nextCursor: null };
		if (items.length === limit) return { items, nextCursor: cursorOf(after) };
	}
}

/** Null for what is not to be done any more. */
async function itemOf(ctx: HubContext<FeedQuery>, client: string, entry: FeedEntry): Promise<FeedItem | null> {
	const { seq, what, at, subjectId: id } = entry;
	const item = { cursor: cursorOf(seq), what, at };
	if (entry.topic === "aftersales") {
		const aftersale = await foundBy(ctx.call<object, object>("aftersale.get", { id }));
		return aftersale && { ...item, aftersale };
	}
	const order = await foundBy(ctx.call<Order, object>("order.get", { id }));
	if (!order) return null;
	const isTaken =
		what === "recall" ? await takeRecall(client, entry, order) : await takeOrder(ctx, client, entry, order);
	return isTaken ? { ...item, order } : null;
}

const foundBy = <T>(call: Promise<T>): Promise<T | null> =>
	call.catch((err: Error) => {
		if (typeOf(err) === "NOT_FOUND") return null;
		throw err;
	});

/** The one client's that has the order. */
async function takeRecall(client: string, entry: FeedEntry, { erp }: Order): Promise<boolean> {
	if (erp.recall.state !== "WANTED" || erp.connectionId !== connectionOf(client)) return false;
	return take(client, entry, { fence: 0, revision: erp.revision });
}

/**
 * Hands the order to this client and nobody else. From then on it may be in the ERP, so the hub is told before the
 * answer goes out: a refund that comes now makes a recall. Orders that are held or have another ERP are let go; being
 * ready anew is a new entry.
 */
async function takeOrder(
	ctx: HubContext<FeedQuery>,
	client: string,
	entry: FeedEntry,
	{ ready, contentFence: fence, erp }: Order,
): Promise<boolean> {
	const isFree = erp.state === "NONE" || erp.state === "CANCELLED";
	if (!ready || !(isFree || erp.connectionId === connectionOf(client))) {
		if (!entry.takenBy) await FeedModel.updateOne({ _id: entry._id, takenBy: "" }, { $set: { settled: true } });
		return false;
	}
	const as = { fence, revision: erp.revision };
	if (!(await take(client, entry, as))) return false;
	if (isFree) await ctx.call("event.publish", { events: [told({ ...entry, ...as }, client, "doubtful")] });
	return true;
}

async function take(client: string, { _id }: FeedEntry, as: Pick<FeedEntry, "fence" | "revision">): Promise<boolean> {
	const free = { _id, settled: false, takenBy: { $in: ["", client] } };
	const { matchedCount } = await FeedModel.updateOne(free, { $set: { takenBy: client, ...as } });
	return matchedCount === 1;
}

/** What became of the order, or of its recall, at the client's ERP: in the words of a push. */
export function told(entry: FeedEntry, client: string, verb: "doubtful" | "done"): HubEvent {
	const { _id, subjectId: orderId, what, fence, revision } = entry;
	const body = { orderId, revision, connectionId: connectionOf(client), docNo: "", reason: "" };
	return {
		id: `feed:${_id}:${verb}`,
		subject: `hub.push.${verb}`,
		at: new Date().toISOString(),
		traceId: "",
		body: what === "recall" ? { ...body, kind: "cancel" } : { ...body, kind: "order", fence },
	};
}
