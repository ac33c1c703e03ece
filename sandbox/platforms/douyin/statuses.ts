import type {
	Aftersale,
	AftersaleStatus,
	AftersaleType,
	MarketLine,
	MarketOrder,
	MarketStatus,
} from "../market-order.ts";

/** `order_status` and its words. */
const orderStatuses: Record<MarketStatus, [code: number, words: string]> = {
	WAIT_PAY: [1, "待支付"],
	WAIT_SHIP: [2, "备货中"],
	PART_SHIPPED: [101, "部分发货"],
	SHIPPED: [3, "已发货"],
	COMPLETED: [5, "已完成"],
	CLOSED: [4, "已取消"],
};

/** `order_status` and `main_status`, which says what a closed order or line was closed by. */
export interface Statuses {
	order: number;
	main: number;
	words: string;
}

export function statusesOf(order: MarketOrder): Statuses {
	const [code, words] = orderStatuses[order.status];
	const refunded = order.status === "CLOSED" && order.paidMs !== null;
	return { order: code, main: refunded ? refundedStatus(order, order.parcels.length > 0) : code, words };
}

export function lineStatuses(order: MarketOrder, line: MarketLine): Statuses {
	if (!line.closed) {
		const own = order.status === "PART_SHIPPED" ? partStatus(line) : order.status;
		const [code, words] = orderStatuses[own];
		return { order: code, main: code, words };
	}
	if (order.paidMs === null) return statusesOf(order);
	// A line whose goods went out keeps its step; only the finer status tells that the money is back.
	const sent = line.shippedQty > 0;
	const [code, words] = orderStatuses[!sent ? "CLOSED" : order.status === "COMPLETED" ? "COMPLETED" : "SHIPPED"];
	return { order: code, main: refundedStatus(order, sent), words };
}

function partStatus(line: MarketLine): MarketStatus {
	if (line.shipped) return "SHIPPED";
	return line.shippedQty > 0 ? "PART_SHIPPED" : "WAIT_SHIP";
}

function refundedStatus(order: MarketOrder, sent: boolean): number {
	if (!sent) return 21;
	return order.status === "COMPLETED" ? 39 : 22;
}

/** A status in no documentation, for the fault of that name. */
export const unknownStatus = 999;

/** `aftersale_type` and its words. */
export const aftersaleTypes: Record<AftersaleType, [code: number, words: string]> = {
	RETURN_REFUND: [0, "退货退款"],
	REFUND_ONLY: [1, "已发货仅退款"],
	REFUND_BEFORE_SHIP: [2, "未发货仅退款"],
	EXCHANGE: [3, "换货"],
	RESEND: [7, "补寄"],
	REPAIR: [8, "维修"],
};

const aftersaleStatuses: Record<AftersaleStatus, [code: number, words: string]> = {
	APPLIED: [6, "待商家处理"],
	WAIT_BUYER_RETURN: [7, "待买家退货"],
	WAIT_SELLER_RECEIVE: [11, "待商家收货"],
	WAIT_SELLER_SHIP: [8, "待商家发货"],
	WAIT_BUYER_CONFIRM: [13, "待买家收货"],
	REFUSED: [27, "商家已拒绝"],
	DONE: [12, "售后成功"],
	CLOSED: [28, "售后关闭"],
};

const moneyless: ReadonlySet<AftersaleType> = new Set(["EXCHANGE", "RESEND", "REPAIR"]);

export function aftersaleStatus({ status, type, returnParcel }: Aftersale): [code: number, words: string] {
	if (status === "DONE" && moneyless.has(type)) return [14, "换货成功"];
	if (status === "REFUSED" && returnParcel) return [29, "退货后商家拒绝"];
	return aftersaleStatuses[status];
}

/** 0: no money is asked for. */
export function refundStatus({ status, type }: Pick<Aftersale, "status" | "type">): number {
	if (moneyless.has(type) || status === "CLOSED") return 0;
	return status === "DONE" ? 3 : 1;
}
