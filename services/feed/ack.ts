import { hubError } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import { lastSeq } from "./append.ts";
import { type FeedEntry, FeedModel, type FeedTopic, PositionModel } from "./feed.model.ts";
import { positionId, seqOf, told } from "./read.ts";

export interface Acknowledgement {
	topic: FeedTopic;
	cursor: string; // of the last item the ERP has
}

/**
 * The ERP has all up to the cursor: the orders are in it, the recalled ones out of it. Safe to repeat, late and out of
 * order: a position only goes forward, and each order is told of once.
 * @throws INVALID for a cursor that no item had
 */
export async function acknowledge(
	ctx: HubContext<Acknowledgement>,
	client: string,
): Promise<{ topic: FeedTopic; upTo: string }> {
	const { topic, cursor } = ctx.params;
	const upTo = seqOf(cursor);
	if (upTo > (await lastSeq())) throw hubError("INVALID", "cursor is ahead of the feed", { field: "cursor" });
	const open = await FeedModel.find({ topic: "orders", settled: false, takenBy: client, seq: { $lte: upTo } }).lean<
		FeedEntry[]
	>();
	if (topic === "orders" && open.length) {
		await ctx.call("event.publish", { events: open.map((entry) => told(entry, client, "done")) });
		await FeedModel.updateMany({ _id: { $in: open.map(({ _id }) => _id) } }, { $set: { settled: true } });
	}
	await PositionModel.updateOne({ _id: positionId(client, topic) }, { $max: { upTo } }, { upsert: true });
	return { topic, upTo: cursor };
}
