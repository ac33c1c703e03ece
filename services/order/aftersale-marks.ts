/**
 * After-sales hold their order before they are stored themselves. One that is told of before its order is here waits in
 * a collection of its own: the order is born with it, and nobody ships while one waits (shipping-claim.ts looks).
 */
import { WaitingMarkModel, waitingMarks } from "./aftersale-mark.model.ts";
import { changeOrder } from "./change.ts";
import { type Cause, changeEvents } from "./events.ts";
import { refundHold } from "./holds.ts";
import { isReady } from "./merge.ts";
import { OrderModel } from "./order.model.ts";
import type { AftersaleMark, Order } from "./order.ts";
import { withRecall } from "./recall.ts";

/** Safe to repeat. `settledAt`: when it was settled, the platform's clock; null while it is open. */
export async function noteAftersale(orderId: string, { no, settledAt }: AftersaleMark, cause: Cause): Promise<void> {
	const waiting = { orderId, no, settledAt, at: new Date() };
	await WaitingMarkModel.updateOne({ _id: `${orderId}|${no}` }, { $set: waiting }, { upsert: true });
	await applyWaiting(orderId, cause);
}

/** Brings what waits for the order into it, where the order is here. @returns whether anything waited */
export async function applyWaiting(orderId: string, cause: Cause): Promise<boolean> {
	const waiting = await waitingMarks(orderId);
	if (!waiting.length || !(await OrderModel.exists({ _id: orderId }))) return waiting.length > 0;
	for (const { _id, no, settledAt } of waiting) {
		await markOrder(orderId, { no, settledAt }, cause);
		await WaitingMarkModel.deleteOne({ _id, settledAt }); // a later word of it stays
	}
	return true;
}

async function markOrder(orderId: string, mark: AftersaleMark, cause: Cause): Promise<void> {
	await changeOrder(orderId, (order) => {
		const known = order.aftersales.find(({ no }) => no === mark.no);
		if (known && +(known.settledAt ?? 0) === +(mark.settledAt ?? 0)) return null;
		if (!known && mark.settledAt) return null; // over before it was ever a reason to hold
		const aftersales = [...order.aftersales.filter(({ no }) => no !== mark.no), mark];
		const next = marked({ ...order, aftersales });
		return { next, events: changeEvents(order, { ...next, version: order.version + 1 }, cause) };
	});
}

function marked(order: Order): Order {
	const holds = refundHold(order, new Date());
	const fence = order.fence + (holds.length > order.holds.length ? 1 : 0);
	return withRecall({ ...order, holds, fence, ready: isReady({ ...order, holds }) });
}
