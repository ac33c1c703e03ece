import type { Service, ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { type ConsumerLoop, startConsumer } from "../../mixins/consumer-loop.ts";
import { ownsModels } from "../../mixins/database.ts";
import { pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { type Acknowledgement, acknowledge } from "./ack.ts";
import { append, fedSubjects } from "./append.ts";
import { FeedModel, feedTopics, PositionModel } from "./feed.model.ts";
import { type FeedPage, type FeedQuery, positionId, readFeed } from "./read.ts";

const topic = { type: "enum", values: [...feedTopics] } as const;
const spec = {
	name: "feed",
	subjects: [...fedSubjects],
	ackWaitMs: 30_000,
	maxAttempts: 8,
	backoffMs: [500, 2_000, 5_000, 15_000, 60_000],
};

/**
 * feed: for ERPs that cannot be called. They fetch what is there for them and acknowledge it; each client has its own
 * position, and gets again what it did not acknowledge. Nothing is kept for it before a client fetches for the first
 * time: from then on everything, beginning with the events that are still kept.
 */
const FeedService: ServiceSchema = {
	name: "feed",
	dependencies: ["event", "order", "aftersale"],
	mixins: [ownsModels(FeedModel, PositionModel)],
	actions: {
		/** Returns a FeedPage, oldest first. @throws INVALID for a cursor that is none */
		fetch: {
			params: { $$strict: true, topic, ...pageParams },
			async handler(this: Service, ctx: HubContext<FeedQuery>): Promise<FeedPage> {
				const client = clientOf(ctx);
				const _id = positionId(client, ctx.params.topic);
				const { upsertedCount } = await PositionModel.updateOne(
					{ _id },
					{ $setOnInsert: { upTo: 0 } },
					{ upsert: true },
				);
				if (upsertedCount) await ctx.broadcast("feed.used");
				return readFeed(ctx, client, scopeOf(ctx));
			},
		},
		/** Returns {topic, upTo}. Safe to repeat, late and out of order. @throws INVALID for a cursor that no item had */
		ack: {
			params: { $$strict: true, topic, cursor: "string|min:1|max:500" },
			handler: (ctx: HubContext<Acknowledgement>) => acknowledge(ctx, clientOf(ctx)),
		},
	},
	events: {
		"feed.used": {
			handler(this: Service) {
				begin(this);
			},
		},
	},
	async started() {
		if (await PositionModel.exists({})) begin(this);
	},
	async stopped() {
		await loops.get(this)?.stop();
	},
};

const loops = new WeakMap<Service, ConsumerLoop>();

function begin(service: Service): void {
	if (loops.has(service)) return;
	// One after the other: writers at once would only contend for the same number.
	const take = { broker: service.broker, spec, concurrency: 1 };
	loops.set(service, startConsumer({ ...take, handle: ({ event }) => append(event) }));
}

/** @throws FORBIDDEN for people: what is handed out would be taken for being in an ERP */
function clientOf(ctx: HubContext<unknown>): string {
	const [kind, id] = actorOf(ctx).split(":");
	if (kind !== "client" || !id) throw hubError("FORBIDDEN", "the feed is for programs");
	return id;
}

export default FeedService;
