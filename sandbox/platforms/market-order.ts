import type { Receiver } from "./people.ts";

/**
 * An order as the buyer and the platform know it, in no platform's words; each platform's folder renders it in its own.
 * Amounts are integer fen. Times (`…Ms`) are epoch milliseconds of whole seconds on the platform's clock.
 */
export interface MarketOrder {
	sequence: number; // over all platforms, from 1: the order of `GET /_control/truth`
	platform: string;
	shopId: string;
	platformOrderId: string;
	status: MarketStatus;
	placedMs: number;
	paidMs: number | null;
	shippedMs: number | null;
	endedMs: number | null;
	modifiedMs: number;
	buyer: { nick: string; openId: string };
	receiver: Receiver;
	receiverVersion: number; // 1, and one more with each change of address
	memo: { buyer: string; seller: string; flag: number };
	freightFen: number;
	paidFen: number; // what the buyer pays: all lines and the freight
	lines: MarketLine[];
	parcels: Parcel[];
}

export type MarketStatus = "WAIT_PAY" | "WAIT_SHIP" | "PART_SHIPPED" | "SHIPPED" | "COMPLETED" | "CLOSED";

export interface MarketLine {
	lineId: string;
	sku: string; // merchant code
	productCode: string;
	productId: string;
	platformSkuId: string;
	title: string;
	spec: string;
	categoryId: string;
	quantity: number;
	priceFen: number; // of one piece
	discountFen: number; // of this line alone
	orderDiscountFen: number; // its share of the discount on the whole order
	paidFen: number; // quantity × price − both discounts
	shippedQty: number; // how many pieces have been sent
	shipped: boolean; // all of them
	closed: boolean; // refunded in full, or the order was closed
	aftersaleId: string | null; // the latest after-sale on this line
}

/** One accepted ship call. A second call that was accepted is a second parcel: a double shipment stays visible. */
export interface Parcel {
	carrier: string; // the platform's code
	trackingNo: string;
	lineIds: string[];
	/** The pieces it was the first to ship; empty for one more parcel of what is shipped already (`addParcel`). */
	lines: LineQuantity[];
	shippedMs: number;
}

/** Some pieces of one line. */
export interface LineQuantity {
	lineId: string;
	quantity: number;
}

/** An after-sale is about one line of one order. */
export interface Aftersale {
	sequence: number;
	platform: string;
	shopId: string;
	platformAftersaleId: string;
	platformOrderId: string;
	lineId: string;
	type: AftersaleType;
	status: AftersaleStatus;
	quantity: number;
	refundFen: number;
	reason: string;
	refusal: string; // the seller's words, when refused
	returnParcel: { carrier: string; trackingNo: string } | null;
	sentParcel: { carrier: string; trackingNo: string } | null; // the replacement
	createdMs: number;
	modifiedMs: number;
}

export const aftersaleTypes = [
	"REFUND_BEFORE_SHIP",
	"REFUND_ONLY",
	"RETURN_REFUND",
	"EXCHANGE",
	"RESEND",
	"REPAIR",
] as const;
export type AftersaleType = (typeof aftersaleTypes)[number];

export type AftersaleStatus =
	| "APPLIED"
	| "WAIT_BUYER_RETURN"
	| "WAIT_SELLER_RECEIVE"
	| "WAIT_SELLER_SHIP" // exchange, resend, repair: the replacement is to be sent
	| "WAIT_BUYER_CONFIRM" // the replacement is on its way
	| "REFUSED"
	| "DONE"
	| "CLOSED";

/** What happens to an order itself. */
export type OrderEvent =
	| "placed"
	| "paid"
	| "address"
	| "memo"
	| "shipped"
	| "reshipped" // one more parcel, or another carrier or number of one on its way
	| "completed"
	| "closed"
	| "touched"; // only its modified time moves

/** What those who watch a market are told. `opened`: the after-sale is new. */
export type MarketChange =
	| { order: MarketOrder; event: OrderEvent; aftersale: null }
	| { order: MarketOrder; event: "aftersale"; aftersale: Aftersale; opened: boolean };

/** Still to be settled: the buyer waits for something. */
export function isOpen(aftersale: Aftersale): boolean {
	return aftersale.status !== "DONE" && aftersale.status !== "CLOSED";
}

/** A rule of the marketplace that a call broke. `rule` is what each platform translates into its own error. */
export class RuleBroken extends Error {
	readonly rule: Rule;
	constructor(rule: Rule, message: string) {
		super(message);
		this.rule = rule;
	}
}

/** Does what the marketplace may forbid. `said`: a broken rule in the platform's words. */
export function byTheRules(act: () => void, said: (rule: Rule) => Error): void {
	try {
		act();
	} catch (err) {
		throw err instanceof RuleBroken ? said(err.rule) : err;
	}
}

export type Rule =
	| "NOT_PAID"
	| "ORDER_CLOSED"
	| "ALREADY_SHIPPED"
	| "REFUND_IN_PROGRESS"
	| "NO_SUCH_LINE"
	| "NOTHING_SHIPPED"
	| "WRONG_STATUS";
