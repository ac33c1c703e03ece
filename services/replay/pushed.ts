/** What ERPs were given, as a baseline. */
import type { PushKind } from "../erp/driver.ts";
import type { PushedDocument } from "../erp/push-desk.ts";
import { judged } from "./rig/judged.ts";
import type { Connections, Made, StoredOrder } from "./rig/plan.ts";
import { type Caller, call, orderThen } from "./stored-orders.ts";

export interface Told {
	order: StoredOrder; // as it was when the ERP was told
	made: Made;
}

/**
 * For each order what the ERP was given of it, of these kinds. `null`: nothing, and it should not have it now either. One
 * that should have it is there with no document.
 */
export async function toldOf(
	caller: Caller,
	orders: readonly StoredOrder[],
	kinds: readonly PushKind[],
	connections: Connections,
): Promise<(Told | null)[]> {
	const orderIds = orders.map(({ _id }) => _id);
	const documents = await call<PushedDocument[]>(caller, "erp.documents", { orderIds, kinds });
	const byOrder = Map.groupBy(documents, ({ orderId }) => orderId);
	return Promise.all(
		orders.map(async (order): Promise<Told | null> => {
			const own = byOrder.get(order._id) ?? [];
			const last = own.at(-1);
			if (!last) return order.ready ? { order, made: madeOf([], connections) } : null;
			return { order: await orderThen(caller, order, new Date(last.madeAt)), made: madeOf(own, connections) };
		}),
	);
}

const madeOf = (documents: readonly PushedDocument[], connections: Connections): Made => ({
	documents: documents.map(({ kind, connectionId, document }) => judged({ kind, connectionId, document }, connections)),
	deeds: [],
	outcome: "ack",
	reason: "",
});
