import { type Aftersale, type AftersaleStatus, type AftersaleType, isOpen, type MarketOrder } from "../market-order.ts";

/** The codes of an order. Source: pdd.order.information.get. */
export interface OrderCodes {
	order_status: number; // 1 to ship, 2 shipped, 3 signed for
	confirm_status: number; // 0 not in effect, 1 in effect, 2 cancelled
	group_status: number; // 0 not full yet, 1 full, 2 failed
	refund_status: number; // 1 none or closed, 2 running, 4 refunded
	after_sales_status: number;
}

/** A code in no documentation, for the fault of that name. */
export const unknownStatus = 77;

export function orderCodes(order: MarketOrder, aftersale: Aftersale | undefined): OrderCodes {
	const codes = {
		order_status: order.status === "COMPLETED" ? 3 : order.parcels.length > 0 ? 2 : 1,
		confirm_status: 1,
		group_status: 1,
		refund_status: aftersale && isOpen(aftersale) ? 2 : 1,
		after_sales_status: aftersale ? aftersaleCode(aftersale) : 0,
	};
	if (order.status === "WAIT_PAY") return { ...codes, confirm_status: 0, group_status: 0 };
	if (order.status !== "CLOSED") return codes;
	// Closed before payment it was never in effect; afterwards all of the money went back.
	return order.paidMs === null ? { ...codes, confirm_status: 2, group_status: 2 } : { ...codes, refund_status: 4 };
}

/** `after_sales_type` as the detail has it; the list's filter is one higher. */
export const typeCodes: Record<AftersaleType, number> = {
	REFUND_BEFORE_SHIP: 1,
	REFUND_ONLY: 1,
	RETURN_REFUND: 2,
	EXCHANGE: 3,
	RESEND: 4,
	REPAIR: 5,
};

const refund = { APPLIED: 2, WAIT_BUYER_RETURN: 7, WAIT_SELLER_RECEIVE: 3, DONE: 10, CLOSED: 11 };
const replacement = { APPLIED: 14, WAIT_BUYER_RETURN: 15, WAIT_SELLER_RECEIVE: 14, DONE: 16, CLOSED: 17 };
const repair = { APPLIED: 21, WAIT_BUYER_RETURN: 22, WAIT_SELLER_RECEIVE: 21, DONE: 25, CLOSED: 24 };
const common = { WAIT_SELLER_SHIP: 32, WAIT_BUYER_CONFIRM: 18, REFUSED: 6 };

const codesByType: Record<AftersaleType, Record<AftersaleStatus, number>> = {
	REFUND_BEFORE_SHIP: { ...common, ...refund },
	REFUND_ONLY: { ...common, ...refund },
	RETURN_REFUND: { ...common, ...refund },
	EXCHANGE: { ...common, ...replacement },
	RESEND: { ...common, ...replacement },
	REPAIR: { ...common, ...repair, WAIT_BUYER_CONFIRM: 27 },
};

/** The same code before and after the goods came back, where it waits for the seller. */
export function aftersaleCode({ type, status }: Aftersale): number {
	return codesByType[type][status];
}

/** Every code a list may be asked for. */
export const aftersaleCodes: readonly number[] = [
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 31, 32,
];
