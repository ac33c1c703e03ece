import type {
	Aftersale,
	AftersaleStatus,
	AftersaleType,
	MarketLine,
	MarketOrder,
	MarketStatus,
} from "../market-order.ts";

const running: Record<Exclude<MarketStatus, "CLOSED">, string> = {
	WAIT_PAY: "WAIT_BUYER_PAY",
	WAIT_SHIP: "WAIT_SELLER_SEND_GOODS",
	PART_SHIPPED: "SELLER_CONSIGNED_PART",
	SHIPPED: "WAIT_BUYER_CONFIRM_GOODS",
	COMPLETED: "TRADE_FINISHED",
};

/** `trade.status`. A trade closed before payment has its own word. */
export function tradeStatus(order: MarketOrder): string {
	if (order.status !== "CLOSED") return running[order.status];
	return order.paidMs === null ? "TRADE_CLOSED_BY_TAOBAO" : "TRADE_CLOSED";
}

/** `order.status` of one line of the trade. */
export function lineStatus(order: MarketOrder, line: MarketLine): string {
	if (line.closed) return order.paidMs === null ? "TRADE_CLOSED_BY_TAOBAO" : "TRADE_CLOSED";
	if (order.status === "PART_SHIPPED") return line.shipped ? running.SHIPPED : running.WAIT_SHIP;
	return tradeStatus(order);
}

/** Every status a list call may be asked for. */
export const tradeStatuses: ReadonlySet<string> = new Set([
	...Object.values(running),
	"TRADE_CLOSED",
	"TRADE_CLOSED_BY_TAOBAO",
	"TRADE_NO_CREATE_PAY",
	"PAY_PENDING",
	"TRADE_BUYER_SIGNED",
	"ALL_WAIT_PAY",
	"ALL_CLOSED",
]);

/** A status in no documentation, for the fault of that name. */
export const unknownStatus = "SANDBOX_UNKNOWN_STATUS";
/** The same where a status is a number. */
export const unknownStatusNumber = 99;

const refundStatuses: Record<AftersaleStatus, string> = {
	APPLIED: "WAIT_SELLER_AGREE",
	WAIT_BUYER_RETURN: "WAIT_BUYER_RETURN_GOODS",
	WAIT_SELLER_RECEIVE: "WAIT_SELLER_CONFIRM_GOODS",
	WAIT_SELLER_SHIP: "WAIT_SELLER_CONSIGN_GOODS",
	WAIT_BUYER_CONFIRM: "WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS",
	REFUSED: "SELLER_REFUSE_BUYER",
	DONE: "SUCCESS",
	CLOSED: "CLOSED",
};

export function refundStatus(aftersale: Aftersale): string {
	return refundStatuses[aftersale.status];
}

/** `refund_status` of an order line: nothing was refunded where something was sent instead. */
export function lineRefundStatus(aftersale: Aftersale | undefined): string {
	const sentInstead = aftersale?.status === "DONE" && aftersale.sentParcel !== null;
	return !aftersale || sentInstead ? "NO_REFUND" : refundStatus(aftersale);
}

const exchangeStatuses: Record<AftersaleStatus, number> = {
	APPLIED: 1,
	WAIT_BUYER_RETURN: 2,
	WAIT_SELLER_RECEIVE: 3,
	CLOSED: 4,
	DONE: 5,
	REFUSED: 6,
	WAIT_SELLER_SHIP: 12,
	WAIT_BUYER_CONFIRM: 13,
};

export function exchangeStatus(aftersale: Aftersale): number {
	return exchangeStatuses[aftersale.status];
}

export const disputeTypes: Record<AftersaleType, string> = {
	REFUND_BEFORE_SHIP: "REFUND",
	REFUND_ONLY: "REFUND",
	RETURN_REFUND: "REFUND_AND_RETURN",
	EXCHANGE: "TMALL_EXCHANGE",
	RESEND: "RESHIPPING",
	REPAIR: "REPAIR",
};
