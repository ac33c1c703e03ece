/** The document that an ERP has, or is to have, of an order. */
import { hubError } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import type { Page } from "../../mixins/paging.ts";
import type { Found } from "../erp/driver.ts";
import type { PushRow } from "../erp/push-desk.ts";

/** Of its last revision; null when nothing was made for an ERP yet. */
export async function pushOf(ctx: HubContext<unknown>, orderId: string): Promise<PushRow | null> {
	const { items } = await ctx.call<Page<PushRow>, object>("erp.list", { orderId, limit: 200 });
	const ofOrder = items.filter(({ kind }) => kind === "order");
	return ofOrder.toSorted((a, b) => b.revision - a.revision)[0] ?? null;
}

/** Has the ERP asked whether it has the order. @throws NOT_FOUND without a document, ERP_UNREADABLE where it says neither */
export async function verifyOrder(ctx: HubContext<unknown>, orderId: string): Promise<void> {
	const push = await pushOf(ctx, orderId);
	if (!push) throw hubError("NOT_FOUND", "nothing was made of it for an ERP", { id: orderId });
	const { found } = await ctx.call<{ found: Found }, object>("erp.verify", { id: push._id });
	if (found.state === "UNKNOWN") throw hubError("ERP_UNREADABLE", found.reason, { id: orderId });
}
