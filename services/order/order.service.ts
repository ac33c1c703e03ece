import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { consumer } from "../../mixins/consumer.ts";
import { ownsModels } from "../../mixins/database.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { every } from "../../mixins/every.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { holdOrder, releaseOrder, repushOrder } from "./decisions.ts";
import { type Cause, timelineEntry } from "./events.ts";
import { offerForgotten } from "./forgotten.ts";
import { getOrder, listOrders, type OrderQuery, orderTimeline, summarise } from "./list.ts";
import { OrderModel, TimelineModel } from "./order.model.ts";
import { erpStates, type HoldReason, holdReasons, orderStatuses, type PlatformOrder } from "./order.ts";
import { recordOutcome, recordShipment } from "./outcomes.ts";
import { platformOrderParams } from "./params.ts";
import { saveOrder } from "./save.ts";

const id = "string|min:3|max:200";
const day = { type: "date", convert: true, optional: true };

/** order: the only writer of the orders collection. */
const OrderService: ServiceSchema = {
	name: "order",
	mixins: [
		outbox(OrderModel, keepTimeline),
		consumer({
			name: "order-push-outcomes",
			subjects: ["hub.push.*", "hub.delivery.parked"],
			handle: (service, event) => recordOutcome(event).then(() => nudge(service)),
		}),
		consumer({
			name: "order-shipment-outcomes",
			subjects: ["hub.shipment.*"],
			handle: (service, event) => recordShipment(event).then(() => nudge(service)),
		}),
		every(60_000, (service) => offerForgotten(new Date()).then(() => nudge(service))),
		ownsModels(OrderModel, TimelineModel), // starts first and stops last
	],
	actions: {
		/**
		 * Stores one platform order. Safe to repeat, in any order and from several processes.
		 *
		 * Params: a PlatformOrder (order.ts). Returns {id, result}: "stale" when a newer version is stored already.
		 */
		save: {
			visibility: "public", // by the pull, never by the gateway
			params: platformOrderParams,
			async handler(this: Service, ctx: HubContext<PlatformOrder>) {
				const saved = await saveOrder(ctx.params, causeOf(ctx));
				if (saved.result === "created" || saved.result === "updated") nudge(this);
				return saved;
			},
		},
		get: {
			params: { $$strict: true, id },
			handler: (ctx: HubContext<{ id: string }>) => getOrder(ctx.params.id, scopeOf(ctx)),
		},
		list: {
			params: {
				$$strict: true,
				status: { type: "enum", values: [...orderStatuses], optional: true },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				hold: { type: "enum", values: [...holdReasons], optional: true },
				erpState: { type: "enum", values: [...erpStates], optional: true },
				q: "string|max:20000|optional",
				from: day,
				to: day,
				sort: { type: "enum", values: ["-placedAt", "placedAt"], default: "-placedAt" },
				...pageParams,
			},
			handler: (ctx: HubContext<OrderQuery>) => listOrders(ctx.params, scopeOf(ctx)),
		},
		timeline: {
			params: { $$strict: true, id },
			handler: (ctx: HubContext<{ id: string }>) => orderTimeline(ctx.params.id, scopeOf(ctx)),
		},
		summary: {
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => summarise(scopeOf(ctx)),
		},
		hold: {
			params: { $$strict: true, id, reason: { type: "enum", values: ["MANUAL", "RISK"], default: "MANUAL" } },
			handler: decision((ctx: HubContext<{ id: string; reason: HoldReason }>) =>
				holdOrder(ctx.params.id, ctx.params.reason, causeOf(ctx)),
			),
		},
		release: {
			params: { $$strict: true, id, reason: { type: "enum", values: [...holdReasons], default: "MANUAL" } },
			handler: decision((ctx: HubContext<{ id: string; reason: HoldReason }>) =>
				releaseOrder(ctx.params.id, ctx.params.reason, causeOf(ctx)),
			),
		},
		/** Offers a ready order to the flows again, say after its mapping was corrected. */
		repush: {
			params: { $$strict: true, id },
			handler: decision((ctx: HubContext<{ id: string }>) => repushOrder(ctx.params.id, causeOf(ctx))),
		},
	},
};

/** A person's decision on an order in reach of that person; its events leave at once. */
function decision<T extends { id: string }>(decide: (ctx: HubContext<T>) => Promise<unknown>) {
	return async function (this: Service, ctx: HubContext<T>) {
		await getOrder(ctx.params.id, scopeOf(ctx));
		await decide(ctx);
		nudge(this);
		return getOrder(ctx.params.id, "*");
	};
}

/** Written before the events go out; a repeat finds its rows there. */
async function keepTimeline(events: HubEvent[]): Promise<void> {
	await TimelineModel.bulkWrite(
		events.map((event) => {
			const { _id, ...entry } = timelineEntry(event);
			return { updateOne: { filter: { _id }, update: { $setOnInsert: entry }, upsert: true } };
		}),
		{ ordered: false },
	);
}

const causeOf = (ctx: HubContext<unknown>): Cause => ({ by: actorOf(ctx), traceId: ctx.requestID ?? "" });

export default OrderService;
