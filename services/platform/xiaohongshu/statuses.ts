import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { MemoFlag, OrderLine, OrderStatus } from "../../order/order.ts";
import type { OrderFlag } from "../flags.ts";
import { lookUp } from "../table.ts";

/**
 * `orderStatus` of orders, and `status` of their parcels -> ours. Source: order.getOrderDetail.
 * A code not listed is an error, never a default.
 */
const orderStatuses: Readonly<Record<string, OrderStatus>> = {
	1: "WAIT_PAY",
	2: "WAIT_SHIP", // paid, under review: held
	3: "WAIT_SHIP", // at customs: held
	4: "WAIT_SHIP",
	5: "PART_SHIPPED",
	6: "SHIPPED",
	7: "COMPLETED",
	8: "CLOSED", // refunded
	9: "CLOSED", // cancelled
	10: "SHIPPED", // the buyer asks for an exchange; the reader says COMPLETED where it was so before
};

/** What the platform itself does not let go yet: our flag for it. */
export const blockedBy: ReadonlyMap<string, OrderFlag> = new Map([
	["2", "risk-check"],
	["3", "customs"],
]);

/** Whether the platform tells the receiver of such an order: only while something waits for shipping. */
export const tellsReceiver = (rawStatus: string): boolean => rawStatus === "4" || rawStatus === "5";

export const exchangeRequested = "10";
export const unpaid = "1";

/** `cancelStatus`: the buyer asks to cancel what is paid for. */
export const cancelling = "1";

/** `skuAfterSaleStatus` -> whether money is, or may yet be, going back. */
const lineRefunds: Readonly<Record<string, OrderLine["refund"]>> = {
	"": "NONE",
	0: "NONE",
	1: "NONE",
	2: "APPLIED",
	3: "DONE",
	4: "APPLIED", // refused, but the buyer may change the claim or call the platform in
	5: "NONE", // closed
	6: "APPLIED", // the platform decides
	7: "NONE", // withdrawn
};

/** `orderType` -> our flag. 1 is an order like any other. */
export const orderTypeFlags: ReadonlyMap<string, OrderFlag> = new Map([
	["2", "presale"],
	["4", "presale"],
	["5", "exchange"],
]);

/** `orderType` of a presale that is paid in two parts. */
export const depositPresale = "2";

/** `returnType` -> ours. Source: afterSale.listAfterSaleInfos. */
const aftersaleTypes: Readonly<Record<string, AftersaleType>> = {
	1: "RETURN_REFUND",
	2: "EXCHANGE",
	4: "REFUND_ONLY",
	5: "REFUND_BEFORE_SHIP",
	6: "PRICE_PROTECT",
};

/** `status` of after-sales -> ours. */
const aftersaleStatuses: Readonly<Record<string, AftersaleStatus>> = {
	1: "APPLIED",
	2: "WAIT_BUYER_RETURN",
	3: "WAIT_SELLER_RECEIVE",
	4: "DONE", // where money goes back, `refundStatus` says whether it has
	5: "CLOSED", // by the buyer
	6: "CLOSED",
	9: "REFUSED", // at audit
	9001: "REFUSED", // at receipt
	11: "PLATFORM_HANDLING", // in older lists only, and explained nowhere: nothing the seller could do
	12: "WAIT_SELLER_SHIP",
	13: "WAIT_BUYER_CONFIRM",
	14: "PLATFORM_HANDLING", // the platform was called in
};

/** `refundStatus` of an after-sale that is finished: is the money with the buyer? */
const finishedRefunds: Readonly<Record<string, AftersaleStatus>> = {
	101: "PLATFORM_HANDLING", // created
	108: "PLATFORM_HANDLING", // triggered
	201: "PLATFORM_HANDLING", // in audit
	301: "PLATFORM_HANDLING", // approved
	302: "PLATFORM_HANDLING", // refused by the payment side
	1: "PLATFORM_HANDLING", // on its way
	2: "DONE",
	3: "PLATFORM_HANDLING", // failed: the platform tries again
	401: "CLOSED",
	402: "CLOSED",
};

/** `sellerRemarkFlag`. Source: order.modifySellerMarkInfo, sellerMarkPriority. There is no "none": grey is the first. */
export const memoFlagCodes: Readonly<Partial<Record<MemoFlag, number>>> = {
	grey: 1,
	red: 2,
	yellow: 3,
	green: 4,
	blue: 5,
	purple: 6,
};

export const orderStatus = (code: string): OrderStatus => lookUp(orderStatuses, "orderStatus", code);
export const parcelStatus = (code: string): OrderStatus => lookUp(orderStatuses, "status", code);
export const lineRefund = (code: string): OrderLine["refund"] => lookUp(lineRefunds, "skuAfterSaleStatus", code);
export const aftersaleType = (code: string): AftersaleType => lookUp(aftersaleTypes, "returnType", code);

/** `refundStatus` counts only once all else is finished, and only where money goes back. */
export function aftersaleStatus(type: AftersaleType, status: string, refundStatus: string): AftersaleStatus {
	const ours = lookUp(aftersaleStatuses, "status", status);
	if (ours !== "DONE" || type === "EXCHANGE") return ours;
	return lookUp(finishedRefunds, "refundStatus", refundStatus);
}

/** A flag we have no colour for is none: no order is stopped by its colour. */
export function memoFlag(code: string): MemoFlag {
	const colours = Object.keys(memoFlagCodes) as MemoFlag[];
	return colours.find((colour) => String(memoFlagCodes[colour]) === code) ?? "";
}
