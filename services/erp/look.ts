/** What is looked at right before a document is sent: whether it may go, as things are now. */
import { typeOf } from "../../config/errors.ts";
import type { Order } from "../order/order.ts";
import { givenUpInDoubt, ifElsewhere } from "./elsewhere.ts";
import { type Push, PushModel } from "./push.model.ts";
import { pushIdOf } from "./push-id.ts";
import { parked, postponed, type Step } from "./push-step.ts";

/** Calls actions: a Context or a ServiceBroker. */
export interface Hub {
	call<Result>(action: string, params: Record<string, unknown>): Promise<Result>;
}

export interface Look {
	fence?: number; // of the order now, where it could be seen
	obstacle: Step | null;
}

/**
 * The push must be stored as SENDING before: so of two that bear on each other, an order and its cancel, or an order and
 * a hold set meanwhile, the later one sees the earlier one.
 */
export async function lookBefore(hub: Hub, push: Push): Promise<Look> {
	switch (push.kind) {
		case "order": {
			const { fence, obstacle } = await lookAtOrder(hub, push.orderId, push.fence);
			return { fence, obstacle: obstacle ?? (await ifCancelled(push)) ?? (await ifElsewhere(push)) };
		}
		case "change": {
			const { fence, obstacle } = await lookAtOrder(hub, push.orderId, push.fence);
			return { fence, obstacle: obstacle ?? (await ifCancelled(push)) ?? (await unlessThere(push, "CHANGE")) };
		}
		case "cancel": // a hold is no obstacle: it is why the order is cancelled
			return { obstacle: await unlessThere(push, "CANCEL") };
		case "aftersale":
			return { obstacle: null };
	}
}

/** May the order go, with a document that was made of it at the fence `madeAt`? */
export async function lookAtOrder(hub: Hub, orderId: string, madeAt?: number): Promise<Look> {
	try {
		const { ready, holds, status, fence } = await hub.call<Order>("order.get", { id: orderId });
		const reasons = holds.map(({ reason }) => reason).join(", ");
		const why = reasons ? `ORDER_HELD: ${reasons}` : `ORDER_NOT_READY: ${status}`;
		if (!ready) return { fence, obstacle: parked(why, new Date()) };
		// What was mapped is no longer true: the order is offered anew, to be mapped as it is now.
		const outdated = madeAt !== undefined && fence > madeAt;
		return { fence, obstacle: outdated ? parked("ORDER_CHANGED", new Date()) : null };
	} catch (err) {
		const reason = typeOf(err) ?? (err as Error).message;
		const now = new Date();
		return { obstacle: reason === "NOT_FOUND" ? parked("NOT_FOUND: the order", now) : postponed(reason, now) };
	}
}

/** What the ERP was asked not to deliver is not sent to it again, unless as another revision. */
async function ifCancelled({ connectionId, orderId, revision }: Push): Promise<Step | null> {
	const cancel = await PushModel.exists({ _id: pushIdOf(connectionId, "cancel", orderId, revision), state: "OK" });
	return cancel ? parked("CANCELLED", new Date()) : null;
}

/** Only an order that is in the ERP can be changed or cancelled there; one that may be there is waited for. */
async function unlessThere({ connectionId, orderId, revision }: Push, what: string): Promise<Step | null> {
	const order = await PushModel.findById(pushIdOf(connectionId, "order", orderId, revision)).lean<Push>();
	const now = new Date();
	if (order?.state === "OK") return null;
	if (order?.state === "SENDING" || order?.state === "IN_DOUBT") return postponed(`ORDER_${order.state}`, now);
	if (order && givenUpInDoubt(order)) return null;
	return parked(`NOTHING_TO_${what}`, now);
}
