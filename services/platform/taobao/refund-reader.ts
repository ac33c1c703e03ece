import type { AftersaleType, PlatformAftersale } from "../../aftersale/aftersale.ts";
import { fen, optionalTime, part, quantity, type RawRecord, requiredText, text, time } from "../record.ts";
import { disputeType, refundStatus } from "./aftersale-statuses.ts";
import { carrierNamed } from "./carriers.ts";

/**
 * A refund as `taobao.refund.get` tells it, in our words; it is about one order line.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right
 */
export function readRefund(shopId: string, refund: RawRecord): PlatformAftersale {
	const rawStatus = requiredText(refund, "status");
	const refundFen = fen(refund, "refund_fee");
	const trackingNo = text(refund, "sid");
	return {
		platform: "taobao",
		shopId,
		aftersaleNo: requiredText(refund, "refund_id"),
		orderNo: requiredText(refund, "tid"),
		type: readType(refund),
		status: refundStatus(rawStatus, text(refund, "cs_status")),
		rawType: [requiredText(refund, "dispute_type"), text(refund, "good_status")].filter(Boolean).join("/"),
		rawStatus,
		lines: [
			{
				lineId: requiredText(refund, "oid"),
				platformSkuId: text(refund, "sku").split("|")[0] ?? "", // "5000000000009|规格:标准"
				outerSku: text(refund, "outer_id"),
				title: text(refund, "title"),
				quantity: quantity(refund, "num"),
				refundFen,
			},
		],
		refundFen,
		reason: text(refund, "reason"),
		buyerNote: text(refund, "desc"),
		evidence: [], // pictures stand in the messages of the refund only
		refusal: "", // as do the seller's words
		returnParcel: trackingNo ? { carrier: carrierNamed(text(refund, "company_name")), trackingNo } : null,
		deadline: readDeadline(refund),
		appliedAt: time(refund, "created"),
		modifiedAt: time(refund, "modified"),
	};
}

function readType(refund: RawRecord): AftersaleType {
	const type = disputeType(requiredText(refund, "dispute_type"));
	return type === "REFUND_ONLY" && !wasSent(refund) ? "REFUND_BEFORE_SHIP" : type;
}

/** `order_status` -> had the goods left? Other states, closed above all, are the same either way. */
const sentBy: ReadonlyMap<string, boolean> = new Map([
	["WAIT_SELLER_SEND_GOODS", false],
	["PAID_FORBID_CONSIGN", false],
	["WAIT_BUYER_CONFIRM_GOODS", true],
	["TRADE_BUYER_SIGNED", true],
	["TRADE_FINISHED", true],
]);

/** Does the refund itself tell whether the goods had left? */
export const tellsWhetherSent = (refund: RawRecord): boolean =>
	text(refund, "dispute_type") !== "REFUND" ||
	sentBy.has(text(refund, "order_status")) ||
	text(refund, "good_status") !== "BUYER_NOT_RECEIVED";

function wasSent(refund: RawRecord): boolean {
	const byOrder = sentBy.get(text(refund, "order_status"));
	if (byOrder !== undefined) return byOrder;
	return text(refund, "good_status") !== "BUYER_NOT_RECEIVED" || text(refund, "consign_time") !== "";
}

function readDeadline(refund: RawRecord): Date | null {
	const timeout = part(refund, "refund_remind_timeout");
	return timeout.exist_timeout === true ? optionalTime(timeout, "timeout") : null;
}
