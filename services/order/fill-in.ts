import { type OrderDocument, OrderModel } from "./order.model.ts";
import { searchable } from "./search.ts";

const atOnce = 500;

/** Works out what orders are found by where an older release of the hub stored them without. Returns how many it were. */
export async function fillIn(): Promise<number> {
	let filled = 0;
	for (;;) {
		const orders = await OrderModel.find({ stage: null }).limit(atOnce).lean<OrderDocument[]>();
		if (!orders.length) return filled;
		const { modifiedCount } = await OrderModel.bulkWrite(
			orders.map((order) => {
				const { stage, marks } = searchable(order);
				return {
					updateOne: { filter: { _id: order._id, version: order.version }, update: { $set: { stage, marks } } },
				};
			}),
			{ ordered: false },
		);
		filled += modifiedCount;
	}
}
