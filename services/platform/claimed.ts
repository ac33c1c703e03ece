import type { Context } from "moleculer";

/** The order of which something is about to leave the house, as it was when that was decided. */
export interface ClaimedOrder {
	id: string;
	fence: number;
}

export const claimedOrder = {
	type: "object",
	strict: true,
	optional: true,
	props: { id: "string", fence: "number|integer|min:0" },
} as const;

/**
 * Does the work only while nothing holds the order, and no hold is stored meanwhile. `by`: which piece of work it is; the
 * same one may claim again. Without an order it is just done.
 * @throws ORDER_HELD, ORDER_NOT_READY, and what the work throws
 */
export async function claimed<T>(
	ctx: Context<object>,
	order: ClaimedOrder | undefined,
	by: string,
	work: () => Promise<T>,
): Promise<T> {
	if (!order) return work();
	const claim = { id: order.id, by };
	await ctx.call("order.claimShipping", { ...claim, fence: order.fence });
	try {
		return await work();
	} finally {
		await ctx.call("order.endShipping", claim);
	}
}
