import { beijing } from "../../beijing.ts";
import { shift } from "../list-faults.ts";
import type { MarketOrder } from "../market-order.ts";
import { writeMemo } from "../seller-actions.ts";
import { type Arguments, dayMs } from "./arguments.ts";
import { type SellerCall, type SellerMethod, tradeOf } from "./call.ts";
import { list, type TopObject } from "./envelope.ts";
import { invalid, TopError } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { tradeStatus, tradeStatuses, unknownStatus } from "./statuses.ts";
import { detailFields, fullFields, listFields, trade } from "./trade.ts";

/** Trades by the time they changed, newest first. Source: taobao.trades.sold.increment.get. */
const increment: SellerMethod = (call) => {
	const { args, market, shop, nowMs } = call;
	const { fromMs, toMs } = args.window("start_modified", "end_modified", nowMs, dayMs);
	return page(call, market.modifiedBetween(shop.platform, shop.shopId, fromMs, toMs), `modified:${fromMs}:${toMs}`);
};

/** Trades by the time they were placed, newest first; both ends may be left out. Source: taobao.trades.sold.get. */
const sold: SellerMethod = (call) => {
	const { args, market, shop, nowMs } = call;
	const { fromMs, toMs } = args.openWindow("start_created", "end_created", nowMs);
	return page(call, market.placedBetween(shop.platform, shop.shopId, fromMs, toMs), `created:${fromMs}:${toMs}`);
};

/** One page of a list; `query` names the list for the fault that repeats pages. */
function page(call: SellerCall, window: MarketOrder[], query: string): TopObject {
	const { args, market, shop } = call;
	const fields = fieldsOf(args, listFields);
	const orders = window.filter(filterOf(call));
	const { rows, count } = pageOf(call, orders, query, { usual: 40, most: 100 });
	const trades = list(
		"trade",
		rows.map((order) => trade(market, shop, order, fields)),
	);
	shift(call, orders);
	return { ...count, trades };
}

/** `status` and `type`. */
function filterOf({ args }: SellerCall): (order: MarketOrder) => boolean {
	const status = args.text("status");
	if (status !== null && !tradeStatuses.has(status)) throw invalid("status", "不是交易状态");
	if (!takesOurType(args)) return () => false;
	if (status === null) return () => true;
	if (status === "ALL_WAIT_PAY") return (order) => order.status === "WAIT_PAY";
	if (status === "ALL_CLOSED") return (order) => order.status === "CLOSED";
	return (order) => tradeStatus(order) === status;
}

/** Every trade here is of type "fixed", which "guarantee_trade" covers, and so does a list that asks for no type. */
export function takesOurType(args: Arguments): boolean {
	const types = args.csv("type");
	return !types || types.includes("fixed") || types.includes("guarantee_trade");
}

/** One trade. Source: taobao.trade.get and, with the receiver, taobao.trade.fullinfo.get. */
function detail(knownFields: ReadonlySet<string>): SellerMethod {
	return (call) => {
		const { args, market, shop, faults } = call;
		const fields = fieldsOf(args, knownFields);
		const record = trade(market, shop, tradeOf(call), fields, args.flag("include_oaid"));
		const strange = record.status !== undefined && faults.strike(shop.platform, ["unknown-status"]);
		return { trade: strange ? { ...record, status: unknownStatus } : record };
	};
}

/** The seller's note and flag; an empty memo without `reset` leaves the note. Source: taobao.trade.memo.update. */
const updateMemo: SellerMethod = (call) => {
	const { args, market } = call;
	const order = tradeOf(call);
	const memo = args.text("memo");
	const flag = args.int("flag", 0, 0, 5);
	if (memo !== null && Buffer.byteLength(memo) > 1000) {
		throw new TopError(15, "isv.trade-service-rejection:MEMO_TOO_LONG", "备注超过1000字节");
	}
	writeMemo(market, order, { seller: args.flag("reset") ? "" : (memo ?? order.memo.seller), flag });
	return { trade: { tid: BigInt(order.platformOrderId), modified: beijing(order.modifiedMs) } };
};

export const tradeMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.trades.sold.increment.get": increment,
	"taobao.trades.sold.get": sold,
	"taobao.trade.get": detail(detailFields),
	"taobao.trade.fullinfo.get": detail(fullFields),
	"taobao.trade.memo.update": updateMemo,
};
