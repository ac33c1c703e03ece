/** The orders of a replay, page by page, as the one who asked may see them. */
import type { ServiceBroker } from "moleculer";
import { hubError, typeOf } from "../../config/errors.ts";
import type { Page } from "../../mixins/paging.ts";
import type { Order } from "../order/order.ts";
import type { Selection } from "./replay.model.ts";
import type { StoredOrder } from "./rig/plan.ts";

/** Calls on behalf of the one who asked: who it is, and which shops are in reach. */
export interface Caller {
	broker: ServiceBroker;
	meta: { actor?: unknown; shops?: unknown };
}

export const call = <T>({ broker, meta }: Caller, action: string, params: object): Promise<T> =>
	broker.call<T, object>(action, params, { meta });

const pageSize = 200;

/** @throws INVALID for neither a period nor orders */
export async function countOrders(caller: Caller, { orderIds, ...period }: Selection): Promise<number> {
	if (orderIds) return orderIds.length;
	if (!period.from || !period.to) throw hubError("INVALID", "from and to, or orderIds", { field: "from" });
	return (await call<{ count: number }>(caller, "order.count", period)).count;
}

/** Oldest first. Orders named by id that are not there are left out. */
export async function* ordersOf(caller: Caller, { orderIds, ...period }: Selection): AsyncGenerator<StoredOrder[]> {
	if (orderIds) {
		for (let at = 0; at < orderIds.length; at += pageSize) {
			const found = orderIds.slice(at, at + pageSize).map((id) => orderNow(caller, id));
			yield (await Promise.all(found)).filter((order) => order !== null);
		}
		return;
	}
	// The next page is read while this one is worked on; what fails then is told when it is its turn.
	const readPage = (cursor?: string) => {
		const query = { ...period, sort: "placedAt", limit: pageSize, ...(cursor && { cursor }) };
		return Promise.allSettled([call<Page<Order>>(caller, "order.list", query)]);
	};
	for (let ahead: ReturnType<typeof readPage> | null = readPage(); ahead; ) {
		const [page]: PromiseSettledResult<Page<Order>>[] = await ahead;
		if (page?.status !== "fulfilled") throw page?.reason;
		const { items, nextCursor }: Page<Order> = page.value;
		ahead = nextCursor ? readPage(nextCursor) : null;
		yield items as unknown as StoredOrder[];
	}
}

async function orderNow(caller: Caller, id: string): Promise<StoredOrder | null> {
	try {
		return await call<StoredOrder>(caller, "order.get", { id });
	} catch (err) {
		if (typeOf(err) === "NOT_FOUND") return null;
		throw err;
	}
}

/**
 * The order as it was when the ERP was told of it; as it is now where that is no longer known. What would decrypt the
 * receiver is not kept with former states, so it is taken from now: documents carry it.
 */
export async function orderThen(caller: Caller, now: StoredOrder, at: Date): Promise<StoredOrder> {
	const order = now as unknown as Order;
	let then: Order;
	try {
		then = await call<Order>(caller, "order.get", { id: order._id, at });
	} catch (err) {
		if (typeOf(err) === "NOT_FOUND") return now;
		throw err;
	}
	const { cipher, platformKey } = order.receiver;
	const images = new Map(order.lines.map(({ lineId, imageUrl }) => [lineId, imageUrl]));
	const lines = then.lines.map((line) => ({ ...line, imageUrl: images.get(line.lineId) ?? "" }));
	return { ...then, receiver: { ...then.receiver, cipher, platformKey }, lines } as unknown as StoredOrder;
}
