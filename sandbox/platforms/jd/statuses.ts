import type { Market } from "../market.ts";
import type { Aftersale, AftersaleStatus, AftersaleType, MarketOrder, MarketStatus } from "../market-order.ts";

const orderStates: Record<MarketStatus, string> = {
	WAIT_PAY: "NOT_PAY",
	WAIT_SHIP: "WAIT_SELLER_STOCK_OUT",
	PART_SHIPPED: "WAIT_SELLER_STOCK_OUT", // 京东 knows no such thing
	SHIPPED: "WAIT_GOODS_RECEIVE_CONFIRM",
	COMPLETED: "FINISHED_L",
	CLOSED: "TRADE_CANCELED",
};

const remarks: Record<string, string> = {
	NOT_PAY: "等待付款",
	WAIT_SELLER_STOCK_OUT: "等待出库",
	LOCKED: "锁定",
	WAIT_GOODS_RECEIVE_CONFIRM: "等待确认收货",
	FINISHED_L: "完成",
	TRADE_CANCELED: "取消",
};

/** A state in no documentation, for the fault of that name. */
export const unknownState = "SANDBOX_UNKNOWN_STATE";

/** An application for a refund that nobody has answered locks the whole order. */
export function isLocked(market: Market, order: MarketOrder): boolean {
	if (order.status !== "WAIT_SHIP" && order.status !== "PART_SHIPPED") return false;
	return order.lines.some((line) => {
		const aftersale = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
		return aftersale?.type === "REFUND_BEFORE_SHIP" && aftersale.status === "APPLIED";
	});
}

export function orderState(market: Market, order: MarketOrder): string {
	return isLocked(market, order) ? "LOCKED" : orderStates[order.status];
}

export const stateRemark = (state: string): string => remarks[state] ?? state;

/** Every state that the list of orders may be asked for. */
export const searchableStates: ReadonlySet<string> = new Set([
	...Object.values(orderStates).filter((state) => state !== "NOT_PAY"),
	..."LOCKED WAIT_SELLER_DELIVERY POP_ORDER_PAUSE PAUSE WAIT_SEND_CODE RECEIPTS_CONFIRM DELIVERY_RETURN".split(" "),
]);

/** `status` of an application for a refund. An agreed one is paid at once. */
export function refundStatus({ status }: Aftersale): number {
	if (status === "APPLIED") return 0;
	if (status === "REFUSED") return 2;
	return status === "CLOSED" ? 11 : 3;
}

/** `serviceStatus` and its name. A parcel on its way back is told of by its number, not by the status. */
export const serviceStatuses: Record<AftersaleStatus, [code: number, name: string]> = {
	APPLIED: [10001, "待审核"],
	WAIT_BUYER_RETURN: [10005, "待收货"],
	WAIT_SELLER_RECEIVE: [10005, "待收货"],
	WAIT_SELLER_SHIP: [10007, "待处理"],
	WAIT_BUYER_CONFIRM: [10009, "待用户确认"],
	REFUSED: [10004, "审核关闭"],
	DONE: [10010, "完成"],
	CLOSED: [10011, "取消"],
};

/** `customerExpect` and its name. */
export const expectations: Record<Exclude<AftersaleType, "REFUND_BEFORE_SHIP">, [code: number, name: string]> = {
	RETURN_REFUND: [10, "退货"],
	REFUND_ONLY: [11, "仅退款"],
	EXCHANGE: [20, "换货"],
	REPAIR: [30, "维修"],
	RESEND: [80, "补发商品"],
};

/** `sysVersion`: another one with every step, so that a decision about an older state is refused. */
export const versionOf = ({ status }: Aftersale): number => Object.keys(serviceStatuses).indexOf(status) + 1;
