/** An order that the ERP has, or may have, and that is not to be delivered as it is there: the ERP is to give it back. */
import type { HoldReason, Order, RecallReason } from "./order.ts";

/** By which hold the ERP is asked for it, the strongest reason first. */
const reasons: readonly [hold: HoldReason, why: RecallReason][] = [
	["REFUND_APPLIED", "refund"],
	["ADDRESS_CHANGED", "address"],
	["CHANGED_AFTER_PUSH", "goods"],
];

/** The ERP has it, or may have it. */
export const mayHave = ({ state }: Pick<Order["erp"], "state">): boolean => state === "OK" || state === "IN_DOUBT";

/** Holds that say no more than that the ERP has an older order: they go when it has given that back. */
const settledByRecall: readonly HoldReason[] = ["ADDRESS_CHANGED", "CHANGED_AFTER_PUSH"];

/** Why the ERP is to give the order back; null when it is not. Goods that were sent are no matter of a cancel. */
export function recallReason({ status, holds, parcels, erp }: Order): RecallReason | null {
	if (!mayHave(erp) || parcels.length > 0 || !["WAIT_SHIP", "CLOSED"].includes(status)) return null;
	if (status === "CLOSED") return "closed";
	return reasons.find(([hold]) => holds.some(({ reason }) => reason === hold))?.[1] ?? null;
}

export const noRecall: Order["erp"]["recall"] = { state: "NONE", why: "", reason: "" };

/**
 * The order with its recall as it must be. One that is wanted stays so until the ERP has answered; one that was refused
 * until its cause is gone, or is another one: then the ERP is asked anew.
 */
export function withRecall(order: Order): Order {
	const { recall } = order.erp;
	if (recall.state === "WANTED") return order;
	const why = recallReason(order);
	if (why === (recall.why || null)) return order;
	return { ...order, erp: { ...order.erp, recall: why ? { state: "WANTED", why, reason: "" } : noRecall } };
}

export const wasRecalled = (before: Order | null, after: Order): boolean =>
	after.erp.recall.state === "WANTED" && before?.erp.recall.state !== "WANTED";

/** The ERP turned out not to have it: nothing that says "as it was before" stands any longer. */
export const neverThere = (order: Order): Order => ({
	...order,
	holds: order.holds.filter(({ reason }) => !settledByRecall.includes(reason)),
	erp: { ...order.erp, recall: noRecall },
});

/** The ERP has given the order back: it may be pushed anew, as it is now. `ready` is for the caller to work out. */
export function givenBack(order: Order, at: Date): Order {
	const { erp, ...free } = neverThere(order);
	return { ...free, erp: { ...erp, state: "CANCELLED", docNo: "", reason: "", at, revision: erp.revision + 1 } };
}
