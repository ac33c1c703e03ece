import { typeOf } from "../../config/errors.ts";
import { repushOrder } from "./decisions.ts";
import { OrderModel } from "./order.model.ts";

const waitMs = 3_600_000;
const atOnce = 200;

/**
 * Offers ready orders again that no flow has pushed for an hour: their event may be gone with the data of NATS, or older
 * than events are kept. One that only waits is offered once more, which the push key makes harmless.
 */
export async function offerForgotten(now: Date): Promise<number> {
	const before = new Date(now.getTime() - waitMs);
	const forgotten = await OrderModel.find(
		{ ready: true, "erp.state": { $in: ["NONE", "CANCELLED"] }, updatedAt: { $lt: before } },
		{ _id: 1 },
	)
		.sort({ updatedAt: 1 })
		.limit(atOnce)
		.lean();
	for (const { _id } of forgotten) {
		try {
			await repushOrder(_id, { by: "rule:offered-again", traceId: "" });
		} catch (err) {
			if (typeOf(err) !== "ORDER_NOT_READY") throw err; // it changed just now
		}
	}
	return forgotten.length;
}
