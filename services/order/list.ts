import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime, pageParams } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { OrderModel } from "./order.model.ts";
import {
	type ErpState,
	erpStates,
	type HoldReason,
	holdReasons,
	memoFlags,
	type Order,
	type OrderStatus,
	orderStatuses,
} from "./order.ts";
import { phoneTailHashes } from "./search.ts";

export interface OrderQuery extends PageQuery {
	status?: OrderStatus;
	platform?: string;
	shopId?: string;
	hold?: HoldReason;
	erpState?: ErpState;
	trackingNo?: string;
	sku?: string; // the platform's, the merchant's or the ERP's
	buyerOpenId?: string;
	phoneTail?: string; // last four digits of the receiver's phone, where the platform shows them
	flag?: string; // of the order (presale, manual …), or the colour of the seller's note
	q?: string; // order numbers, tracking numbers or SKUs, several at once
	from?: Date; // placed in [from, to)
	to?: Date;
	deadlineBefore?: Date; // to be shipped before that, and not shipped yet: the list is in the order of deadlines
	sort: "-placedAt" | "placedAt";
}

const shown = { outbox: 0, contentHash: 0, shipping: 0, numbers: 0, "receiver.phoneTail": 0 } as const;

const day = { type: "date", convert: true, optional: true } as const;

/** An OrderQuery at the door of `order.list`. */
export const listParams = {
	$$strict: true,
	status: { type: "enum", values: [...orderStatuses], optional: true },
	platform: "string|max:30|optional",
	shopId: "string|max:100|optional",
	hold: { type: "enum", values: [...holdReasons], optional: true },
	erpState: { type: "enum", values: [...erpStates], optional: true },
	trackingNo: "string|min:1|max:60|optional",
	sku: "string|min:1|max:100|optional",
	buyerOpenId: "string|min:1|max:200|optional",
	phoneTail: { type: "string", pattern: String.raw`^\d{4}$`, optional: true },
	flag: "string|min:1|max:40|optional",
	q: "string|max:20000|optional",
	from: day,
	to: day,
	deadlineBefore: day,
	sort: { type: "enum", values: ["-placedAt", "placedAt"], default: "-placedAt" },
	...pageParams,
};

/** What of it `order.count` takes. */
export const countParams = {
	$$strict: true,
	status: listParams.status,
	platform: listParams.platform,
	shopId: listParams.shopId,
	from: day,
	to: day,
};

export function listOrders(query: OrderQuery, scope: ShopScope): Promise<Page<Order>> {
	const sorting = query.deadlineBefore
		? { by: "shipDeadline", oldestFirst: true } // an index serves one range, and who asks for it wants these first
		: { by: "placedAt", oldestFirst: query.sort === "placedAt" };
	return pageByTime<Order>(OrderModel, conditionsOf(query, scope), query, { ...sorting, projection: shown });
}

function conditionsOf(
	{ status, platform, shopId, hold, erpState, q, from, to, ...more }: Partial<OrderQuery>,
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
	const { trackingNo, sku, buyerOpenId, phoneTail, flag, deadlineBefore } = more;
	if (trackingNo) conditions.push({ numbers: trackingNo, "parcels.trackingNo": trackingNo });
	if (sku) conditions.push({ numbers: sku });
	if (buyerOpenId) conditions.push({ "buyer.openId": buyerOpenId });
	if (phoneTail) conditions.push({ "receiver.phoneTail": isOneOf(phoneTailHashes(phoneTail)) });
	if (flag) conditions.push({ [isColour(flag) ? "memo.flag" : "flags"]: flag });
	if (deadlineBefore) conditions.push({ shipDeadline: { $lt: deadlineBefore } });
	if (deadlineBefore && !status) conditions.push({ status: { $in: ["WAIT_SHIP", "PART_SHIPPED"] } });
	if (q) conditions.push(anyOf(q, ["numbers"]));
	return conditions;
}

/** A list of one would not be read in an index's order. */
const isOneOf = (values: string[]): unknown => (values.length === 1 ? values[0] : { $in: values });

/** How many there are in all. */
export async function countOrders(query: Partial<OrderQuery>, scope: ShopScope): Promise<{ count: number }> {
	const conditions = conditionsOf(query, scope);
	return { count: await OrderModel.countDocuments(conditions.length ? { $and: conditions } : {}) };
}

/** No word is both. */
const isColour = (flag: string): boolean => memoFlags.some((colour) => colour === flag);

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
