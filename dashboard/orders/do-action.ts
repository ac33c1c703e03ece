/** Doing something to orders by the gateway: to one, or to many with a result for each. */
import type { HoldReason, MemoFlag } from "../../services/order/order.ts";
import { path, post } from "../api.ts";
import { inWords } from "../language.ts";
import { type RowWork, rowWork } from "../row-work.ts";
import { failureWords, type RowAnswer } from "../words/failure.ts";
import { type ActionName, actions } from "./actions.ts";
import type { OrderRow } from "./order.ts";

export interface Parcel {
	carrier: string; // our code
	trackingNo: string;
}

/** What a person says beside the action itself. */
export interface Wish {
	reason?: HoldReason;
	note?: string;
	text?: string;
	flag?: MemoFlag;
	tags?: string[];
	parcels?: ReadonlyMap<string, Parcel>; // by the order's id
}

/** @throws Problem */
export function actOnOne(action: ActionName, id: string, { parcels, ...wish }: Wish): Promise<unknown> {
	if (action === "ship") return post(path`/orders/${id}/ship`, { parcels: [parcels?.get(id)] });
	return post(`${path`/orders/${id}`}/${action}`, wish);
}

export function actOnMany(action: ActionName, orders: readonly OrderRow[], { parcels, ...wish }: Wish): RowWork {
	const rows = orders.map(({ _id, orderNo }) => ({ id: _id, label: orderNo }));
	return rowWork(inWords(actions[action].title), rows, async (ids) => {
		const told = parcels ? { parcels: ids.map((id) => parcels.get(id)) } : wish;
		const { results } = await post<{ results: RowAnswer[] }>("/orders/bulk", { action, ids, ...told });
		return new Map(results.filter(({ ok }) => !ok).map((row) => [row.id, failureWords(row)]));
	});
}
