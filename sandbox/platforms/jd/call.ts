import { type Aftersale, type MarketOrder, RuleBroken } from "../market-order.ts";
import { ownOrder, type ShopCall } from "../shop-call.ts";
import type { Arguments } from "./arguments.ts";
import type { JdObject } from "./envelope.ts";
import { invalid, JdRefusal } from "./errors.ts";

/** A call in the name of a seller, whose system parameters were right. */
export interface Call extends ShopCall {
	args: Arguments;
}

/** Answers what stands beside `code`; throws JdError. */
export type Method = (call: Call) => JdObject;

export function neededOrder(call: Call, orderId: string): MarketOrder {
	const order = ownOrder(call, orderId);
	if (!order) throw new JdRefusal("1001", "订单不存在");
	return order;
}

/** All after-sales of the shop that the kind tells of, the oldest first. */
export function aftersalesOf({ market, shop }: Call, letter: "R" | "S"): Aftersale[] {
	return market.aftersales
		.after(0, Number.POSITIVE_INFINITY)
		.filter((each) => each.shopId === shop.shopId && each.platformAftersaleId.startsWith(letter));
}

/** Runs a call whose refusals stand inside its own result. `result`: the name of that; `say`: how it says so. */
export function answered(
	result: string,
	say: (refusal?: JdRefusal) => JdObject,
	run: () => JdObject | undefined,
): JdObject {
	try {
		return { [result]: { ...say(), ...run() } };
	} catch (err) {
		if (err instanceof JdRefusal) return { [result]: say(err) };
		if (err instanceof RuleBroken) return { [result]: say(refusalOf(err)) };
		throw err;
	}
}

/** Why the marketplace says no, in 京东's words. */
function refusalOf({ rule }: RuleBroken): JdRefusal {
	const [code, words] = refusals[rule];
	return new JdRefusal(code, words);
}

const refusals: Record<RuleBroken["rule"], [code: string, words: string]> = {
	NOT_PAID: ["2001001", "订单未付款，不能出库"],
	ORDER_CLOSED: ["2001002", "订单已取消，不能出库"],
	ALREADY_SHIPPED: ["2001003", "订单已出库，请勿重复出库"],
	REFUND_IN_PROGRESS: ["2001004", "订单已锁定，不能出库"],
	NO_SUCH_LINE: ["2001005", "商品不属于该订单"],
	NOTHING_SHIPPED: ["2001006", "订单尚未出库"],
	WRONG_STATUS: ["2001007", "当前状态不允许该操作"],
};

/** One page of rows; pages count from 1. */
export function pageOf<T>(rows: readonly T[], page: number, size: number): T[] {
	return rows.slice((page - 1) * size, page * size);
}

/** The fields the caller named, and those that always come. */
export function named(record: JdObject, fields: readonly string[], always: readonly string[] = []): JdObject {
	const wanted = new Set([...fields, ...always]);
	return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)));
}

/** `operatePin`, `operateNick` and the seller's own `buId`, which every call about service orders carries. */
export function checkOperator({ args, shop }: Call): void {
	args.needed("operatePin");
	args.needed("operateNick");
	if (args.needed("buId") !== shop.sellerId) throw invalid("buId", "不是授权商家");
}
