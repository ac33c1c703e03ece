import { late, shift } from "../list-faults.ts";
import type { MarketOrder } from "../market-order.ts";
import { writeMemo } from "../seller-actions.ts";
import type { Body } from "./body.ts";
import { orderOf, type SellerMethod } from "./call.ts";
import { page } from "./cursor.ts";
import { badArgument, WxError } from "./errors.ts";
import { orderDocument, plainReceiver } from "./order.ts";
import { orderStatus, unknownStatus } from "./statuses.ts";

const weekMs = 7 * 24 * 3_600_000;
/** So many orders of one window are answered; the platform's own number is not published. */
const mostOrders = 20_000;

/** Numbers of orders by the time they changed or were placed, oldest first. Source: order/list/get. */
const list: SellerMethod = (call) => {
	const { body, market, shop } = call;
	const size = body.optionalInt("page_size", 1, 100) ?? 10;
	const status = body.optionalInt("status", 1, 1000);
	const byChange = body.has("update_time_range");
	if (!byChange && !body.has("create_time_range")) throw badArgument("update_time_range", "is missing");
	const { fromMs, toMs } = windowOf(body.object(byChange ? "update_time_range" : "create_time_range"));
	const window = byChange
		? market.modifiedBetween(shop.platform, shop.shopId, fromMs, toMs)
		: market.placedBetween(shop.platform, shop.shopId, fromMs, toMs);
	if (window.length > mostOrders) throw new WxError(31042, "too many orders, shorten the time range");
	const listed = late(call, window).filter((order) => status === null || orderStatus(order) === status);
	const { rows, next, more } = page<MarketOrder>(call, {
		rows: listed.reverse(),
		place: ({ modifiedMs, placedMs, sequence }) => ({ ms: byChange ? modifiedMs : placedMs, sequence }),
		size,
		query: `orders:${byChange}:${fromMs}:${toMs}:${status}:${size}`,
		mismatch: new WxError(606006, "next_key not match"),
	});
	shift(call, listed);
	return { order_id_list: rows.map((order) => order.platformOrderId), next_key: next, has_more: more };
};

function windowOf(range: Body): { fromMs: number; toMs: number } {
	const fromMs = range.seconds("start_time");
	const toMs = range.seconds("end_time");
	if (fromMs > toMs) throw badArgument("end_time", "before start_time");
	if (toMs - fromMs > weekMs) throw badArgument("end_time", "more than 7 days after start_time");
	return { fromMs, toMs };
}

/** Source: order/get. */
const get: SellerMethod = (call) => {
	const { market, faults, shop, body } = call;
	const masked = body.flag("encode_sensitive_info");
	const document = orderDocument(market, orderOf(call), masked);
	const strange = faults.strike(shop.platform, ["unknown-status"]);
	return { order: strange ? { ...document, status: unknownStatus } : document };
};

/** Source: order/sensitiveinfo/decode. */
const decode: SellerMethod = (call) => plainReceiver(orderOf(call), call.nowMs);

/** Source: order/merchantnotes/update. */
const writeNotes: SellerMethod = (call) => {
	const order = orderOf(call);
	const seller = call.body.text("merchant_notes");
	if (seller.length > 250) throw badArgument("merchant_notes", "is too long");
	writeMemo(call.market, order, { seller, flag: order.memo.flag });
	return {};
};

export const orderMethods: Readonly<Record<string, SellerMethod>> = {
	"/channels/ec/order/list/get": list,
	"/channels/ec/order/get": get,
	"/channels/ec/order/sensitiveinfo/decode": decode,
	"/channels/ec/order/merchantnotes/update": writeNotes,
};
