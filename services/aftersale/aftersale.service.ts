import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { consumer } from "../../mixins/consumer.ts";
import { ownsModels } from "../../mixins/database.ts";
import { due, wake } from "../../mixins/due.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import { orderId } from "../order/order.ts";
import { type ShopScope, scopeOf } from "../shop/scope.ts";
import type { ShopView } from "../shop/shop.ts";
import { type Aftersale, type AftersaleDocument, AftersaleModel } from "./aftersale.model.ts";
import {
	aftersaleStatuses,
	aftersaleTypes,
	type Decision,
	decisionActions,
	isSettled,
	type PlatformAftersale,
} from "./aftersale.ts";
import { carryOut, leaseMs } from "./carry-out.ts";
import { askDecision } from "./decide.ts";
import { decisionStates } from "./decision.ts";
import { recordErpOutcome } from "./erp-outcome.ts";
import { type ErpResult, takeErpResult } from "./erp-result.ts";
import { erpWords } from "./erp-words.ts";
import type { Cause } from "./events.ts";
import { aftersaleErpStates } from "./hub-part.ts";
import { type AftersaleQuery, getAftersale, listAftersales, summariseAftersales } from "./list.ts";
import { decisionParams, optionalText, platformAftersaleParams, receiptParams } from "./params.ts";
import { refusalReasons, returnAddresses } from "./platform-choices.ts";
import { type GivenReceipt, receiveGoods } from "./receive.ts";
import { countSellersTurn, refundsByPlatform } from "./report.ts";
import { saveAftersale } from "./save.ts";
import { tabs } from "./tabs.ts";
import { AftersaleTimelineModel } from "./timeline.model.ts";
import { aftersaleTimeline, keepTimeline } from "./timeline.ts";
import { type AftersaleView, viewOf } from "./view.ts";

type ById = HubContext<{ id: string }>;

const id = "string|min:3|max:200";
const day = { type: "date", convert: true, optional: true };

