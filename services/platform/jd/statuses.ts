import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { MemoFlag, OrderStatus } from "../../order/order.ts";
import type { OrderFlag } from "../flags.ts";
import { lookUp } from "../table.ts";

/** What an order's state is to us. `flag`: why it may not be shipped though it is paid. */
interface OrderState {
	status: OrderStatus;
	flag?: OrderFlag;
}

/** `orderState`. Source: jingdong.pop.order.enSearch; the first is of the list of unpaid orders. */
const orderStates: Readonly<Record<string, OrderState>> = {
	NOT_PAY: { status: "WAIT_PAY" },
	WAIT_SELLER_STOCK_OUT: { status: "WAIT_SHIP" },
	WAIT_SELLER_DELIVERY: { status: "WAIT_SHIP" }, // overseas sellers: to be sent on within the country
	POP_ORDER_PAUSE: { status: "WAIT_SHIP", flag: "forbid-consign" },
	PAUSE: { status: "WAIT_SHIP", flag: "forbid-consign" },
	LOCKED: { status: "WAIT_SHIP", flag: "locked" }, // the buyer asks for the money back
	WAIT_SEND_CODE: { status: "WAIT_SHIP", flag: "virtual" }, // a code, not a parcel
	WAIT_GOODS_RECEIVE_CONFIRM: { status: "SHIPPED" },
	RECEIPTS_CONFIRM: { status: "SHIPPED" },
	FINISHED_L: { status: "COMPLETED" },
	TRADE_CANCELED: { status: "CLOSED" },
	DELIVERY_RETURN: { status: "CLOSED" },
};

export const orderState = (code: string): OrderState => lookUp(orderStates, "orderState", code);

/** Every state that the list of orders can be asked for. */
export const searchedStates: readonly string[] = Object.keys(orderStates).filter((code) => code !== "NOT_PAY");

/** States in which a part of the order may be paid back and the rest is still to be shipped. */
export const toShipStates: ReadonlySet<string> = new Set(
	searchedStates.filter((code) => orderStates[code]?.status === "WAIT_SHIP"),
);

/** `status` of an application for a refund before shipping. Source: refundapply.queryPageList; 16 and above: integrators. */
const refundStatuses: Readonly<Record<string, AftersaleStatus>> = {
	0: "APPLIED",
	1: "PLATFORM_HANDLING", // agreed: the money is on its way
	2: "REFUSED",
	3: "DONE", // the money went back
	4: "REFUSED", // by the platform's finance department
	5: "APPLIED",
	6: "PLATFORM_HANDLING", // agreed, the parcel is caught
	7: "PLATFORM_HANDLING",
	8: "REFUSED", // the parcel could not be caught
	9: "DONE", // closed by force, the money went back
	10: "PLATFORM_HANDLING", // the carrier is being asked
	11: "CLOSED", // withdrawn by the buyer
	16: "PLATFORM_HANDLING",
	17: "PLATFORM_HANDLING",
	18: "CLOSED",
	19: "PLATFORM_HANDLING", // a dispute
	27: "PLATFORM_HANDLING",
};

export const refundStatus = (code: string): AftersaleStatus => lookUp(refundStatuses, "status", code);

/** `customerExpect` of a service order. Source: integrators' lists of the asc APIs. */
const serviceTypes: Readonly<Record<string, AftersaleType>> = {
	10: "RETURN_REFUND",
	11: "REFUND_ONLY",
	20: "EXCHANGE",
	30: "REPAIR",
	40: "REPAIR", // 40 to 70: somebody comes to the buyer's home, nothing is paid back or replaced
	50: "REPAIR",
	60: "REPAIR",
	70: "REPAIR",
	80: "RESEND",
	90: "REFUND_ONLY", // fresh food that arrived spoilt
	100: "RETURN_REFUND", // goods on trial go back
};

export const serviceType = (code: string): AftersaleType => lookUp(serviceTypes, "customerExpect", code);

/** `serviceStatus` of a service order. Two of them depend on more than the code: see `serviceStatus`. Source: as above. */
const serviceStatuses: Readonly<Record<string, AftersaleStatus | "RETURNING" | "PROCESSING">> = {
	10000: "APPLIED",
	10001: "APPLIED",
	10002: "PLATFORM_HANDLING", // the buyer was asked something: not the seller's turn
	10004: "REFUSED",
	10005: "RETURNING",
	10006: "PROCESSING",
	10007: "PROCESSING",
	10009: "WAIT_BUYER_CONFIRM",
	10010: "DONE",
	10011: "CLOSED",
	10012: "APPLIED",
	10013: "APPLIED",
	10041: "PLATFORM_HANDLING", // the money is on its way
	1100: "PLATFORM_HANDLING",
	12000: "PLATFORM_HANDLING",
	13000: "PLATFORM_HANDLING",
	14000: "PLATFORM_HANDLING",
};

/** `sentBack`: the buyer has told a number of the parcel. */
export function serviceStatus(code: string, type: AftersaleType, sentBack: boolean): AftersaleStatus {
	const status = lookUp(serviceStatuses, "serviceStatus", code);
	if (status === "RETURNING") return sentBack ? "WAIT_SELLER_RECEIVE" : "WAIT_BUYER_RETURN";
	if (status !== "PROCESSING") return status;
	// The goods are registered as received; something has to be sent for them, or the money is on its way.
	return type === "EXCHANGE" || type === "REPAIR" || type === "RESEND" ? "WAIT_SELLER_SHIP" : "PLATFORM_HANDLING";
}

/** `flag` of the seller's remark. There is no "none": a remark always has a colour. Source: pop.order.modifyVenderRemark. */
const memoFlags: Readonly<Record<string, MemoFlag>> = {
	0: "grey",
	1: "red",
	2: "yellow",
	3: "green",
	4: "blue",
	5: "purple",
};

export const memoFlag = (code: string): MemoFlag => lookUp(memoFlags, "flag", code);

/** The platform's number of a colour; undefined for one it does not have, and for "". */
export const flagCode = (flag: MemoFlag): string | undefined =>
	flag === "" ? undefined : Object.keys(memoFlags).find((code) => memoFlags[code] === flag);

/** `wareStatus`. 512 more: as it was, and locked. Source: ware.read.searchWare4Valid. */
const productStatuses: Readonly<Record<string, "ON_SALE" | "OFF_SALE">> = {
	1: "OFF_SALE", // never was on sale
	2: "OFF_SALE",
	4: "OFF_SALE", // taken off by the platform
	8: "ON_SALE",
	513: "OFF_SALE",
	514: "OFF_SALE",
	516: "OFF_SALE",
	520: "ON_SALE", // locked against changes
};

export const productStatus = (code: string): "ON_SALE" | "OFF_SALE" => lookUp(productStatuses, "wareStatus", code);
