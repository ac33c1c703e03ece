import { OrderModel } from "./order.model.ts";
import type { Order, RecallReason } from "./order.ts";
import { recallReason } from "./recall.ts";

/** An order that an ERP still has, and might deliver, though it should give it back. */
export interface OpenRecall {
	orderId: string;
	shopId: string;
	state: "WANTED" | "REFUSED";
	why: RecallReason;
	reason: string; // the ERP's words, when it refused
	at: Date; // of the order's last change
}

const most = 200;

/** Those of the oldest change first. One whose cause went away, or that was delivered, is none. */
export async function openRecalls(): Promise<OpenRecall[]> {
	const orders = await OrderModel.find({ "erp.recall.why": { $gt: "" } })
		.sort({ updatedAt: 1 })
		.limit(most)
		.lean<Order[]>();
	return orders.flatMap((order) => {
		const { _id: orderId, shopId, updatedAt: at, erp } = order;
		const { state, reason } = erp.recall;
		const why = recallReason(order);
		return why && state !== "NONE" ? [{ orderId, shopId, state, why, reason, at }] : [];
	});
}
