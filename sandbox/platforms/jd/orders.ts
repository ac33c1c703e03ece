import { beijing } from "../../beijing.ts";
import { late, shift } from "../list-faults.ts";
import type { MarketOrder } from "../market-order.ts";
import { writeMemo } from "../seller-actions.ts";
import { ownOrder } from "../shop-call.ts";
import { dayMs } from "./arguments.ts";
import { answered, type Call, type Method, named, neededOrder, pageOf } from "./call.ts";
import { type JdObject, said } from "./envelope.ts";
import { invalid, JdRefusal } from "./errors.ts";
import { orderRecord } from "./order.ts";
import { orderState, searchableStates, unknownState } from "./statuses.ts";

/** A month and three months, at their longest. */
const monthMs = 31 * dayMs;
const threeMonthsMs = 92 * dayMs;
const mostPages = 100;
const mostRows = 100;

/**
 * Paid and cancelled orders, by the time their state or waybill changed unless `dateType` is 1; ascending unless
 * `sortType` is 1. Source: jingdong.pop.order.enSearch.
 */
const search: Method = (call) =>
	answered("searchorderinfo_result", said.order, () => {
		const { args, market, shop, repeated } = call;
		const states = statesOf(call);
		const fields = args.csv("optional_fields");
		const page = args.int("page", 1, mostPages);
		const size = args.int("page_size", 1, mostRows);
		const window = windowOf(call, states);
		const sorted = args.int("sortType", 0, 1, 0) === 1 ? window.orders : window.orders.reverse();
		const wanted = sorted.filter((order) => states.has(orderState(market, order)) && order.status !== "WAIT_PAY");
		const orders = late(call, wanted);
		const shown = repeated.page(call, page, `${window.name}:${[...states]}:${size}:${fields}`);
		const rows = pageOf(orders, shown, size).map((order) =>
			named(orderRecord(market, shop, order), fields, ["orderId"]),
		);
		shift(call, orders);
		return { orderTotal: orders.length, orderInfoList: madeStrange(call, rows) };
	});

function statesOf({ args }: Call): ReadonlySet<string> {
	const states = args.csv("order_state");
	const unknown = states.find((state) => !searchableStates.has(state));
	if (unknown !== undefined) throw invalid("order_state", `不支持${unknown}`);
	return new Set(states);
}

/** The newest first. Only those who ask for nothing but what is to be shipped may leave the dates out. */
function windowOf(call: Call, states: ReadonlySet<string>): { name: string; orders: MarketOrder[] } {
	const { args, market, shop, nowMs } = call;
	const undated = !args.has("start_date") && !args.has("end_date");
	const onlyToShip = states.size === 1 && states.has("WAIT_SELLER_STOCK_OUT");
	const { fromMs, toMs } =
		undated && onlyToShip ? { fromMs: nowMs - monthMs, toMs: nowMs } : args.window("start_date", "end_date", monthMs);
	if (args.text("dateType") === "1") {
		return {
			name: `created:${fromMs}:${toMs}`,
			orders: market.placedBetween(shop.platform, shop.shopId, fromMs, toMs),
		};
	}
	if (fromMs < nowMs - threeMonthsMs) throw invalid("start_date", "只能查询三个月内的数据");
	return {
		name: `modified:${fromMs}:${toMs}`,
		orders: market.modifiedBetween(shop.platform, shop.shopId, fromMs, toMs),
	};
}

/** One row carries a state of no documentation, while the fault strikes. */
function madeStrange({ faults, shop }: Call, rows: JdObject[]): JdObject[] {
	const [first, ...others] = rows;
	if (first?.orderState === undefined || !faults.strike(shop.platform, ["unknown-status"])) return rows;
	return [{ ...first, orderState: unknownState }, ...others];
}

/** One order, unless it is not paid for. Source: jingdong.pop.order.enGet. */
const get: Method = (call) =>
	answered("orderDetailInfo", said.order, () => {
		const { args, market, shop } = call;
		const fields = args.csv("optional_fields");
		const order = neededOrder(call, args.id("order_id"));
		if (order.status === "WAIT_PAY") throw new JdRefusal("1001", "订单不存在");
		const [orderInfo] = madeStrange(call, [named(orderRecord(market, shop, order), fields, ["orderId"])]);
		return { orderInfo };
	});

/** Orders that wait for their money, by when they were placed, the newest first. Source: …notPayOrderInfo. */
const unpaid: Method = (call) => {
	const { args, market, shop, repeated } = call;
	const { fromMs, toMs } = args.window("startDate", "endDate", monthMs);
	const index = args.int("page", 1, mostPages);
	const pageSize = args.int("pageSize", 1, mostRows);
	const placed = market.placedBetween(shop.platform, shop.shopId, fromMs, toMs);
	const waiting = placed.filter((order) => order.status === "WAIT_PAY");
	const orders = late(call, waiting);
	const shown = repeated.page(call, index, `unpaid:${fromMs}:${toMs}:${pageSize}`);
	const totalPage = Math.ceil(orders.length / pageSize);
	const pageList = pageOf(orders, shown, pageSize).map((order) => unpaidRecord(call, order));
	return { paginatedInfo: { pageSize, index, totalItem: orders.length, pageList, totalPage } };
};

const unpaidById: Method = (call) => {
	const order = ownOrder(call, call.args.id("order_id"));
	if (order?.status !== "WAIT_PAY") return { orderDataNotPayInfo: {} };
	const [orderDataNotPayInfo] = madeStrange(call, [{ ...unpaidRecord(call, order), orderState: "NOT_PAY" }]);
	return { orderDataNotPayInfo };
};

/** An unpaid order has no state of its own, and no time of a change. */
function unpaidRecord({ market, shop }: Call, order: MarketOrder): JdObject {
	const {
		orderState: _,
		orderStateRemark: __,
		modified: ___,
		paymentConfirmTime: ____,
		...record
	} = orderRecord(market, shop, order);
	return record;
}

/** The seller's note with its colour, which the order itself does not tell. Source: …venderRemark.queryByOrderId. */
const readRemark: Method = (call) =>
	answered("venderRemarkQueryResult", said.remark, () => {
		const { platformOrderId, memo, modifiedMs } = neededOrder(call, call.args.id("order_id"));
		if (memo.seller === "") return {};
		const time = beijing(modifiedMs);
		const remark = { remark: memo.seller, flag: String(memo.flag), created: time, modified: time };
		return { vender_remark: { order_id: platformOrderId, ...remark } };
	});

/** Source: jingdong.pop.order.modifyVenderRemark. */
const writeRemark: Method = (call) =>
	answered("modifyvenderremark_result", said.plain, () => {
		const { args, market } = call;
		const order = neededOrder(call, args.id("order_id"));
		const seller = args.present("remark");
		if (seller.length > 500) throw new JdRefusal("1002", "商家备注不能超过500个字符");
		writeMemo(market, order, { seller, flag: args.int("flag", 0, 5, 0) });
	});

export const orderMethods: Readonly<Record<string, Method>> = {
	"jingdong.pop.order.enSearch": search,
	"jingdong.pop.order.enGet": get,
	"jingdong.pop.order.notPayOrderInfo": unpaid,
	"jingdong.pop.order.notPayOrderById": unpaidById,
	"jingdong.order.venderRemark.queryByOrderId": readRemark,
	"jingdong.pop.order.modifyVenderRemark": writeRemark,
};
