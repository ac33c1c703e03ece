import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { MemoFlag, OrderLine, OrderStatus } from "../../order/order.ts";
import type { ProductStatus } from "../../product/product.ts";
import { entryOf, lookUp } from "../table.ts";

/**
 * `orderBaseInfo.status` -> ours. Source: open.order.detail. A code not listed is an error, never a default: so is 0,
 * which the platform itself calls unknown.
 */
const orderStatuses: Readonly<Record<string, OrderStatus>> = {
	10: "WAIT_PAY",
	30: "WAIT_SHIP",
	40: "SHIPPED",
	50: "SHIPPED", // signed for
	70: "COMPLETED",
	80: "CLOSED",
};

/** The status of an order or a gift in it of which `delivered` of `quantity` pieces are shipped. */
export function orderStatus(code: string, delivered: number, quantity: number): OrderStatus {
	const status = lookUp(orderStatuses, "status", code);
	if (status !== "WAIT_SHIP" && code !== "40") return status;
	if (delivered > 0 && delivered < quantity) return "PART_SHIPPED";
	return delivered > 0 ? "SHIPPED" : status;
}

/**
 * `refundStatus` in an order -> whether money is, or may yet be, going back. A refusal shows as 10 or 11 here. Whether
 * 60 was a refund or an exchange is not told in an order.
 */
const lineRefunds: Readonly<Record<string, OrderLine["refund"]>> = {
	10: "APPLIED",
	11: "APPLIED",
	12: "APPLIED",
	20: "APPLIED",
	21: "APPLIED",
	22: "APPLIED",
	30: "APPLIED",
	40: "APPLIED",
	45: "APPLIED",
	50: "APPLIED",
	60: "DONE",
	70: "NONE", // withdrawn
};
export const lineRefund = (code: string): OrderLine["refund"] => lookUp(lineRefunds, "refundStatus", code);

/** An after-sale's `status` -> ours. Source: open.seller.order.refund.detail. */
const aftersaleStatuses: Readonly<Record<string, AftersaleStatus>> = {
	10: "APPLIED", // refund only
	11: "APPLIED", // return and refund
	12: "APPLIED", // exchange
	20: "PLATFORM_HANDLING", // the platform stepped in
	21: "PLATFORM_HANDLING",
	22: "PLATFORM_HANDLING",
	30: "WAIT_BUYER_RETURN",
	40: "WAIT_SELLER_RECEIVE",
	45: "WAIT_BUYER_CONFIRM", // an exchange on its way
	50: "PLATFORM_HANDLING", // money on its way
	60: "DONE",
	70: "CLOSED",
};

/** `negotiateStatus`: is it the buyer's turn, after the seller said no? */
const refusals: Readonly<Record<string, boolean>> = { "": false, 0: false, 1: false, 2: false, 3: true };

export function aftersaleStatus(code: string, negotiateCode: string): AftersaleStatus {
	const status = lookUp(aftersaleStatuses, "status", code);
	const refused = lookUp(refusals, "negotiateStatus", negotiateCode);
	return refused && (status === "APPLIED" || status === "WAIT_SELLER_RECEIVE") ? "REFUSED" : status;
}

/** `handlingWay` -> ours. 4 and 5 are inferred: they are seen, but documented nowhere. */
const aftersaleTypes: Readonly<Record<string, AftersaleType>> = {
	1: "RETURN_REFUND",
	3: "EXCHANGE",
	4: "RESEND",
	5: "REPAIR",
	10: "REFUND_ONLY", // the reader tells those before shipping apart
};
export const aftersaleType = (code: string): AftersaleType => lookUp(aftersaleTypes, "handlingWay", code);

/** `specialRefundType`: is only a difference in price paid back? */
const priceProtections: Readonly<Record<string, boolean>> = { "": false, 0: false, 1: true };
export const isPriceProtection = (code: string): boolean => lookUp(priceProtections, "specialRefundType", code);

/** `onOfflineStatus`, which older answers leave out: the list was asked for what is on sale. */
const productStatuses: Readonly<Record<string, ProductStatus>> = { "": "ON_SALE", 1: "ON_SALE", 2: "OFF_SALE" };
export const productStatus = (code: string): ProductStatus => lookUp(productStatuses, "onOfflineStatus", code);

/** Our flags -> `flag` of open.seller.order.note.add. */
export const flagCodes: Readonly<Partial<Record<MemoFlag, number>>> = {
	"": 0,
	red: 1,
	yellow: 2,
	green: 3,
	blue: 4,
	purple: 5,
	grey: 6,
};

/** `flagTagCode` of a note -> ours. A colour is no state: one that we do not know is none. */
const flags: Readonly<Record<string, MemoFlag>> = {
	red_flag_tag_order: "red",
	yellow_flag_tag_order: "yellow",
	green_flag_tag_order: "green",
	blue_flag_tag_order: "blue",
	purple_flag_tag_order: "purple",
	grey_flag_tag_order: "grey",
};
export const memoFlag = (tagCode: string): MemoFlag => entryOf(flags, tagCode) ?? "";
