/** A person's call about one order: who it is, why, and whether the order is in reach. */
import type { Service } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { nudge } from "../../mixins/outbox.ts";
import { scopeOf } from "../shop/scope.ts";
import type { MatchedPart, SkuQuestion } from "../sku/sku-link.ts";
import type { Cause } from "./events.ts";
import { getOrder } from "./list.ts";
import type { AskSkus } from "./match.ts";
import type { Order } from "./order.ts";

/** Why, in a person's own words; kept in the order's timeline. */
export const note = { type: "string", trim: true, max: 200, optional: true } as const;

export const causeOf = (ctx: HubContext<unknown>): Cause => {
	const { note: why } = ctx.params as { note?: string };
	return { by: actorOf(ctx), traceId: ctx.requestID ?? "", ...(why && { note: why }) };
};

export const skusBy = (ctx: HubContext<unknown>): AskSkus => {
	return (question) => ctx.call<MatchedPart[][], SkuQuestion>("sku.resolve", question);
};

/** A person's decision on an order in reach of that person; its events leave at once. Returns the order after it. */
export function decision<T extends { id: string }>(
	decide: (this: Service, ctx: HubContext<T>, order: Order) => Promise<unknown>,
) {
	return async function (this: Service, ctx: HubContext<T>): Promise<Order> {
		await decide.call(this, ctx, await getOrder(ctx.params.id, scopeOf(ctx)));
		nudge(this);
		return getOrder(ctx.params.id, "*");
	};
}
