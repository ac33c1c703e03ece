import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { MemoFlag, OrderLine, OrderStatus } from "../../order/order.ts";
import type { ProductStatus } from "../../product/product.ts";
import { entryOf, lookUp } from "../table.ts";

/** `order_status` of orders and of their lines. A code not listed is an error, never a default. */
const orderStatuses: Readonly<Record<string, OrderStatus>> = {
	1: "WAIT_PAY",
	105: "WAIT_SHIP", // paid, and still being checked by the platform: the reader adds the hold
	2: "WAIT_SHIP",
	101: "PART_SHIPPED",
	3: "SHIPPED",
	5: "COMPLETED",
	4: "CLOSED",
};

/**
 * `main_status` says the same more finely; only these change what `order_status` says. It has further values that say
 * nothing new, so one that is not here is no error: the state itself is looked up strictly above.
 */
const finerStatuses: Readonly<Record<string, OrderStatus>> = {
	103: "WAIT_PAY", // the deposit is paid, the balance is not
	21: "CLOSED", // money back before shipping
	22: "CLOSED", // after shipping
	39: "CLOSED", // after receipt
};

export const underCheck = (orderStatus: string): boolean => orderStatus === "105";
export const balanceOwed = (mainStatus: string): boolean => mainStatus === "103";

export function statusOf(orderStatus: string, mainStatus: string): OrderStatus {
	const status = lookUp(orderStatuses, "order_status", orderStatus);
	const finer = entryOf(finerStatuses, mainStatus);
	return status === "CLOSED" ? status : (finer ?? status);
}

/** `aftersale_status`. 12 is decided by the money: see `aftersaleStatus`. */
const aftersaleStatuses: Readonly<Record<string, AftersaleStatus>> = {
	6: "APPLIED",
	7: "WAIT_BUYER_RETURN",
	11: "WAIT_SELLER_RECEIVE",
	8: "WAIT_SELLER_SHIP",
	13: "WAIT_BUYER_CONFIRM",
	3: "WAIT_BUYER_CONFIRM", // what lists may answer instead of 13
	14: "DONE", // an exchange, a resend or a repair: no money
	12: "PLATFORM_HANDLING",
	27: "REFUSED",
	29: "REFUSED", // after the goods came back
	28: "CLOSED",
	51: "CLOSED",
	53: "DONE",
};

/** `refund_status`: is the money with the buyer? */
const refunded: Readonly<Record<string, boolean>> = {
	"": false,
	0: false, // no money is asked for
	1: false,
	2: false,
	3: true,
	4: false, // it failed: the platform tries again
	5: false, // the platform fetched it back
};

export function aftersaleStatus(status: string, refundStatus: string): AftersaleStatus {
	const ours = lookUp(aftersaleStatuses, "aftersale_status", status);
	const paidBack = lookUp(refunded, "refund_status", refundStatus);
	return status === "12" && paidBack ? "DONE" : ours;
}

/** `aftersale_type`. */
const aftersaleTypes: Readonly<Record<string, AftersaleType>> = {
	0: "RETURN_REFUND",
	1: "REFUND_ONLY",
	2: "REFUND_BEFORE_SHIP",
	3: "EXCHANGE",
	4: "REFUND_BEFORE_SHIP", // cancelled by the platform
	5: "REFUND_BEFORE_SHIP", // cancelled by the buyer
	6: "PRICE_PROTECT",
	7: "RESEND",
	8: "REPAIR",
};

export const aftersaleType = (code: string): AftersaleType => lookUp(aftersaleTypes, "aftersale_type", code);

/** What of our states of an after-sale still may end with goods or money going back. */
const lineRefunds: Readonly<Record<AftersaleStatus, OrderLine["refund"]>> = {
	APPLIED: "APPLIED",
	WAIT_BUYER_RETURN: "APPLIED",
	WAIT_SELLER_RECEIVE: "APPLIED",
	WAIT_SELLER_SHIP: "APPLIED",
	WAIT_BUYER_CONFIRM: "APPLIED",
	PLATFORM_HANDLING: "APPLIED",
	REFUSED: "APPLIED", // the buyer may change the claim or call the platform in
	DONE: "DONE",
	CLOSED: "NONE",
};

/** A line's `after_sale_info`. Price protection touches no goods, and what was exchanged or repaired cost no money. */
export function lineRefund(status: string, type: string, refundStatus: string): OrderLine["refund"] {
	if (status === "" || status === "0") return "NONE";
	const refund = lineRefunds[aftersaleStatus(status, refundStatus)];
	const ours = aftersaleType(type);
	if (ours === "PRICE_PROTECT" || (refund === "DONE" && moneyless.has(ours))) return "NONE";
	return refund;
}

const moneyless: ReadonlySet<AftersaleType> = new Set(["EXCHANGE", "RESEND", "REPAIR"]);

/** `seller_remark_stars` and `star`. Grey is what an order has that nobody marked. */
const flags: Readonly<Record<string, MemoFlag>> = {
	0: "grey",
	1: "purple",
	2: "cyan",
	3: "green",
	4: "orange",
	5: "red",
};

export const memoFlag = (star: string): MemoFlag => (star === "" ? "" : lookUp(flags, "seller_remark_stars", star));
/** The platform's number of a flag; undefined for a colour it has not. */
export const starOf = (flag: MemoFlag): string | undefined => Object.keys(flags).find((star) => flags[star] === flag);

/** A product's `status`. */
const productStatuses: Readonly<Record<string, ProductStatus>> = { 0: "ON_SALE", 1: "OFF_SALE", 2: "DELETED" };

export const productStatus = (code: string): ProductStatus => lookUp(productStatuses, "status", code);
