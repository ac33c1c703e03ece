import type { Service, ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { consumer } from "../../mixins/consumer.ts";
import { ownsModels } from "../../mixins/database.ts";
import { every } from "../../mixins/every.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import { reseals } from "../../mixins/reseal.ts";
import { scopeOf } from "../shop/scope.ts";
import { WaitingMarkModel } from "./aftersale-mark.model.ts";
import { noteAftersale } from "./aftersale-marks.ts";
import { causeOf, decision, skusBy } from "./desk.ts";
import { deskActions } from "./desk-actions.ts";
import { withErpLines } from "./erp-lines.ts";
import { orderFigures } from "./figures.ts";
import { fillIn } from "./fill-in.ts";
import { countParams, listParams, type OrderFilter, type OrderQuery, type TallyQuery, tallyParams } from "./filters.ts";
import { offerForgotten } from "./forgotten.ts";
import { type HeldQuery, heldCounts, heldOrders } from "./held.ts";
import { importActions } from "./import/actions.ts";
import { countOrders, getOrder, listOrders, summarise } from "./list.ts";
import { openRecalls } from "./open-recalls.ts";
import { OrderModel } from "./order.model.ts";
import { holdReasons, type PlatformOrder } from "./order.ts";
import { recordOutcome, recordShipment, recordWaybill } from "./outcomes.ts";
import { platformOrderParams } from "./params.ts";
import { rematchOrder, rematchWaiting, saveMatched, type Waiting } from "./rematch.ts";
import { reportActions } from "./report-actions.ts";
import { RevealCountModel } from "./reveal-quota.ts";
import { forgetRules } from "./rules-known.ts";
import { sealedOrders } from "./sealed.ts";
import { claimShipping, endShipping } from "./shipping-claim.ts";
import { sidesOf } from "./sides.ts";
import { tallyOf } from "./tally.ts";
import { TimelineModel, VersionModel } from "./timeline.model.ts";
import { keepTimeline, orderAt, orderTimeline } from "./timeline.ts";
import { unmatchedSkus } from "./unmatched.ts";

const id = "string|min:3|max:200";

/** order: the only writer of the orders collection. */
const OrderService: ServiceSchema = {
	name: "order",
	mixins: [
		outbox(OrderModel, keepTimeline),
		reseals(sealedOrders),
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
		consumer({
			name: "order-waybills",
			subjects: ["hub.waybill.*"],
			handle: (_service, event) => recordWaybill(event),
		}),
		every(10_000, fillIn),
		every(60_000, (service) => offerForgotten(new Date()).then(() => nudge(service))),
		ownsModels(OrderModel, TimelineModel, VersionModel, WaitingMarkModel, RevealCountModel), // starts first and stops last
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
				const saved = await saveMatched(ctx.params, causeOf(ctx), readAtOf(ctx), skusBy(ctx));
				if (saved.result === "created" || saved.result === "updated") {
					this.logger.info("order saved", { orderId: saved.id, result: saved.result });
					nudge(this);
				}
				return saved;
			},
		},
		/**
		 * Makes the caller the one who tells the platform of a parcel now, until it says `endShipping`: no hold is stored in
		 * between. `fence`: of the order when it was decided to ship.
		 * @throws ORDER_HELD, ORDER_NOT_READY, CONFLICT while somebody else is at it
		 */
		claimShipping: {
			visibility: "public",
			params: { $$strict: true, id, fence: "number|integer|min:0", by: "string|min:1|max:300" },
			handler: (ctx: HubContext<{ id: string; fence: number; by: string }>) =>
				claimShipping(ctx.params.id, ctx.params.fence, ctx.params.by),
		},
		endShipping: {
			visibility: "public",
			params: { $$strict: true, id, by: "string|min:1|max:300" },
			handler: (ctx: HubContext<{ id: string; by: string }>) => endShipping(ctx.params.id, ctx.params.by),
		},
		/** An after-sale of the order, before it is stored itself: open ones hold it. Waits while a parcel is being told of. */
		noteAftersale: {
			visibility: "public",
			timeout: 30_000,
			params: {
				$$strict: true,
				id,
				no: "string|min:1|max:64",
				settledAt: { type: "date", convert: true, nullable: true },
			},
			async handler(this: Service, ctx: HubContext<{ id: string; no: string; settledAt: Date | null }>) {
				const { id, ...mark } = ctx.params;
				await noteAftersale(id, mark, causeOf(ctx));
				nudge(this);
			},
		},
		/** With `at`: as it was then, without what would decrypt the receiver; NOT_FOUND where that is not known. */
		get: {
			params: { $$strict: true, id, at: { type: "date", convert: true, optional: true } },
			handler: async (ctx: HubContext<{ id: string; at?: Date }>) => {
				const { id, at } = ctx.params;
				return withErpLines(at ? await orderAt(id, at, scopeOf(ctx)) : await getOrder(id, scopeOf(ctx)));
			},
		},
		list: {
			params: listParams,
			handler: (ctx: HubContext<OrderQuery>) => listOrders(ctx.params, scopeOf(ctx)),
		},
		/** How many orders each tab of the order centre has, at most two seconds ago: a Tally. */
		tally: {
			params: tallyParams,
			handler: (ctx: HubContext<TallyQuery>) => tallyOf(ctx.params, scopeOf(ctx)),
		},
		/** How many orders a list would have: {count}. */
		count: {
			visibility: "public", // for replays
			params: countParams,
			handler: (ctx: HubContext<OrderFilter>) => countOrders(ctx.params, scopeOf(ctx)),
		},
		timeline: {
			params: { $$strict: true, id },
			handler: (ctx: HubContext<{ id: string }>) => orderTimeline(ctx.params.id, scopeOf(ctx)),
		},
		/** The order as its platform, the hub and the ERP have it now, and what to do next: Sides. */
		sides: {
			timeout: 20_000,
			params: { $$strict: true, id },
			handler: async (ctx: HubContext<{ id: string }>) => sidesOf(ctx, await getOrder(ctx.params.id, scopeOf(ctx))),
		},
		/** Figure[]: orders that wait to be shipped. */
		figures: { visibility: "public", params: { $$strict: true }, handler: () => orderFigures() },
		summary: {
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => summarise(scopeOf(ctx)),
		},
		/** Matches the order's lines with the links as they are now. What the ERP may have stays as it is there. */
		rematch: {
			params: { $$strict: true, id },
			handler: decision((ctx: HubContext<{ id: string }>) => rematchOrder(ctx.params.id, skusBy(ctx), causeOf(ctx))),
		},
		/**
		 * One page of the orders that wait for a link of these SKUs, matched anew. Safe to repeat.
		 * Returns {looked, released, after}: `after` is where to go on; null: these were all.
		 */
		rematchWaiting: {
			visibility: "public", // by the sku service
			params: {
				$$strict: true,
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				field: { type: "enum", values: ["platformSkuId", "outerSku"] },
				values: "string[]|max:20000",
				after: "string|max:200",
			},
			async handler(this: Service, ctx: HubContext<Waiting & { after: string }>) {
				const { after, ...waiting } = ctx.params;
				const page = await rematchWaiting(waiting, after, skusBy(ctx), causeOf(ctx));
				nudge(this);
				return page;
			},
		},
		/** Orders that an ERP should give back and has not: OpenRecall[], at most 200. */
		openRecalls: {
			visibility: "public", // for alerts
			params: { $$strict: true },
			handler: () => openRecalls(),
		},
		/** Open orders that wait for a person, by what holds them: {items: HeldOrder[], nextCursor}. */
		held: {
			params: {
				$$strict: true,
				reason: { type: "enum", values: [...holdReasons] },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				...pageParams,
			},
			handler: (ctx: HubContext<HeldQuery>) => heldOrders(ctx.params, scopeOf(ctx)),
		},
		/** How many there are of each reason: {items: {reason, orders}[]}. */
		heldCounts: {
			params: { $$strict: true, platform: "string|max:30|optional", shopId: "string|max:100|optional" },
			handler: (ctx: HubContext<Pick<HeldQuery, "platform" | "shopId">>) => heldCounts(ctx.params, scopeOf(ctx)),
		},
		/** The platforms' SKUs that open orders wait for, those of most orders first; at most 200. */
		unmatchedSkus: {
			visibility: "public", // by the sku service, which adds what it would suggest
			params: { $$strict: true, shopId: "string|max:100|optional" },
			handler: (ctx: HubContext<{ shopId?: string }>) => unmatchedSkus(ctx.params.shopId, scopeOf(ctx)),
		},
		...deskActions,
		...importActions,
		...reportActions,
	},
	events: {
		"rule.changed": forgetRules,
	},
};

/** When the platform was asked for what is saved, as the pull says. */
function readAtOf({ meta }: HubContext<unknown>): Date | null {
	const { readAt } = meta as { readAt?: string };
	return readAt ? new Date(readAt) : null;
}

export default OrderService;
