import { ruleOf } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import type { PlainReceiver, RevealPurpose } from "../platform/adapter.ts";
import type { ShopView } from "../shop/shop.ts";
import { isManual, revealManual } from "./manual.ts";
import type { Order } from "./order.ts";
import { takeFromQuota } from "./reveal-quota.ts";

const platformMs = 30_000;

/**
 * Where an order goes, in plain text, for the caller alone: never stored, never logged. Counted against the shop's
 * day, and written into the audit before it is asked for; one that is surely not shown does not count.
 * @throws TOO_MANY_REQUESTS with `retryAfterSec`, PLATFORM_UNSUPPORTED, PLATFORM_REFUSED and the platform's other errors
 */
export async function revealReceiver(
	ctx: HubContext<unknown>,
	order: Order,
	purpose: RevealPurpose,
): Promise<PlainReceiver> {
	const { _id: ref, platform, shopId, orderNo } = order;
	const { revealPerDay } = await ctx.call<ShopView, { id: string }>("shop.get", { id: shopId });
	const giveBack = await takeFromQuota(shopId, revealPerDay, new Date());
	try {
		await ctx.call("audit.record", { what: "order.reveal", ref, purpose });
		if (isManual(order)) return revealManual(order);
		const asked = { shopId, orderNo, purpose };
		return await ctx.call<PlainReceiver, object>(`platform.${platform}.receiver.reveal`, asked, {
			timeout: platformMs,
		});
	} catch (err) {
		if (!ruleOf(err)?.unknown) await giveBack();
		throw err;
	}
}
