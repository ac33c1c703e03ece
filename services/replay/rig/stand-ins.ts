/** What the hub's actions answer to a flow that runs on the rig. Nothing is stored and nothing goes out. */
import { type ErrorType, hubError } from "../../../config/errors.ts";
import { withErpLines } from "../../order/erp-lines.ts";
import type { Order } from "../../order/order.ts";

/** What one event meets: the order (and the after-sale) as it stands, and what the hub and the ERP answer. */
export interface Situation {
	subject: string;
	order: (Pick<Order, "_id" | "lines"> & Record<string, unknown>) | null; // null: the event is of no order
	aftersale: { _id: string; [field: string]: unknown } | null; // null: the event is of the order
	body?: Record<string, unknown>; // what the event says beside the order and the after-sale
	push: Record<string, unknown>; // what erp.push answers
	/** By action, instead of the stand-in's. */
	answers?: Readonly<Record<string, unknown>>;
	attempt: number;
}

/** An answer that is the hub's refusal. */
interface Refusal {
	error: ErrorType;
	detail?: string;
}

/** Action -> its answer. A node that calls another action needs a row here. */
export const standIns: Readonly<Record<string, (situation: Situation) => unknown>> = {
	"order.get": ({ order }) => order && withErpLines(order),
	"aftersale.get": ({ aftersale }) => aftersale,
	"order.list": () => ({ items: [], nextCursor: null }),
	"erp.push": ({ push }) => push,
	"erp.verify": ({ push }) => ({ found: { state: "FOUND", docNo: push.docNo }, push }),
	"shipment.send": () => ({ id: "dry-run", state: "PENDING" }),
	"aftersale.decide": ({ aftersale }) => aftersale,
	"stock.push": () => ({ told: 0, unchanged: 0, waiting: 0, failed: [] }),
	"alert.raise": () => ({ id: "dry-run", news: true }),
	"alert.settle": () => ({ id: "dry-run", news: false }),
	"order.hold": ({ order }) => order && withErpLines(order),
	"order.release": ({ order }) => order && withErpLines(order),
	"order.remark": ({ order }) => order && withErpLines(order),
	"order.rematch": ({ order }) => order && withErpLines(order),
	// In plain text nobody is here: what a flow on the rig makes may be read by others.
	"order.reveal": ({ order }) => ({ ...(order?.receiver as object | undefined), phoneExpiresAt: null }),
	"shipment.accept": () => ({ shipments: [{ id: "dry-run", state: "PENDING" }] }),
	"waybill.take": () => ({ id: "dry-run", state: "TAKEN", trackingNo: "dry-run" }),
	"waybill.recycle": () => ({ id: "dry-run", state: "RECYCLED", trackingNo: "dry-run" }),
};

/** @throws what the situation says that the hub refuses with */
export function answerOf(action: string, situation: Situation): unknown {
	const given = situation.answers?.[action];
	if (given === undefined) return standIns[action]?.(situation);
	if (isRefusal(given)) throw hubError(given.error, given.detail);
	return given;
}

const isRefusal = (answer: unknown): answer is Refusal =>
	typeof answer === "object" && answer !== null && "error" in answer;
