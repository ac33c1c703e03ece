/** From events to entries of the feed. */
import type { HubEvent } from "../../mixins/event.ts";
import { type FeedEntry, FeedModel, PositionModel } from "./feed.model.ts";

export const fedSubjects = [
	"hub.order.ready",
	"hub.order.recall",
	"hub.aftersale.created",
	"hub.aftersale.changed",
] as const;

type New = Pick<FeedEntry, "_id" | "topic" | "what" | "subjectId" | "shopId" | "at">;

/** Stores what the event tells once, however often it comes. */
export async function append({ id: _id, subject, at, body }: HubEvent): Promise<void> {
	const [, noun, verb] = subject.split(".");
	const topic = noun === "order" ? "orders" : "aftersales";
	const about = (body.order ?? body.aftersale) as { shopId: string };
	const subjectId = String(body.orderId && noun === "order" ? body.orderId : body.aftersaleId);
	await insert({ _id, topic, what: verb as FeedEntry["what"], subjectId, shopId: about.shopId, at: new Date(at) });
}

/**
 * Takes the number after the last one. Two writers want the same one, and the unique index lets one have it: so no
 * number is seen before all smaller ones are, and who has read up to a number has missed nothing.
 */
async function insert(entry: New): Promise<void> {
	for (;;) {
		try {
			await FeedModel.create({ ...entry, seq: (await lastSeq()) + 1 });
			return;
		} catch (err) {
			if ((err as { code?: number }).code !== 11000) throw err;
			if (await FeedModel.exists({ _id: entry._id })) return;
		}
	}
}

/** When old entries have expired down to none, positions still know how far it went. */
export async function lastSeq(): Promise<number> {
	const last = await FeedModel.findOne({}, { seq: 1 }).sort({ seq: -1 }).lean<FeedEntry>();
	if (last) return last.seq;
	const furthest = await PositionModel.findOne({}).sort({ upTo: -1 }).lean();
	return furthest?.upTo ?? 0;
}
