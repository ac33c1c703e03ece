import type { AftersaleType, PlatformAftersale } from "../../aftersale/aftersale.ts";
import {
	epochMs,
	fail,
	jsonIn,
	optionalEpochMs,
	optionalInteger,
	part,
	type RawRecord,
	requiredText,
	text,
	texts,
	wholeFen,
} from "../record.ts";
import { ourCarrier } from "../table.ts";
import { aftersaleModifiedAt } from "./aftersales.ts";
import { carriers } from "./carriers.ts";
import { aftersaleStatus, aftersaleType, isPriceProtection } from "./statuses.ts";

/**
 * An after-sale as `open.seller.order.refund.detail` tells it, with `order` from `getAftersale`, in our words.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right
 */
export function readAftersale(shopId: string, raw: RawRecord): PlatformAftersale {
	const status = requiredText(raw, "status");
	const negotiated = text(raw, "negotiateStatus");
	const refundFen = wholeFen(raw, "refundFee");
	const orderNo = requiredText(raw, "oid");
	const order = part(raw, "order");
	return {
		platform: "kuaishou",
		shopId,
		aftersaleNo: requiredText(raw, "refundId"),
		orderNo,
		type: readType(raw, order),
		status: aftersaleStatus(status, negotiated),
		rawType: [text(raw, "handlingWay"), text(raw, "specialRefundType") || "0"].join("/"),
		rawStatus: [status, negotiated || "0"].join("/"),
		lines: [
			{
				lineId: orderNo,
				platformSkuId: text(raw, "skuId"),
				outerSku: text(raw, "skuNick"),
				title: text(order, "itemTitle"),
				quantity: optionalInteger(raw, "productNum") || optionalInteger(order, "num") || 1,
				refundFen,
			},
		],
		refundFen,
		reason: text(raw, "refundReasonDesc"),
		buyerNote: text(raw, "refundDesc"),
		evidence: readPictures(raw),
		refusal: text(raw, "sellerDisagreeDesc") || text(raw, "sellerDisagreeReason"),
		returnParcel: readReturnParcel(part(raw, "logisticsInfo")),
		deadline: optionalEpochMs(raw, "expireTime"),
		appliedAt: optionalEpochMs(raw, "submitTime") ?? epochMs(raw, "createTime"),
		modifiedAt: aftersaleModifiedAt(raw),
	};
}

function readType(raw: RawRecord, order: RawRecord): AftersaleType {
	const type = aftersaleType(requiredText(raw, "handlingWay"));
	if (isPriceProtection(text(raw, "specialRefundType"))) return "PRICE_PROTECT";
	return type === "REFUND_ONLY" && wasBeforeShipping(raw, order) ? "REFUND_BEFORE_SHIP" : type;
}

/** Goods that are sent later do not make it another kind of refund. */
function wasBeforeShipping(raw: RawRecord, order: RawRecord): boolean {
	if (text(raw, "receiptStatus") === "2") return false; // the buyer has the goods
	const sentAt = optionalEpochMs(order, "sendTime");
	return sentAt === null || sentAt > epochMs(raw, "createTime");
}

/** `pictures` is the text of a JSON list of addresses. */
function readPictures(raw: RawRecord): string[] {
	if (Array.isArray(raw.pictures)) return texts(raw, "pictures");
	const json = text(raw, "pictures");
	if (json === "") return [];
	const pictures = jsonIn(json);
	return pictures === undefined ? fail("pictures", "is not JSON") : texts({ pictures }, "pictures");
}

function readReturnParcel(parcel: RawRecord): PlatformAftersale["returnParcel"] {
	const trackingNo = text(parcel, "expressNo");
	return trackingNo === "" ? null : { carrier: ourCarrier(carriers, text(parcel, "expressCode")), trackingNo };
}
