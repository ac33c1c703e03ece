import { late, shift } from "../list-faults.ts";
import type { MarketOrder } from "../market-order.ts";
import { writeMemo } from "../seller-actions.ts";
import { type Arguments, dayMs } from "./arguments.ts";
import { done, get, type Method, orderOf, post, type SellerCall } from "./call.ts";
import { cursorPage } from "./cursor.ts";
import type { Payload } from "./envelope.ts";
import { invalid } from "./errors.ts";
import { orderRecord } from "./order-record.ts";
import { orderStatus, viewStatuses } from "./statuses.ts";

const longestWindowMs = 7 * dayMs;
const historyMs = 90 * dayMs;
const longestNote = 200;

/** Orders of a window, page by page. Source: open.order.cursor.list. */
function cursorList(call: SellerCall): Payload {
	const { args, market, shop, repeated } = call;
	const view = args.int("orderViewStatus", 1, 7);
	const size = args.int("pageSize", 1, 50);
	const ascending = args.optionalInt("sort", 1, 1, 2) === 2;
	const byUpdate = args.int("queryType", 1, 2) === 2;
	args.optionalInt("cpsType", 0, 0, 2);
	const { fromMs, toMs } = orderWindow(args, call.nowMs);
	const between = byUpdate ? market.modifiedBetween : market.placedBetween;
	const found = between.call(market, shop.platform, shop.shopId, fromMs, toMs); // newest first
	const inView = found.filter((order) => view === 1 || viewStatuses[view]?.includes(orderStatus(order)));
	const known = late(call, inView);
	const query = `orders:${fromMs}:${toMs}:${view}:${size}:${ascending}:${byUpdate}`;
	const { rows, cursor } = cursorPage<MarketOrder>({
		rows: ascending ? known.toReversed() : known,
		ms: (order) => (byUpdate ? order.modifiedMs : order.placedMs),
		ascending,
		size,
		cursor: args.text("cursor"),
		choose: (asked, before) => repeated.cursor(call, asked, before, query),
	});
	const orderList = rows.map((order) => orderRecord(call, order));
	shift(call, known);
	return { data: { pageSize: size, beginTime: fromMs, endTime: toMs, cursor, orderList } };
}

function orderWindow(args: Arguments, nowMs: number): { fromMs: number; toMs: number } {
	const { fromMs, toMs } = args.window();
	if (toMs <= fromMs) throw invalid("endTime", "结束时间必须晚于开始时间");
	if (toMs - fromMs > longestWindowMs) throw invalid("endTime", "查询时间跨度不能超过7天");
	if (fromMs < nowMs - historyMs) throw invalid("beginTime", "只能查询90天内的订单");
	return { fromMs, toMs };
}

/** Source: open.order.detail; it knows a little more than a row. */
function detail(call: SellerCall): Payload {
	const order = orderOf(call, "oid");
	return { data: { ...orderRecord(call, order), privacyInfoAuthStatus: 0, carrierType: 0 } };
}

/** One more note, the newest from now on. Source: open.seller.order.note.add. */
function addNote(call: SellerCall): Payload {
	const { args } = call;
	const order = orderOf(call, "orderId");
	const seller = args.text("note");
	const flag = args.int("flag", 0, 6);
	if ([...seller].length > longestNote) throw invalid("note", `不能超过${longestNote}个字`);
	writeMemo(call.market, order, { seller, flag });
	return done;
}

export const orderMethods: Readonly<Record<string, Method>> = {
	"open.order.cursor.list": get(cursorList, 300),
	"open.order.detail": get(detail),
	"open.seller.order.note.add": post(addNote),
};
