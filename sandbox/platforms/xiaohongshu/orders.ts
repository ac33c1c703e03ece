import { late, shift } from "../list-faults.ts";
import { writeMemo } from "../seller-actions.ts";
import type { Arguments } from "./arguments.ts";
import { orderOf, type SellerMethod } from "./call.ts";
import { invalid } from "./errors.ts";
import { orderDetail, orderRow } from "./order-document.ts";
import { orderStatus, unknownStatus } from "./statuses.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const oldestMs = 92 * dayMs;
const longestWindow: Readonly<Record<number, number>> = { 1: dayMs, 2: 30 * minuteMs };

/** Orders by the time they were placed (`timeType` 1) or changed (2), newest first. Source: order.getOrderList. */
const list: SellerMethod = (call) => {
	const { args, market, shop, repeated, nowMs } = call;
	const timeType = args.int("timeType", 1, 2);
	const { fromMs, toMs } = windowOf(args, timeType, 1_000, nowMs);
	const pageNo = args.int("pageNo", 1, 100, 1);
	const pageSize = args.int("pageSize", 1, 100, 50);
	const status = args.int("orderStatus", 0, 10, 0);
	const type = args.int("orderType", 0, 5, 0);
	const between = timeType === 1 ? market.placedBetween : market.modifiedBetween;
	const found = between.call(market, shop.platform, shop.shopId, fromMs, toMs).filter((order) => {
		const rightStatus = status === 0 || orderStatus(market, order) === status;
		return rightStatus && type <= 1; // every order here is of type 1
	});
	const orders = late(call, found);
	const shown = repeated.page(call, pageNo, `orders:${timeType}:${fromMs}:${toMs}:${pageSize}`);
	const orderList = orders.slice((shown - 1) * pageSize, shown * pageSize).map((order) => orderRow(market, order));
	shift(call, orders);
	return { total: orders.length, pageNo, pageSize, maxPageNo: Math.ceil(orders.length / pageSize), orderList };
};

/** Source: order.getOrderDetail. */
const detail: SellerMethod = (call) => {
	const order = orderOf(call, call.args.needed("orderId"));
	const record = orderDetail(call.market, call.shop, order);
	const strange = call.faults.strike(call.shop.platform, ["unknown-status"]);
	return strange ? { ...record, orderStatus: unknownStatus } : record;
};

/** Note and flag, always together and with who wrote them. Source: order.modifySellerMarkInfo. */
const mark: SellerMethod = (call) => {
	const { args, market } = call;
	const order = orderOf(call, args.needed("orderId"));
	const seller = args.needed("sellerMarkNote");
	args.needed("operator");
	const flag = args.int("sellerMarkPriority", 1, 6);
	if (seller.length > 500) throw invalid("sellerMarkNote", "最多500字");
	writeMemo(market, order, { seller, flag });
	return null;
};

/**
 * `startTime` and `endTime`: this platform's order list counts seconds, its other lists milliseconds (`unitMs`).
 * The window runs forward, is no longer than its kind allows and begins in the last three months.
 */
export function windowOf(
	args: Arguments,
	timeType: number,
	unitMs: number,
	nowMs: number,
): { fromMs: number; toMs: number } {
	const [from, to] = ["startTime", "endTime"].map((name) => {
		const value = args.int(name, 0, Number.MAX_SAFE_INTEGER);
		const isSeconds = value < 100_000_000_000;
		if (isSeconds !== (unitMs === 1_000)) throw invalid(name, unitMs === 1_000 ? "应为秒" : "应为毫秒");
		return value * unitMs;
	});
	const [fromMs = 0, toMs = 0] = [from, to];
	if (fromMs >= toMs) throw invalid("endTime", "应晚于startTime");
	if (toMs - fromMs > (longestWindow[timeType] ?? 0)) throw invalid("endTime", "时间跨度超过限制");
	if (fromMs < nowMs - oldestMs) throw invalid("startTime", "只能查询三个月内的数据");
	return { fromMs, toMs };
}

export const orderMethods: Readonly<Record<string, SellerMethod>> = {
	"order.getOrderList": list,
	"order.getOrderDetail": detail,
	"order.modifySellerMarkInfo": mark,
};
