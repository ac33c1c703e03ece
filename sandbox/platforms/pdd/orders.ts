import { late, shift } from "../list-faults.ts";
import type { MarketOrder } from "../market-order.ts";
import { writeMemo } from "../seller-actions.ts";
import { type Apis, orderOf, type ShopCall } from "./call.ts";
import type { PddObject } from "./envelope.ts";
import { invalid } from "./errors.ts";
import { aftersaleOn, orderRecord } from "./order.ts";
import { orderCodes, unknownStatus } from "./statuses.ts";

/** Orders by the time they changed, whole. Source: pdd.order.number.list.increment.get. */
function increment(call: ShopCall): PddObject {
	const { args, market, shop, nowMs, repeated } = call;
	const { fromMs, toMs } = args.window(nowMs);
	const { page, size } = args.page();
	const useHasNext = args.flag("use_has_next");
	const window = market.modifiedBetween(shop.platform, shop.shopId, fromMs, toMs).filter(filterOf(call));
	const orders = late(call, window);
	const query = `orders:${fromMs}:${toMs}:${size}:${useHasNext}`;
	const pageNo = repeated.page(call, page, query);
	const rows = orders.slice((pageNo - 1) * size, pageNo * size).map((order) => recordOf(call, order));
	const count = useHasNext ? { has_next: orders.length > page * size } : { total_count: orders.length };
	shift(call, orders);
	return { ...count, order_sn_list: rows };
}

/** All three filters are needed. Nobody here buys in lotteries or pays deposits. */
function filterOf({ args, market }: ShopCall): (order: MarketOrder) => boolean {
	const status = args.oneOf("order_status", [1, 2, 3, 5]);
	const refund = args.oneOf("refund_status", [1, 2, 3, 4, 5]);
	const onlyLucky = args.oneOf("is_lucky_flag", [0, 1, 2]) === 2;
	const onlyDeposits = args.int("trade_type", 0, 0, 1) === 1;
	return (order) => {
		const codes = orderCodes(order, aftersaleOn(market, order));
		return (
			!onlyLucky &&
			!onlyDeposits &&
			(status === 5 || codes.order_status === status) &&
			(refund === 5 || codes.refund_status === refund)
		);
	};
}

function information(call: ShopCall): PddObject {
	return { order_info: recordOf(call, orderOf(call, call.args.needed("order_sn"))) };
}

/** Under `unknown-status` with a state that is in no documentation. */
function recordOf({ market, faults, shop }: ShopCall, order: MarketOrder): PddObject {
	const record = orderRecord(market, order);
	return faults.strike(shop.platform, ["unknown-status"]) ? { ...record, order_status: unknownStatus } : record;
}

/** The note as a whole; the colour stays unless one is given with its name. Source: pdd.order.note.update. */
function updateNote(call: ShopCall): PddObject {
	const { args, market } = call;
	const order = orderOf(call, args.needed("order_sn"));
	const note = args.given("note");
	if (note === null) throw invalid("note", "不能为空");
	if (note.length > 300) return { success: false, error_code: 50001, error_msg: "备注超过300个字" };
	const tag = args.text("tag");
	const name = args.text("tag_name");
	if ((tag === null) !== (name === null)) throw invalid("tag_name", "与tag必须同时传入");
	if (name !== null && name.length > 3) throw invalid("tag_name", "超过3个字");
	const flag = tag === null ? order.memo.flag : args.oneOf("tag", [1, 2, 3, 4, 5]);
	writeMemo(market, order, { seller: note, flag });
	return { success: true, error_code: 0, error_msg: "" };
}

export const orderApis: Apis = {
	"pdd.order.number.list.increment.get": { root: "order_sn_increment_get_response", needs: "token", run: increment },
	"pdd.order.information.get": { root: "order_info_get_response", needs: "token", run: information },
	"pdd.order.note.update": { root: "response", needs: "token", run: updateNote },
};
