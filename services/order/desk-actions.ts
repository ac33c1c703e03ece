import type { Service, ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { nudge } from "../../mixins/outbox.ts";
import { type RevealPurpose, revealPurposes } from "../platform/adapter.ts";
import { scopeOf } from "../shop/scope.ts";
import { type BulkCall, bulk, bulkActions, bulkMost } from "./bulk.ts";
import { closeOrder, reopenOrder } from "./close.ts";
import { auditOrder, handReasons, holdOrder, releaseOrder, repushOrder, retellOrder } from "./decisions.ts";
import { causeOf, decision, note, skusBy } from "./desk.ts";
import { getOrder } from "./list.ts";
import { type ManualOrder, manualOrder } from "./manual.ts";
import { type HoldReason, holdReasons, memoFlags } from "./order.ts";
import { manualOrderParams } from "./params.ts";
import { type Remark, remarkOrder } from "./remark.ts";
import { saveMatched } from "./rematch.ts";
import { revealReceiver } from "./reveal.ts";
import { tagsParam } from "./tags.ts";

const id = "string|min:3|max:200";
const flag = { type: "enum", values: [...memoFlags], optional: true } as const;
const text = "string|max:500";
const waitMs = 40_000; // no hold is stored while a platform is being told of a parcel
const slowMs = 90_000; // as long as platforms may keep a bulk call busy

type OnOrder<T = unknown> = HubContext<{ id: string } & T>;

/** What people do with orders. Each on one order returns it as it is afterwards, and throws NOT_FOUND out of reach. */
export const deskActions: NonNullable<ServiceSchema["actions"]> = {
	hold: {
		timeout: waitMs,
		params: { $$strict: true, id, reason: { type: "enum", values: [...handReasons], default: "MANUAL" }, note },
		handler: decision((ctx: OnOrder<{ reason: HoldReason }>) =>
			holdOrder(ctx.params.id, ctx.params.reason, causeOf(ctx)),
		),
	},
	release: {
		params: { $$strict: true, id, reason: { type: "enum", values: [...holdReasons], default: "MANUAL" }, note },
		handler: decision((ctx: OnOrder<{ reason: HoldReason }>) =>
			releaseOrder(ctx.params.id, ctx.params.reason, causeOf(ctx)),
		),
	},
	/** Lets an order go that a rule stopped for a person to look at. */
	audit: {
		params: { $$strict: true, id, note },
		handler: decision((ctx: OnOrder) => auditOrder(ctx.params.id, causeOf(ctx))),
	},
	/** Offers a ready order to the flows again, say after its mapping was corrected. */
	repush: {
		params: { $$strict: true, id },
		handler: decision((ctx: OnOrder) => repushOrder(ctx.params.id, causeOf(ctx))),
	},
	/** Has the flow of changes tell the ERP of an order that it has, say after its mapping was corrected. */
	retell: {
		visibility: "public", // by replays, which have shown what would change
		params: { $$strict: true, id },
		handler: decision((ctx: OnOrder) => retellOrder(ctx.params.id, causeOf(ctx))),
	},
	/** Gives an order up in the hub alone; see close.ts. */
	close: {
		timeout: waitMs,
		params: { $$strict: true, id, note },
		handler: decision((ctx: OnOrder) => closeOrder(ctx.params.id, causeOf(ctx))),
	},
	reopen: {
		params: { $$strict: true, id, note },
		handler: decision((ctx: OnOrder) => reopenOrder(ctx.params.id, causeOf(ctx))),
	},
	/** Writes the seller's note and flag to the platform; the order shows them a moment later. */
	remark: {
		timeout: slowMs,
		params: { $$strict: true, id, text, flag },
		handler: decision(function (ctx: OnOrder<Remark>, order) {
			return remarkOrder(this, ctx, order, ctx.params, causeOf(ctx));
		}),
	},
	/** One action on up to 1,000 orders. Returns {results: [{id, ok, type?, detail?}], done, failed}; see bulk.ts. */
	bulk: {
		timeout: slowMs,
		params: {
			$$strict: true,
			action: { type: "enum", values: bulkActions },
			ids: { type: "array", min: 1, max: bulkMost, unique: true, items: id },
			reason: { type: "enum", values: [...holdReasons], optional: true },
			note,
			text: `${text}|optional`,
			flag,
			tags: { ...tagsParam, optional: true },
			parcels: {
				type: "array",
				max: bulkMost,
				optional: true,
				items: {
					type: "object",
					strict: true,
					props: { carrier: "string|min:1|max:40", trackingNo: "string|max:60" },
				},
			},
		},
		handler(this: Service, ctx: HubContext<BulkCall>) {
			return bulk(this, ctx);
		},
	},
	/** Enters an order by hand, for a shop of the hub. Returns it; throws CONFLICT when its number is taken. */
	create: {
		params: manualOrderParams,
		async handler(this: Service, ctx: HubContext<ManualOrder>) {
			await ctx.call("shop.get", { id: ctx.params.shopId }); // refuses a shop that is not the caller's
			const order = manualOrder(ctx.params, new Date());
			const { id: created } = await saveMatched(order, causeOf(ctx), null, skusBy(ctx));
			nudge(this);
			return getOrder(created, "*");
		},
	},
	/** Where the order goes, in plain text: for the caller alone, counted and audited. Returns a PlainReceiver. */
	reveal: {
		timeout: slowMs,
		params: { $$strict: true, id, purpose: { type: "enum", values: [...revealPurposes] } },
		async handler(ctx: OnOrder<{ purpose: RevealPurpose }>) {
			return revealReceiver(ctx, await getOrder(ctx.params.id, scopeOf(ctx)), ctx.params.purpose);
		},
	},
};
