import type { Service } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { changeOrder } from "./change.ts";
import { type Cause, orderEvent, versionAfter } from "./events.ts";
import { isManual } from "./manual.ts";
import type { MemoFlag, Order } from "./order.ts";

export interface Remark {
	text: string;
	flag?: MemoFlag; // as it is when left out
}

const platformMs = 30_000;

/**
 * Writes the seller's note to the platform. The order shows it when it is read again, which is asked for at once: the
 * platform's word is what counts, not ours.
 * @throws PLATFORM_UNSUPPORTED where the platform takes no note or not this flag, and the platform's other errors
 */
export async function remarkOrder(
	service: Service,
	ctx: HubContext<unknown>,
	order: Order,
	{ text, flag = order.memo.flag }: Remark,
	cause: Cause,
): Promise<void> {
	const { _id, platform, shopId, orderNo } = order;
	if (!isManual(order)) {
		try {
			const remark = { shopId, orderNo, text, flag };
			await ctx.call<void, object>(`platform.${platform}.remark`, remark, { timeout: platformMs });
		} finally {
			// After a call of unknown outcome too. A hint that gets lost costs time: the pull comes by anyway.
			await ctx.call<void, object>("pull.hint", { shopId, kind: "orders", id: orderNo }).catch((err: Error) => {
				service.logger.warn("order is not read again at once", { orderId: _id, reason: err.message });
			});
		}
	}
	await changeOrder(_id, (stored) => {
		const memo = isManual(stored) ? { ...stored.memo, seller: text, flag } : stored.memo;
		const next = { ...stored, memo };
		const change = { "memo.seller": [stored.memo.seller, text], "memo.flag": [stored.memo.flag, flag] };
		return { next, events: [orderEvent("remarked", versionAfter(next), cause, change)] };
	});
}
