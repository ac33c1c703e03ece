import type { AftersaleStatus } from "../../aftersale/aftersale.ts";
import type { OrderStatus } from "../../order/order.ts";
import type { ProductStatus } from "../../product/product.ts";
import { entryOf, lookUp } from "../table.ts";

/** `order.status` -> ours. Source: order/get. What holds an order in 12 and 13 is the reader's to add. */
const orderStatuses: Readonly<Record<string, OrderStatus>> = {
	10: "WAIT_PAY",
	12: "WAIT_SHIP", // a gift whose recipient has not taken it yet: there is no address
	13: "WAIT_SHIP", // the group is not full yet
	20: "WAIT_SHIP", // also when part of it is on its way: the reader looks
	21: "PART_SHIPPED",
	30: "SHIPPED",
	100: "COMPLETED",
	190: "CLOSED", // by the seller, out of stock
	200: "CLOSED", // everything was refunded
	250: "CLOSED", // by the buyer, or not paid in time
};

/**
 * `after_sale_order.status` -> ours, with the numbers that stand for some of them in `order.aftersale_detail`.
 * Source: getaftersaleorder; the states of exchanges and of the platform's own examination: published SDKs.
 */
const aftersaleStatuses: Readonly<Record<string, AftersaleStatus>> = {
	MERCHANT_PROCESSING: "APPLIED",
	USER_WAIT_CONFIRM: "WAIT_BUYER_CONFIRM",
	USER_WAIT_CONFIRM_UPDATE: "WAIT_BUYER_CONFIRM", // the seller proposed something else
	USER_WAIT_HANDLE_MERCHANT_AFTER_SALE: "WAIT_BUYER_CONFIRM", // the seller applied for the buyer
	USER_WAIT_RETURN: "WAIT_BUYER_RETURN",
	MERCHANT_WAIT_RECEIPT: "WAIT_SELLER_RECEIVE",
	USER_WAIT_RECEIPT: "WAIT_BUYER_CONFIRM", // the replacement is on its way
	WAIT_PACKAGE_INTERCEPT: "PLATFORM_HANDLING", // the carrier is to stop the parcel
	PLATFORM_PROCESSING: "PLATFORM_HANDLING",
	MERCHANT_OVERDUE_REFUND: "PLATFORM_HANDLING",
	PLATFORM_REFUNDING: "PLATFORM_HANDLING",
	PLATFORM_REFUND_FAIL: "PLATFORM_HANDLING", // the seller's balance may be short
	MERCHANT_REJECT_REFUND: "REFUSED",
	MERCHANT_REJECT_RETURN: "REFUSED",
	MERCHANT_REJECT_EXCHANGE: "REFUSED",
	MERCHANT_REJECT_RESHIP: "REFUSED",
	MERCHANT_REFUND_SUCCESS: "DONE",
	MERCHANT_RETURN_SUCCESS: "DONE",
	MERCHANT_EXCHANGE_SUCCESS: "DONE",
	USER_CANCELD: "CLOSED",
	RETURN_CLOSED: "CLOSED",
	MERCHANT_FAIL: "CLOSED",
	MERCHANT_REFUND_RETRY_FAIL: "CLOSED",
	1: "CLOSED",
	2: "APPLIED",
	4: "REFUSED",
	5: "REFUSED",
	6: "WAIT_BUYER_RETURN",
	7: "CLOSED",
	8: "WAIT_SELLER_RECEIVE",
	12: "PLATFORM_HANDLING",
	13: "DONE",
	14: "DONE",
	15: "PLATFORM_HANDLING",
	16: "PLATFORM_HANDLING",
	17: "WAIT_BUYER_CONFIRM",
	18: "CLOSED",
	19: "CLOSED",
};

/** `after_sale_order.type`. REFUND is told apart by whether the goods had left. */
const aftersaleTypes: Readonly<Record<string, "REFUND" | "RETURN_REFUND" | "EXCHANGE" | "RESEND">> = {
	REFUND: "REFUND",
	RETURN: "RETURN_REFUND",
	EXCHANGE: "EXCHANGE",
	RESHIP: "RESEND",
};

/** `product.status` -> ours. Source: product/get. */
const productStatuses: Readonly<Record<string, ProductStatus>> = {
	0: "OFF_SALE", // never was on sale
	5: "ON_SALE",
	6: "DELETED", // in the recycle bin
	9: "DELETED",
	11: "OFF_SALE", // by the seller
	13: "OFF_SALE", // by the platform
	14: "OFF_SALE", // the deposit is short
	15: "OFF_SALE", // the brand's papers ran out
	20: "OFF_SALE", // banned
};

export const orderStatus = (code: string): OrderStatus => lookUp(orderStatuses, "status", code);
export const aftersaleStatus = (code: string): AftersaleStatus => lookUp(aftersaleStatuses, "status", code);
export const aftersaleType = (code: string) => lookUp(aftersaleTypes, "type", code);
/** Has the seller answered, or is it over? What is not known here is taken as open. */
export const isAnswered = (code: string): boolean =>
	["REFUSED", "DONE", "CLOSED"].includes(entryOf(aftersaleStatuses, code) ?? "");
export const productStatus = (code: string): ProductStatus => lookUp(productStatuses, "status", code);