/** aftersale: the only writer of the aftersales collection. */
const AftersaleService: ServiceSchema = {
	name: "aftersale",
	mixins: [
		outbox(AftersaleModel, keepTimeline),
		due<AftersaleDocument>(AftersaleModel, { concurrency: 8, leaseMs, handle: carryOutAndTell }),
		consumer({
			name: "aftersale-push-outcomes",
			subjects: ["hub.push.*", "hub.delivery.parked"],
			handle: (service, event) => recordErpOutcome(event).then(() => nudge(service)),
		}),
		ownsModels(AftersaleModel, AftersaleTimelineModel), // starts first and stops last
	],
	actions: {
		/**
		 * Stores one platform after-sale. Safe to repeat, in any order and from several processes.
		 *
		 * Params: a PlatformAftersale. Returns {id, result}: "stale" when a newer version is stored already.
		 */
		save: {
			visibility: "public", // by the pull, never by the gateway
			params: platformAftersaleParams,
			timeout: 40_000, // a parcel of its order may be being told of
			async handler(this: Service, ctx: HubContext<PlatformAftersale>) {
				const { platform, shopId, orderNo, aftersaleNo: no, status, modifiedAt } = ctx.params;
				// The order first: nobody who can see the after-sale may still ship the order.
				const settledAt = isSettled(status) ? modifiedAt : null;
				await ctx.call("order.noteAftersale", { id: orderId(platform, shopId, orderNo), no, settledAt });
				const saved = await saveAftersale(ctx.params, causeOf(ctx));
				if (saved.result === "created" || saved.result === "updated") {
					nudge(this);
					// The order itself has changed with it; word of it may get lost, as the pull comes by anyway.
					ctx.emit("aftersale.saved", { shopId, orderNo });
				}
				return saved;
			},
		},
		/** An AftersaleView, as the actions below answer too. */
		get: {
			params: { $$strict: true, id },
			handler: (ctx: ById) => getAftersale(ctx.params.id, scopeOf(ctx)),
		},
		list: {
			params: {
				$$strict: true,
				tab: { type: "enum", values: [...tabs], optional: true },
				status: { type: "enum", values: [...aftersaleStatuses], optional: true },
				type: { type: "enum", values: [...aftersaleTypes], optional: true },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				orderId: "string|max:200|optional",
				decisionState: { type: "enum", values: [...decisionStates], optional: true },
				erpState: { type: "enum", values: [...aftersaleErpStates], optional: true },
				deadlineBefore: day,
				q: "string|max:20000|optional",
				from: day,
				to: day,
				...pageParams,
			},
			handler: (ctx: HubContext<AftersaleQuery>) => listAftersales(ctx.params, scopeOf(ctx)),
		},
		/** Counts for the dashboard, of all shops in reach or of one: an AftersaleSummary. */
		summary: {
			params: { $$strict: true, shopId: "string|max:100|optional" },
			handler: (ctx: HubContext<{ shopId?: string }>) =>
				summariseAftersales(narrowed(scopeOf(ctx), ctx.params.shopId), new Date()),
		},
		/** PlatformRefunds[], applied for in [from, to). */
		refundsByPlatform: {
			visibility: "public", // by the report service, which keeps it for a while
			timeout: 30_000,
			params: { $$strict: true, from: { type: "date", convert: true }, to: { type: "date", convert: true } },
			handler: (ctx: HubContext<{ from: Date; to: Date }>) => refundsByPlatform(ctx.params, scopeOf(ctx)),
		},
		/** How many wait for the seller: {sellersTurn}. */
		work: {
			visibility: "public",
			params: { $$strict: true },
			handler: async (ctx: HubContext<object>) => ({ sellersTurn: await countSellersTurn(scopeOf(ctx)) }),
		},
		timeline: {
			params: { $$strict: true, id },
			handler: (ctx: ById) => aftersaleTimeline(ctx.params.id, scopeOf(ctx)),
		},
		/**
		 * Answers an after-sale: the answer is kept, and the platform told after it. Safe to repeat.
		 * @throws AFTERSALE_NOT_READY with the legal moves, CONFLICT while another answer is on its way, INVALID,
		 * CARRIER_UNKNOWN, NOT_FOUND
		 */
		decide: {
			params: { $$strict: true, id, action: { type: "enum", values: [...decisionActions] }, ...decisionParams },
			handler: change((ctx: HubContext<Decision & { id: string }>) => {
				const { id, ...decision } = ctx.params;
				return askDecision(id, decision, causeOf(ctx));
			}),
		},
		/** What an ERP says of an after-sale: a seller's answer, or one of its own words (erp-words.ts). As `decide`. */
		result: {
			params: {
				$$strict: true,
				id,
				action: { type: "enum", values: [...decisionActions, ...erpWords] },
				...decisionParams,
				...receiptParams,
			},
			handler: change((ctx: HubContext<ErpResult & { id: string }>, aftersale) => {
				const { id: _, ...result } = ctx.params;
				return takeErpResult(aftersale, result, causeOf(ctx));
			}),
		},
		/** Notes goods that came back, whole or in part. What follows from it is for a flow or a person to decide. */
		receive: {
			params: { $$strict: true, id, note: optionalText(500), ...receiptParams },
			handler: change((ctx: HubContext<GivenReceipt & { id: string }>) => {
				const { id, ...receipt } = ctx.params;
				return receiveGoods(id, receipt, causeOf(ctx));
			}),
		},
		/** By what it may be refused, in the platform's words: {items: RefusalReason[]}. */
		reasons: {
			timeout: 25_000,
			params: { $$strict: true, id },
			handler: async (ctx: ById) => refusalReasons(ctx, await getAftersale(ctx.params.id, scopeOf(ctx))),
		},
		/** Where goods may be sent back to: {items: ReturnAddress[]}. The seller's own addresses, no people's data. */
		addresses: {
			timeout: 25_000,
			params: { $$strict: true, shopId: "string|min:1|max:60" },
			async handler(ctx: HubContext<{ shopId: string }>) {
				const { shopId } = ctx.params;
				const { platform } = await ctx.call<ShopView, object>("shop.get", { id: shopId }); // refuses one out of reach
				return returnAddresses(ctx, platform, shopId);
			},
		},
	},
};

/** One shop of those in reach; none when it is out of reach. */
function narrowed(scope: ShopScope, shopId: string | undefined): ShopScope {
	if (!shopId) return scope;
	return scope === "*" || scope.includes(shopId) ? [shopId] : [];
}

/** A change of an after-sale in reach of the caller; its events leave, and its work begins, at once. */
function change<T extends { id: string }>(work: (ctx: HubContext<T>, before: AftersaleView) => Promise<Aftersale>) {
	return async function (this: Service, ctx: HubContext<T>): Promise<AftersaleView> {
		const before = await getAftersale(ctx.params.id, scopeOf(ctx));
		const changed = await work(ctx, before);
		wake(this);
		nudge(this);
		return viewOf(changed);
	};
}

async function carryOutAndTell(service: Service, aftersale: AftersaleDocument): Promise<void> {
	const { _id: aftersaleId, decision } = aftersale;
	const state = await carryOut(service.broker, aftersale);
	service.logger.info("decision worked on", { aftersaleId, action: decision?.action, found: decision?.state, state });
	wake(service); // what was taken is read again
	nudge(service);
}

const causeOf = (ctx: HubContext<unknown>): Cause => ({ by: actorOf(ctx), traceId: ctx.requestID ?? "" });

export default AftersaleService;
