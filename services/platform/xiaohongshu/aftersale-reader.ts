import type { AftersaleLine, PlatformAftersale } from "../../aftersale/aftersale.ts";
import {
	epochMs,
	optionalFen,
	optionalInteger,
	part,
	quantity,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
} from "../record.ts";
import { ourCarrier } from "../table.ts";
import { carriers } from "./carriers.ts";
import { aftersaleStatus, aftersaleType } from "./statuses.ts";

/** The record inside the document of `afterSale.getAfterSaleInfo`. */
export const infoOf = (raw: RawRecord): RawRecord => part(raw, "afterSaleInfo");

export const aftersaleModifiedAt = (raw: RawRecord): Date => epochMs(infoOf(raw), "updatedAt");

/**
 * An after-sale as `afterSale.getAfterSaleInfo` tells it, in our words. Its amounts are in yuan, unlike an order's.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right.
 */
export function readAftersale(shopId: string, raw: RawRecord): PlatformAftersale {
	const info = infoOf(raw);
	const rawType = requiredText(info, "returnType");
	const rawStatus = requiredText(info, "status");
	const type = aftersaleType(rawType);
	const status = aftersaleStatus(type, rawStatus, text(info, "refundStatus"));
	return {
		platform: "xiaohongshu",
		shopId,
		aftersaleNo: requiredText(info, "returnsId"),
		orderNo: requiredText(info, "orderId"),
		type,
		status,
		rawType,
		rawStatus: [rawStatus, text(info, "refundStatus")].filter(Boolean).join("/"),
		lines: rows(info, "skus").map(readLine),
		refundFen: refundFen(info),
		reason: text(info, "reasonNameZh"),
		buyerNote: text(info, "desc"),
		evidence: texts(info, "proofPhotos"),
		refusal: status === "REFUSED" ? text(info, "closeReasonZh") : "",
		returnParcel: returnParcel(raw),
		deadline: deadline(info),
		appliedAt: epochMs(info, "applyTime"),
		modifiedAt: aftersaleModifiedAt(raw),
	};
}

function readLine(row: RawRecord): AftersaleLine {
	const skuId = requiredText(row, "skuId");
	return {
		lineId: skuId,
		platformSkuId: skuId,
		outerSku: text(row, "skuERPCode"),
		title: text(row, "skuName"),
		quantity: quantity(row, "appliedCount"),
		refundFen: optionalFen(row, "appliedTotalAmountYuan") ?? 0,
	};
}

/** What went back; until then what is expected to. Both hold the freight. */
const refundFen = (info: RawRecord): number =>
	optionalFen(info, "refundAmountYuan") || (optionalFen(info, "expectedRefundAmountYuan") ?? 0);

function returnParcel(raw: RawRecord): PlatformAftersale["returnParcel"] {
	const sent = part(part(raw, "logisticsInfo"), "afterSale");
	const trackingNo = text(sent, "expressNo");
	return trackingNo === "" ? null : { carrier: ourCarrier(carriers, text(sent, "expressCompanyCode")), trackingNo };
}

/** -1 unless it is the seller's turn. */
function deadline(info: RawRecord): Date | null {
	const ms = optionalInteger(info, "expireTime") ?? 0;
	return ms > 0 ? new Date(ms) : null;
}
