/** An order as its platform, the hub and the ERP have it, beside each other. */
import type { HubContext } from "../../mixins/actor.ts";
import type { Attempt } from "../erp/push.model.ts";
import type { PushView } from "../erp/push-desk.ts";
import { type NextStep, nextStep } from "./next-step.ts";
import type { Order } from "./order.ts";
import { askPlatform, type PlatformSide } from "./platform-side.ts";
import { pushOf } from "./push-of.ts";
import { type SideDifference, sideDifferences } from "./side-differences.ts";

export interface Sides {
	platform: PlatformSide | null; // null: no platform knows it
	hub: Pick<Order, "status" | "holds" | "ready" | "fence" | "parcels" | "version" | "updatedAt">;
	erp: Order["erp"] & { push: PushSide | null }; // null: nothing was made for an ERP yet
	differences: SideDifference[];
	next: NextStep;
}

/** The document of the order that the ERP has, or is to have. */
export interface PushSide {
	id: string;
	connectionId: string;
	state: PushView["state"];
	docNo: string;
	reason: string;
	skipped: boolean;
	lastSent: Attempt | null;
	lastAsked: Attempt | null;
}

/** The platform is asked now; what it says beyond what is stored has the order read again, as a hint would. */
export async function sidesOf(ctx: HubContext<unknown>, order: Order): Promise<Sides> {
	const [asked, push] = await Promise.all([askPlatform(ctx, order), pushSide(ctx, order._id)]);
	const now = asked?.now ?? null;
	if (now && new Date(now.modifiedAt) > order.modifiedAt) {
		await ctx.call<void, object>("pull.hint", { shopId: order.shopId, kind: "orders", id: order.orderNo });
	}
	const { status, holds, ready, fence, parcels, version, updatedAt } = order;
	return {
		platform: asked?.side ?? null,
		hub: { status, holds, ready, fence, parcels, version, updatedAt },
		erp: { ...order.erp, push },
		differences: sideDifferences(order, now),
		next: nextStep(order, new Date()),
	};
}

async function pushSide(ctx: HubContext<unknown>, orderId: string): Promise<PushSide | null> {
	const push = await pushOf(ctx, orderId);
	if (!push) return null;
	const { attempts } = await ctx.call<PushView, object>("erp.get", { id: push._id });
	const last = (call: Attempt["call"]): Attempt | null => attempts.findLast((attempt) => attempt.call === call) ?? null;
	const { _id: id, connectionId, state, docNo, reason, skipped } = push;
	return { id, connectionId, state, docNo, reason, skipped, lastSent: last("SEND"), lastAsked: last("FIND") };
}
