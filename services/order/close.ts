/** Orders that a person gives up in the hub, paid or not: nothing more is done about them. */
import { hubError } from "../../config/errors.ts";
import { changeOrder } from "./change.ts";
import { type Cause, changeEvents, orderEvent, versionAfter } from "./events.ts";
import { closedManual, isManual } from "./manual.ts";
import { isReady } from "./merge.ts";
import type { Order } from "./order.ts";
import { notShipped } from "./status.ts";

/**
 * The platform goes on to say what it says; here a hold keeps the order from going anywhere until it is reopened, also
 * when the buyer pays after all. A manual order has no platform and is closed for good. Closing twice changes nothing.
 * @throws ORDER_NOT_READY when it is shipped or closed, or the ERP has it or may have it
 */
export function closeOrder(id: string, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		if (order.closedInHub) return null;
		if (!notShipped(order.status) || order.parcels.length) {
			throw hubError("ORDER_NOT_READY", `it is ${order.status}, of ${order.parcels.length} parcels`, { id });
		}
		if (isManual(order)) {
			const next = closedManual(order);
			return { next, events: changeEvents(order, versionAfter(next), cause) };
		}
		if (mayBeInErp(order)) throw hubError("ORDER_NOT_READY", `the ERP may have it: ${order.erp.state}`, { id });
		const at = new Date();
		const others = order.holds.filter(({ reason }) => reason !== "MANUAL");
		const holds = [...others, { reason: "MANUAL" as const, at, by: cause.by }];
		const closedInHub = { at, by: cause.by };
		const next = { ...order, holds, closedInHub, ready: false, fence: order.fence + 1 };
		return { next, events: [orderEvent("closed-in-hub", versionAfter(next), cause, { holds: ["MANUAL"] })] };
	});
}

/** Takes a close back; other holds stay. @throws ORDER_NOT_READY when it is not closed in the hub */
export function reopenOrder(id: string, cause: Cause): Promise<Order> {
	return changeOrder(id, (order) => {
		if (!order.closedInHub) throw hubError("ORDER_NOT_READY", "it is not closed in the hub", { id });
		const holds = order.holds.filter(({ reason }) => reason !== "MANUAL");
		const open = { ...order, holds, closedInHub: null };
		const next = { ...open, ready: isReady(open) };
		const events = [orderEvent("reopened", versionAfter(next), cause, { holds: ["MANUAL"] })];
		if (next.ready) events.push(orderEvent("ready", versionAfter(next), cause));
		return { next, events };
	});
}

const mayBeInErp = ({ erp }: Order): boolean => ["SENDING", "OK", "IN_DOUBT"].includes(erp.state);
