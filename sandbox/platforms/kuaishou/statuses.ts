import type { Aftersale, AftersaleType, MarketOrder, MarketStatus } from "../market-order.ts";

/** An order that is sent in part stays paid: only its number of delivered pieces tells. */
const orderStatuses: Record<MarketStatus, number> = {
	WAIT_PAY: 10,
	WAIT_SHIP: 30,
	PART_SHIPPED: 30,
	SHIPPED: 40,
	COMPLETED: 70,
	CLOSED: 80,
};
export const orderStatus = (order: MarketOrder): number => orderStatuses[order.status];

/** What `orderViewStatus` of a list call lets through; 1 is all. */
export const viewStatuses: Readonly<Record<number, readonly number[]>> = {
	2: [10],
	3: [30],
	4: [40],
	5: [50],
	6: [70],
	7: [80],
};

/** In no documentation: what the fault `unknown-status` answers. */
export const unknownStatus = 65;

const handlingWays: Partial<Record<AftersaleType, number>> = {
	RETURN_REFUND: 1,
	EXCHANGE: 3,
	REFUND_BEFORE_SHIP: 10,
	REFUND_ONLY: 10,
};

export function handlingWay({ type }: Aftersale): number {
	const way = handlingWays[type];
	if (way === undefined) throw new Error(`kuaishou has no ${type}`);
	return way;
}

/** A refusal changes the negotiation, not the status: it stays what the seller refused. */
export function refundStatus(aftersale: Aftersale): number {
	const claim = { 1: 11, 3: 12, 10: 10 }[handlingWay(aftersale)] ?? 10;
	switch (aftersale.status) {
		case "APPLIED":
			return claim;
		case "REFUSED":
			return aftersale.returnParcel ? 40 : claim;
		case "WAIT_BUYER_RETURN":
			return 30;
		case "WAIT_SELLER_RECEIVE":
		case "WAIT_SELLER_SHIP":
			return 40;
		case "WAIT_BUYER_CONFIRM":
			return 45;
		case "DONE":
			return 60;
		case "CLOSED":
			return 70;
	}
}

/** 1 waiting for the seller, 2 agreed, 3 refused and waiting for the buyer. */
export function negotiateStatus({ status }: Aftersale): number {
	if (status === "APPLIED") return 1;
	return status === "REFUSED" ? 3 : 2;
}
