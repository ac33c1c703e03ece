/** What the hub's actions answer to a flow that runs on the rig. Nothing is stored and nothing goes out. */
import { withErpLines } from "../../order/erp-lines.ts";
import type { Order } from "../../order/order.ts";

/** What one event meets: the order (and the after-sale) as it stands, and what the ERP answers. */
export interface Situation {
	subject: string;
	order: Pick<Order, "_id" | "lines"> & Record<string, unknown>;
	aftersale: { _id: string; [field: string]: unknown } | null; // null: the event is of the order
	push: Record<string, unknown>; // what erp.push answers
	attempt: number;
}

/** Action -> its answer. A node that calls another action needs a row here. */
export const standIns: Readonly<Record<string, (situation: Situation) => unknown>> = {
	"order.get": ({ order }) => withErpLines(order),
	"aftersale.get": ({ aftersale }) => aftersale,
	"erp.push": ({ push }) => push,
};
