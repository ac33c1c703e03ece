import { Histogram } from "prom-client";
import { counted, type Figure, figure } from "../../mixins/figure.ts";
import { registry } from "../../mixins/registry.ts";
import { OrderModel } from "./order.model.ts";
import { holdReasons } from "./order.ts";
import { TimelineModel } from "./timeline.model.ts";

const readyToPushed = new Histogram({
	name: "hub_order_ready_to_pushed_seconds",
	help: "From an order being ready until the ERP had it",
	labelNames: ["connection"] as const,
	buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400],
	registers: [registry],
});

/** An order that was never ready, such as one pushed by hand, tells nothing. */
export async function observePushed(orderId: string, connection: string, pushedAt: Date): Promise<void> {
	const of = { orderId, what: "order.ready", at: { $lte: pushedAt } };
	const ready = await TimelineModel.findOne(of, { at: 1 }).sort({ at: -1 }).lean();
	if (ready) readyToPushed.observe({ connection }, (pushedAt.getTime() - ready.at.getTime()) / 1_000);
}

/** Of orders that wait to be shipped alone: of all that ever were, counting takes too long. */
export async function orderFigures(): Promise<Figure[]> {
	const open = { $match: { status: "WAIT_SHIP" } };
	const [states, holds] = await Promise.all([
		OrderModel.aggregate([open, { $group: { _id: { erp_state: "$erp.state" }, count: { $sum: 1 } } }]),
		OrderModel.aggregate([
			{ $match: { status: "WAIT_SHIP", "holds.reason": { $in: [...holdReasons] } } },
			{ $unwind: "$holds" },
			{ $group: { _id: { reason: "$holds.reason" }, count: { $sum: 1 } } },
		]),
	]);
	return [
		figure("hub_open_orders", "Orders that wait to be shipped, by where they are with the ERP", counted(states)),
		figure("hub_held_orders", "Holds of orders that wait to be shipped, by reason", counted(holds)),
	];
}
