/**
 * Telling a platform of a parcel and holding the order exclude one another. Who ships claims the order first, in one
 * atomic write that succeeds only while nothing forbids shipping; while a claim lasts, no hold is stored: its writer
 * waits. So no ship call is ever sent after a hold was stored, and a hold that came later finds the order shipped.
 */
import { hubError } from "../../config/errors.ts";
import { applyWaiting } from "./aftersale-marks.ts";
import { OrderModel } from "./order.model.ts";
import type { Order } from "./order.ts";

/** Longer than all calls of one shipment may take; a claim whose holder died ends by itself. */
export const claimMs = 30_000;

/** A shipped order may be told of further parcels. */
const shippable: Order["status"][] = ["WAIT_SHIP", "PART_SHIPPED", "SHIPPED"];

/** What of an order decides whether a parcel of it may be told of now. */
export type Shippable = Pick<Order, "holds" | "fence" | "status">;

/** @returns why not; null when it may. `fence`: of the order when it was decided to ship */
export function whyNotShip(order: Shippable, fence: number): "ORDER_HELD" | "ORDER_NOT_READY" | null {
	if (order.holds.length > 0 || order.fence !== fence) return "ORDER_HELD";
	return shippable.includes(order.status) ? null : "ORDER_NOT_READY";
}

/**
 * Claims the order for one ship call. `by`: the same for every try of one parcel.
 * @throws ORDER_HELD, ORDER_NOT_READY, CONFLICT while somebody else ships, NOT_FOUND
 */
export async function claimShipping(id: string, fence: number, by: string): Promise<void> {
	if (await applyWaiting(id, { by: "rule:aftersale", traceId: "" }))
		throw hubError("ORDER_HELD", "REFUND_APPLIED", { id });
	const now = new Date();
	const free = [{ shipping: null }, { "shipping.until": { $lte: now } }, { "shipping.by": by }];
	const mayShip = { _id: id, fence, "holds.0": { $exists: false }, status: { $in: shippable } };
	// The version rises, so that whoever read the order before the claim cannot write a hold into it.
	const claim = { $set: { shipping: { by, until: new Date(now.getTime() + claimMs) } }, $inc: { version: 1 } };
	const { matchedCount } = await OrderModel.updateOne({ ...mayShip, $or: free }, claim);
	if (matchedCount) return;
	const order = await OrderModel.findById(id, { holds: 1, fence: 1, status: 1 }).lean<Order>();
	if (!order) throw hubError("NOT_FOUND", "no such order", { id });
	const reason = whyNotShip(order, fence);
	if (!reason) throw hubError("CONFLICT", "another parcel of it is being told of", { id });
	const reasons = order.holds.map((hold) => hold.reason).join(", ");
	throw hubError(reason, reason === "ORDER_HELD" ? reasons || "it has changed since" : order.status, { id });
}

export async function endShipping(id: string, by: string): Promise<void> {
	await OrderModel.updateOne({ _id: id, "shipping.by": by }, { $set: { shipping: null } });
}
