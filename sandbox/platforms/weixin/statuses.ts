import type { Aftersale, AftersaleStatus, AftersaleType, MarketOrder, MarketStatus } from "../market-order.ts";

const running: Record<Exclude<MarketStatus, "CLOSED">, number> = {
	WAIT_PAY: 10,
	WAIT_SHIP: 20,
	PART_SHIPPED: 21,
	SHIPPED: 30,
	COMPLETED: 100,
};

/** `order.status`. One that ended before payment has a number of its own. */
export function orderStatus(order: MarketOrder): number {
	if (order.status !== "CLOSED") return running[order.status];
	return order.paidMs === null ? 250 : 200;
}

/** A status in no documentation, for the fault of that name. */
export const unknownStatus = 77;

/** The after-sales this platform knows, as the seller sees them; resends and repairs are not among them here. */
export type KnownType = "REFUND" | "RETURN" | "EXCHANGE";

const types: Partial<Record<AftersaleType, KnownType>> = {
	REFUND_BEFORE_SHIP: "REFUND",
	REFUND_ONLY: "REFUND",
	RETURN_REFUND: "RETURN",
	EXCHANGE: "EXCHANGE",
};

export const knownTypes = Object.keys(types) as AftersaleType[];

export function typeOf({ type }: Aftersale): KnownType {
	const known = types[type];
	if (!known) throw new Error(`weixin knows no ${type}`);
	return known;
}

const common: Record<Exclude<AftersaleStatus, "REFUSED" | "DONE">, string> = {
	APPLIED: "MERCHANT_PROCESSING",
	WAIT_BUYER_RETURN: "USER_WAIT_RETURN",
	WAIT_SELLER_RECEIVE: "MERCHANT_WAIT_RECEIPT",
	WAIT_SELLER_SHIP: "MERCHANT_WAIT_RECEIPT",
	WAIT_BUYER_CONFIRM: "USER_WAIT_RECEIPT",
	CLOSED: "USER_CANCELD",
};

const done: Record<KnownType, string> = {
	REFUND: "MERCHANT_REFUND_SUCCESS",
	RETURN: "MERCHANT_RETURN_SUCCESS",
	EXCHANGE: "MERCHANT_EXCHANGE_SUCCESS",
};

const refused: Record<KnownType, string> = {
	REFUND: "MERCHANT_REJECT_REFUND",
	RETURN: "MERCHANT_REJECT_RETURN",
	EXCHANGE: "MERCHANT_REJECT_EXCHANGE",
};

export function aftersaleStatus(aftersale: Aftersale): string {
	const type = typeOf(aftersale);
	if (aftersale.status === "DONE") return done[type];
	if (aftersale.status !== "REFUSED") return common[aftersale.status];
	return type === "EXCHANGE" && aftersale.returnParcel ? "MERCHANT_REJECT_RESHIP" : refused[type];
}

/** The same as a number, in an order's own document; those of exchanges are not published and are of this sandbox. */
const numbers: Record<string, number> = {
	USER_CANCELD: 1,
	MERCHANT_PROCESSING: 2,
	MERCHANT_REJECT_REFUND: 4,
	MERCHANT_REJECT_RETURN: 5,
	USER_WAIT_RETURN: 6,
	MERCHANT_WAIT_RECEIPT: 8,
	MERCHANT_REFUND_SUCCESS: 13,
	MERCHANT_RETURN_SUCCESS: 14,
	MERCHANT_REJECT_EXCHANGE: 25,
	MERCHANT_REJECT_RESHIP: 26,
	USER_WAIT_RECEIPT: 27,
	MERCHANT_EXCHANGE_SUCCESS: 28,
};

export const aftersaleNumber = (aftersale: Aftersale): number => numbers[aftersaleStatus(aftersale)] ?? 0;
