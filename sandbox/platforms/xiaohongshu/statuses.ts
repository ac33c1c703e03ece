import type { Market } from "../market.ts";
import { type Aftersale, type AftersaleStatus, type AftersaleType, isOpen, type MarketOrder } from "../market-order.ts";

const running = { WAIT_PAY: 1, WAIT_SHIP: 4, PART_SHIPPED: 5, SHIPPED: 6, COMPLETED: 7 } as const;
const exchangeRequested = 10;

/** `orderStatus`. An order closed before payment is cancelled; an open exchange takes the place of what was before. */
export function orderStatus(market: Market, order: MarketOrder): number {
	if (order.status === "CLOSED") return order.paidMs === null ? 9 : 8;
	const exchanged = latestAftersales(market, order).some(
		(aftersale) => aftersale.type === "EXCHANGE" && isOpen(aftersale),
	);
	return exchanged ? exchangeRequested : running[order.status];
}

/** The latest after-sale of each line that has one. */
export function latestAftersales(market: Market, order: MarketOrder): Aftersale[] {
	const ids = order.lines.map((line) => line.aftersaleId).filter((id) => id !== null);
	return ids.map((id) => market.aftersale(order.platform, id)).filter((aftersale) => aftersale !== undefined);
}

/** A status in no documentation, for the fault of that name. */
export const unknownStatus = 77;

/** `skuAfterSaleStatus`, and `orderAfterSalesStatus` by the latest after-sale. */
export function afterSaleState(aftersale: Aftersale | undefined): number {
	if (!aftersale) return 1;
	if (aftersale.status === "DONE") return 3;
	if (aftersale.status === "REFUSED") return 4;
	return aftersale.status === "CLOSED" ? 7 : 2;
}

export const returnTypes: Readonly<Partial<Record<AftersaleType, number>>> = {
	RETURN_REFUND: 1,
	EXCHANGE: 2,
	REFUND_ONLY: 4,
	REFUND_BEFORE_SHIP: 5,
};

const aftersaleStatuses: Readonly<Record<AftersaleStatus, number>> = {
	APPLIED: 1,
	WAIT_BUYER_RETURN: 2,
	WAIT_SELLER_RECEIVE: 3,
	WAIT_SELLER_SHIP: 12,
	WAIT_BUYER_CONFIRM: 13,
	REFUSED: 9,
	DONE: 4,
	CLOSED: 5,
};

/** `status` of an after-sale. What was refused after goods came back has its own number. */
export function aftersaleStatus({ status, returnParcel }: Aftersale): number {
	return status === "REFUSED" && returnParcel ? 9001 : aftersaleStatuses[status];
}

/** `refundStatus`; 0 where no money goes back. */
export function refundStatus({ status, type }: Aftersale): number {
	if (type === "EXCHANGE") return 0;
	if (status === "DONE") return 2;
	if (status === "REFUSED") return 302;
	return status === "CLOSED" ? 402 : 101;
}
