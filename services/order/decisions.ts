import { hubError } from "../../config/errors.ts";
import { isAuditHold, ruleNameOf } from "./audit-hold.ts";
import { changeOrder } from "./change.ts";
import { type Cause, orderEvent, versionAfter } from "./events.ts";
import { byPlatform, isPlatformsOwn } from "./holds.ts";
import { isReady } from "./merge.ts";
import type { Hold, HoldReason, Order } from "./order.ts";
import { notShipped } from "./status.ts";

/** For what a person holds an order. */
export const handReasons = ["MANUAL", "RISK"] as const satisfies HoldReason[];
export const isHandReason = (reason: HoldReason): boolean => handReasons.some((each) => each === reason);

/** Stops an order until somebody releases it. Holding it twice for the same reason changes nothing. */
export function holdOrder(id: string, reason: HoldReason, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		if (!notShipped(order.status)) throw hubError("ORDER_NOT_READY", `it is ${order.status}`, { id });
		const others = order.holds.filter((hold) => hold.reason !== reason);
		const known = order.holds.find((hold) => hold.reason === reason);
		// The platform's own would go with what it tells next, a rule's with an audit: a person's stays.
		if (known && known.by !== byPlatform && !isAuditHold(known)) return null;
		const holds = [...others, { reason, at: new Date(), by: cause.by }];
		const next = { ...order, holds, ready: false, fence: order.fence + 1 };
		return { next, events: [orderEvent("held", versionAfter(next), cause, { holds: [reason] })] };
	});
}

/** Takes one reason away that is not the platform's own; the order goes on when it was the last. */
export function releaseOrder(id: string, reason: HoldReason, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		const hold = order.holds.find((each) => each.reason === reason);
		if (!hold) throw hubError("ORDER_NOT_READY", `it is not held for ${reason}, but for: ${reasonsOf(order)}`, { id });
		if (reason === "MANUAL" && order.closedInHub)
			throw hubError("ORDER_NOT_READY", "it is closed in the hub: reopen it", { id });
		if (isPlatformsOwn(hold)) throw hubError("ORDER_HELD", `${reason} goes when the platform takes it back`, { id });
		return released(order, hold, cause, { holds: [reason] });
	});
}

/** A person looked at an order that a rule stopped, and lets it go. @throws ORDER_NOT_READY when no rule holds it */
export function auditOrder(id: string, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		const hold = order.holds.find(isAuditHold);
		if (!hold) throw hubError("ORDER_NOT_READY", `no rule holds it; it is held for: ${reasonsOf(order)}`, { id });
		return released(order, hold, cause, { holds: [hold.reason], rule: ruleNameOf(hold) });
	});
}

function released(order: Order, hold: Hold, cause: Cause, facts: Record<string, unknown>) {
	const holds = order.holds.filter((each) => each !== hold);
	const next = { ...order, holds, ready: isReady({ ...order, holds }) };
	const events = [orderEvent("released", versionAfter(next), cause, facts)];
	if (next.ready && order.erp.state !== "OK") events.push(orderEvent("ready", versionAfter(next), cause));
	return { next, events };
}

/** Offers the order to the flows again. The push key still sees to it that the ERP gets it once. */
export function repushOrder(id: string, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		if (order.erp.state === "OK") throw hubError("ORDER_NOT_READY", "the ERP has it already", { id });
		if (!order.ready) {
			const why = order.holds.length ? `it is held: ${reasonsOf(order)}` : `it is ${order.status}`;
			throw hubError("ORDER_NOT_READY", why, { id });
		}
		return { next: order, events: [orderEvent("ready", versionAfter(order), cause, { again: true })] };
	});
}

/**
 * Says again that an order changed which the ERP has, so that the flow of changes tells the ERP what it would be told now:
 * nothing where that is what it was told. @throws ORDER_NOT_READY when the ERP has not got it, or is to give it back
 */
export function retellOrder(id: string, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		if (order.erp.state !== "OK" || order.erp.recall.state !== "NONE")
			throw hubError("ORDER_NOT_READY", "the ERP has not got it, or is to give it back", { id });
		return { next: order, events: [orderEvent("changed", versionAfter(order), cause, { again: true })] };
	});
}

const reasonsOf = ({ holds }: Order): string => holds.map(({ reason }) => reason).join(", ") || "nothing";
