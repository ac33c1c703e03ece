import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { OrderLine } from "../../order/order.ts";
import { lookUp } from "../table.ts";

/** `status` of refunds, and `refund_status` of order lines. Source: taobao.refund.get; tmall.dispute.receive.get. */
const refundStatuses: Readonly<Record<string, AftersaleStatus>> = {
	WAIT_SELLER_AGREE: "APPLIED",
	WAIT_SELLER_CONFIRM_RETURN_ADDRESS: "APPLIED",
	EXCHANGE_TRANSFORM_TO_REFUND: "APPLIED", // goes on as a refund
	POST_FEE_DISPUTE_WAIT_ACTIVATE: "PLATFORM_HANDLING",
	WAIT_BUYER_RETURN_GOODS: "WAIT_BUYER_RETURN",
	WAIT_SELLER_CONFIRM_GOODS: "WAIT_SELLER_RECEIVE",
	WAIT_SELLER_CONSIGN_GOODS: "WAIT_SELLER_SHIP",
	WAIT_SELLER_CONSIGN_GOOGDS: "WAIT_SELLER_SHIP", // as the platform spells it elsewhere
	WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS: "WAIT_BUYER_CONFIRM",
	EXCHANGE_WAIT_BUYER_CONFIRM_GOODS: "WAIT_BUYER_CONFIRM",
	WAIT_BUYER_CONFIRM_REDO_SEND_GOODS: "WAIT_BUYER_CONFIRM",
	SELLER_REFUSE_BUYER: "REFUSED",
	SUCCESS: "DONE",
	CLOSED: "CLOSED", // withdrawn
};

/** `cs_status`: does the platform's customer care decide now? Source: taobao.refund.get. */
const careDecides: Readonly<Record<string, boolean>> = {
	"": false,
	1: false, // not needed
	2: false, // called in, and not there yet: both sides may still act
	3: true,
	4: true, // first verdict
	5: true, // verdict under review
	6: false, // done
};

/** `dispute_type`. Refunds of goods that never left are told apart by the reader. Source: taobao.refund.get. */
const disputeTypes: Readonly<Record<string, AftersaleType>> = {
	REFUND: "REFUND_ONLY",
	REFUND_AND_RETURN: "RETURN_REFUND",
	TMALL_EXCHANGE: "EXCHANGE",
	TAOBAO_EXCHANGE: "EXCHANGE",
	REPAIR: "REPAIR",
	RESHIPPING: "RESEND",
	OTHERS: "REFUND_ONLY", // money is all that the other fields tell of
};

/** `status` of exchanges on 天猫. Source: tmall.exchange.receive.get. */
const exchangeStatuses: Readonly<Record<string, AftersaleStatus>> = {
	1: "APPLIED", // 待处理
	2: "WAIT_BUYER_RETURN", // 待买家退货
	3: "WAIT_SELLER_RECEIVE", // 买家已退货，待收货
	4: "CLOSED",
	5: "DONE",
	6: "REFUSED", // 待买家修改
	12: "WAIT_SELLER_SHIP", // 待发出换货商品
	13: "WAIT_BUYER_CONFIRM", // 待买家收货
	14: "CLOSED", // 请退款: goes on as a refund, which the other list has
};

const settled: ReadonlySet<AftersaleStatus> = new Set(["DONE", "CLOSED"]);

export function refundStatus(code: string, csStatus: string): AftersaleStatus {
	const status = lookUp(refundStatuses, "status", code);
	return lookUp(careDecides, "cs_status", csStatus) && !settled.has(status) ? "PLATFORM_HANDLING" : status;
}

export const exchangeStatus = (code: string): AftersaleStatus => lookUp(exchangeStatuses, "status", code);
export const disputeType = (code: string): AftersaleType => lookUp(disputeTypes, "dispute_type", code);

/** Whether money for the line is, or may yet be, going back: a refused buyer may still change the claim. */
export function lineRefund(code: string): OrderLine["refund"] {
	if (code === "" || code === "NO_REFUND") return "NONE";
	const status = lookUp(refundStatuses, "refund_status", code);
	if (status === "CLOSED") return "NONE";
	return status === "DONE" ? "DONE" : "APPLIED";
}
