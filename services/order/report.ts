/** Orders in numbers, for charts and the workbench. */
import { platformNames } from "../../config/platforms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { manualPlatform } from "./manual.ts";
import { OrderModel } from "./order.model.ts";
import type { OrderStatus } from "./order.ts";

/** Placed in [from, to). */
export interface Stretch {
	from: Date;
	to: Date;
}

export interface HourOrders {
	at: string; // ISO: when the hour begins
	platform: string;
	orders: number;
	paidFen: number; // of those that are paid
}

export interface PlatformOrders {
	platform: string;
	orders: number;
}

/** How long there still is to ship an order; past the deadline first. */
export const deadlines = ["overdue", "under2", "under6", "under12", "under24", "under48", "later"] as const;
export type Deadline = (typeof deadlines)[number];
const hoursLeft: Readonly<Record<Exclude<Deadline, "later">, number>> = {
	overdue: 0,
	under2: 2,
	under6: 6,
	under12: 12,
	under24: 24,
	under48: 48,
};

export interface ShopDeadlines {
	platform: string;
	shopId: string;
	deadline: Deadline;
	orders: number;
}

export interface WorkCounts {
	overdue: number; // to be shipped, and its platform's deadline is over
	dueSoon: number; // within two hours
	unmatched: number;
	recalls: number; // the ERP was asked to give them back and has not
}

const hourMs = 3_600_000;
const inScope = (scope: ShopScope): object => (scope === "*" ? {} : { shopId: { $in: scope } });
const toShip: { status: { $in: OrderStatus[] } } = { status: { $in: ["WAIT_SHIP", "PART_SHIPPED"] } };

/** Reads every order of the stretch: ask for a day at most. */
export async function ordersByHour({ from, to }: Stretch, scope: ShopScope): Promise<HourOrders[]> {
	const hour = { $dateToString: { date: "$placedAt", format: "%Y-%m-%dT%H:00:00.000Z" } };
	const paidFen = { $cond: [{ $eq: ["$paidAt", null] }, 0, "$money.paidFen"] };
	const rows = await OrderModel.aggregate<{ _id: { at: string; platform: string }; orders: number; paidFen: number }>([
		{ $match: { placedAt: { $gte: from, $lt: to }, ...inScope(scope) } },
		{ $group: { _id: { at: hour, platform: "$platform" }, orders: { $sum: 1 }, paidFen: { $sum: paidFen } } },
	]);
	return rows.map(({ _id, orders, paidFen }) => ({ ..._id, orders, paidFen }));
}

/** Each is a count in an index, but for a caller of some shops. */
export async function ordersByPlatform({ from, to }: Stretch, scope: ShopScope): Promise<PlatformOrders[]> {
	const counted = [...platformNames, manualPlatform].map(async (platform) => {
		const placed = { platform, placedAt: { $gte: from, $lt: to }, ...inScope(scope) };
		return { platform, orders: await OrderModel.countDocuments(placed) };
	});
	return (await Promise.all(counted)).filter(({ orders }) => orders > 0);
}

/** Of orders that wait to be shipped and have a deadline. */
export async function ordersByDeadline(now: Date, scope: ShopScope): Promise<ShopDeadlines[]> {
	const steps = Object.entries(hoursLeft).toReversed();
	const deadline = steps.reduce<unknown>(
		(later, [name, hours]) => ({
			$cond: [{ $lt: ["$shipDeadline", new Date(now.getTime() + hours * hourMs)] }, name, later],
		}),
		"later",
	);
	const rows = await OrderModel.aggregate<{ _id: Omit<ShopDeadlines, "orders">; orders: number }>([
		{ $match: { ...toShip, shipDeadline: { $ne: null }, ...inScope(scope) } },
		{ $group: { _id: { platform: "$platform", shopId: "$shopId", deadline }, orders: { $sum: 1 } } },
	]);
	return rows.map(({ _id, orders }) => ({ ..._id, orders }));
}

/** What the tabs of the order centre do not count. */
export async function workCounts(now: Date, scope: ShopScope): Promise<WorkCounts> {
	const shops = inScope(scope);
	const soon = new Date(now.getTime() + hoursLeft.under2 * hourMs);
	const recalled = { "erp.recall.why": { $gt: "" }, "erp.recall.state": { $in: ["WANTED", "REFUSED"] } };
	const [overdue, dueSoon, unmatched, recalls] = await Promise.all([
		OrderModel.countDocuments({ ...toShip, shipDeadline: { $lt: now }, ...shops }),
		OrderModel.countDocuments({ ...toShip, shipDeadline: { $gte: now, $lt: soon }, ...shops }),
		OrderModel.countDocuments({ status: "WAIT_SHIP", "holds.reason": "SKU_UNMATCHED", ...shops }),
		OrderModel.countDocuments({ ...recalled, ...shops }),
	]);
	return { overdue, dueSoon, unmatched, recalls };
}
