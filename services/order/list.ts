import { hubError } from "../../config/errors.ts";
import { type Page, pageByTime } from "../../mixins/paging.ts";
import type { ShopScope } from "../shop/scope.ts";
import { conditionsOf, type OrderFilter, type OrderQuery } from "./filters.ts";
import { OrderModel } from "./order.model.ts";
import { type ErpState, erpStates, type Order, type OrderStatus, orderStatuses } from "./order.ts";

const shown = {
	outbox: 0,
	contentHash: 0,
	shipping: 0,
	numbers: 0,
	stage: 0,
	marks: 0,
	"receiver.phoneTail": 0,
} as const;

export function listOrders(query: OrderQuery, scope: ShopScope): Promise<Page<Order>> {
	const sorting = query.deadlineBefore
		? { by: "shipDeadline", oldestFirst: true } // an index serves one range, and who asks for it wants these first
		: { by: "placedAt", oldestFirst: query.sort === "placedAt" };
	return pageByTime<Order>(OrderModel, conditionsOf(query, scope), query, { ...sorting, projection: shown });
}

/** How many there are in all. */
export async function countOrders(query: OrderFilter, scope: ShopScope): Promise<{ count: number }> {
	const conditions = conditionsOf(query, scope);
	return { count: await OrderModel.countDocuments(conditions.length ? { $and: conditions } : {}) };
}

export async function getOrder(id: string, scope: ShopScope): Promise<Order> {
	const order = await OrderModel.findById(id, shown).lean<Order>();
	if (!order || (scope !== "*" && !scope.includes(order.shopId))) throw hubError("NOT_FOUND", "no such order", { id });
	return order;
}

export interface OrderSummary {
	byStatus: Record<OrderStatus, number>;
	byErpState: Record<ErpState, number>;
	held: number; // not shipped and held
	toPush: number; // ready, and the ERP has not got it yet
}

/** Counts for the dashboard. Each is one indexed count. */
export async function summarise(scope: ShopScope): Promise<OrderSummary> {
	const shops = scope === "*" ? {} : { shopId: { $in: scope } };
	const count = (filter: object): Promise<number> => OrderModel.countDocuments({ ...filter, ...shops });
	const tally = async <K extends string>(keys: readonly K[], field: string): Promise<Record<K, number>> => {
		const counts = await Promise.all(keys.map(async (key) => [key, await count({ [field]: key })] as const));
		return Object.fromEntries(counts) as Record<K, number>;
	};
	return {
		byStatus: await tally(orderStatuses, "status"),
		byErpState: await tally(erpStates, "erp.state"),
		held: await count({ status: "WAIT_SHIP", "holds.0": { $exists: true } }),
		toPush: await count({ status: "WAIT_SHIP", ready: true, "erp.state": { $ne: "OK" } }),
	};
}
