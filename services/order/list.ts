import { hubError } from "../../config/errors.ts";
import { readCursor, writeCursor } from "../../mixins/paging.ts";
import type { ShopScope } from "../shop/scope.ts";
import { OrderModel, type TimelineEntry, TimelineModel } from "./order.model.ts";
import { type ErpState, erpStates, type HoldReason, type Order, type OrderStatus, orderStatuses } from "./order.ts";

export interface OrderQuery {
	status?: OrderStatus;
	platform?: string;
	shopId?: string;
	hold?: HoldReason;
	erpState?: ErpState;
	q?: string; // order numbers, tracking numbers or merchant codes, several at once
	from?: Date; // placed in [from, to)
	to?: Date;
	sort: "-placedAt" | "placedAt";
	limit: number;
	cursor?: string;
}

const shown = { outbox: 0, contentHash: 0 } as const;
const maxTerms = 500;

export async function listOrders(
	query: OrderQuery,
	scope: ShopScope,
): Promise<{ items: Order[]; nextCursor: string | null }> {
	const direction = query.sort === "placedAt" ? 1 : -1;
	const items = await OrderModel.find(listFilter(query, scope), shown)
		.sort({ placedAt: direction, _id: direction })
		.limit(query.limit)
		.lean<Order[]>();
	const last = items.length === query.limit ? items.at(-1) : undefined;
	return { items, nextCursor: last ? writeCursor({ at: last.placedAt, id: last._id }) : null };
}

function listFilter(
	{ status, platform, shopId, hold, erpState, q, from, to, sort, cursor }: OrderQuery,
	scope: ShopScope,
): object {
	const conditions: object[] = [];
	if (status) conditions.push({ status });
	if (platform) conditions.push({ platform });
	if (shopId) conditions.push({ shopId });
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (hold) conditions.push({ "holds.reason": hold });
	if (erpState) conditions.push({ "erp.state": erpState });
	if (from) conditions.push({ placedAt: { $gte: from } });
	if (to) conditions.push({ placedAt: { $lt: to } });
	if (q) conditions.push(termsFilter(q));
	if (cursor) {
		const { at, id } = readCursor(cursor);
		const past = sort === "placedAt" ? "$gt" : "$lt";
		conditions.push(
			{ placedAt: { [`${past}e`]: at } },
			{ $or: [{ placedAt: { [past]: at } }, { _id: { [past]: id } }] },
		);
	}
	return conditions.length ? { $and: conditions } : {};
}

/** Pasted numbers, separated by blanks, commas or line ends. */
function termsFilter(q: string): object {
	const terms = q.split(/[\s,，;；]+/).filter(Boolean);
	if (terms.length > maxTerms) throw hubError("INVALID", `q holds more than ${maxTerms} numbers`, { field: "q" });
	const among = { $in: terms };
	return { $or: [{ orderNo: among }, { "parcels.trackingNo": among }, { "lines.outerSku": among }] };
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
