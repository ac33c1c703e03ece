import type { PlatformAftersale } from "../../aftersale/aftersale.ts";
import { optionalTime, quantity, type RawRecord, requiredText, text, time } from "../record.ts";
import { exchangeStatus } from "./aftersale-statuses.ts";
import { carrierNamed } from "./carriers.ts";

/** Refunds and exchanges have numbers of their own and APIs of their own: ours tell them apart. */
export const exchangeNo = (disputeId: string): string => `X${disputeId}`;
export const isExchangeNo = (number: string): boolean => number.startsWith("X");
export const isExchange = (raw: RawRecord): boolean => raw.dispute_id !== undefined;

/**
 * An exchange as `tmall.exchange.get` tells it, with `tid` and `oid` of the dispute.
 * @throws PLATFORM_UNKNOWN_STATUS; PLATFORM_BAD_RECORD
 */
export function readExchange(shopId: string, raw: RawRecord): PlatformAftersale {
	const rawStatus = requiredText(raw, "status");
	const trackingNo = text(raw, "buyer_logistic_no");
	return {
		platform: "taobao",
		shopId,
		aftersaleNo: exchangeNo(requiredText(raw, "dispute_id")),
		orderNo: requiredText(raw, "tid"),
		type: "EXCHANGE",
		status: exchangeStatus(rawStatus),
		rawType: "TMALL_EXCHANGE",
		rawStatus,
		lines: [
			{
				lineId: requiredText(raw, "oid"),
				platformSkuId: text(raw, "bought_sku"),
				outerSku: "", // not told
				title: text(raw, "title"),
				quantity: quantity(raw, "num"),
				refundFen: 0,
			},
		],
		refundFen: 0,
		reason: text(raw, "reason"),
		buyerNote: text(raw, "desc"),
		evidence: [],
		refusal: "",
		returnParcel: trackingNo ? { carrier: carrierNamed(text(raw, "buyer_logistic_name")), trackingNo } : null,
		deadline: optionalTime(raw, "time_out"),
		appliedAt: time(raw, "created"),
		modifiedAt: time(raw, "modified"),
	};
}
