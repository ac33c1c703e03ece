/** Orders that wait for a person, by what holds them. */
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import type { ShopScope } from "../shop/scope.ts";
import { OrderModel } from "./order.model.ts";
import { type HoldReason, holdReasons, type Order, type OrderStatus } from "./order.ts";

/** What is delivered or closed waits for nobody, whatever held it once. */
const open: OrderStatus[] = ["WAIT_PAY", "WAIT_SHIP", "PART_SHIPPED"];

export interface HeldQuery extends PageQuery {
	reason: HoldReason;
	platform?: string;
	shopId?: string;
}

/** Without buyer and receiver: what holds an order is seen without them. */
export type HeldOrder = Omit<Order, "buyer" | "receiver">;

const hidden = { outbox: 0, contentHash: 0, shipping: 0, numbers: 0, buyer: 0, receiver: 0 } as const;

/** Who has waited longest comes first. */
export function heldOrders(query: HeldQuery, scope: ShopScope): Promise<Page<HeldOrder>> {
	const conditions = [heldFor(query.reason), ...within(query, scope)];
	return pageByTime<HeldOrder>(OrderModel, conditions, query, {
		by: "placedAt",
		oldestFirst: true,
		projection: hidden,
	});
}

/** How many orders each reason holds; an order with two reasons is in both. */
export async function heldCounts(
	of: Pick<HeldQuery, "platform" | "shopId">,
	scope: ShopScope,
): Promise<{ items: { reason: HoldReason; orders: number }[] }> {
	const count = async (reason: HoldReason) => ({
		reason,
		orders: await OrderModel.countDocuments({ $and: [heldFor(reason), ...within(of, scope)] }),
	});
	return { items: await Promise.all(holdReasons.map(count)) };
}

const heldFor = (reason: HoldReason): object => ({ "holds.reason": reason, status: { $in: open } });

function within({ platform, shopId }: Pick<HeldQuery, "platform" | "shopId">, scope: ShopScope): object[] {
	return [
		...(platform === undefined ? [] : [{ platform }]),
		...(shopId === undefined ? [] : [{ shopId }]),
		...(scope === "*" ? [] : [{ shopId: { $in: scope } }]),
	];
}
