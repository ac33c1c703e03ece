import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { OrderModel, type TimelineEntry, TimelineModel } from "./order.model.ts";
import { type ErpState, erpStates, type HoldReason, type Order, type OrderStatus, orderStatuses } from "./order.ts";

export interface OrderQuery extends PageQuery {
	status?: OrderStatus;
	platform?: string;
	shopId?: string;
	hold?: HoldReason;
	erpState?: ErpState;
	q?: string; // order numbers, tracking numbers or merchant codes, several at once
	from?: Date; // placed in [from, to)
	to?: Date;
	sort: "-placedAt" | "placedAt";
}

const shown = { outbox: 0, contentHash: 0 } as const;

export function listOrders(query: OrderQuery, scope: ShopScope): Promise<Page<Order>> {
	const oldestFirst = query.sort === "placedAt";
	return pageByTime<Order>(OrderModel, conditionsOf(query, scope), query, {
		by: "placedAt",
		oldestFirst,
		projection: shown,
	});
}

function conditionsOf(
	{ status, platform, shopId, hold, erpState, q, from, to }: OrderQuery,
	scope: ShopScope,
): object[] {
	const conditions: object[] = [];
	if (status) conditions.push({ status });
	if (platform) conditions.push({ platform });
	if (shopId) conditions.push({ shopId });
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (hold) conditions.push({ "holds.reason": hold });
	if (erpState) conditions.push({ "erp.state": erpState });
	if (from) conditions.push({ placedAt: { $gte: from } });
	if (to) conditions.push({ placedAt: { $lt: to } });
	if (q) conditions.push(anyOf(q, ["orderNo", "parcels.trackingNo", "lines.outerSku"]));
	return conditions;
}

export async function getOrder(id: string, scope: ShopScope): Promise<Order> {
	const order = await OrderModel.findById(id, shown).lean<Order>();
	if (!order || (scope !== "*" && !scope.includes(order.shopId))) throw hubError("NOT_FOUND", "no such order", { id });
	return order;
}

export async function orderTimeline(id: string, scope: ShopScope): Promise<{ items: TimelineEntry[] }> {
	await getOrder(id, scope);
	return {
		items: await TimelineModel.find({ orderId: id }).sort({ at: 1, version: 1 }).limit(1_000).lean<TimelineEntry[]>(),
	};
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
