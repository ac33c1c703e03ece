import type { AftersaleLine, AftersaleType, PlatformAftersale } from "../../aftersale/aftersale.ts";
import {
	epochSec,
	optionalEpochSec,
	optionalWholeFen,
	part,
	quantity,
	type RawRecord,
	requiredText,
	text,
	texts,
} from "../record.ts";
import { entryOf, ourCarrier } from "../table.ts";
import { carriers } from "./carriers.ts";
import { lineIdOf, productRows, sentGoods } from "./lines.ts";
import { aftersaleStatus, aftersaleType } from "./statuses.ts";

/** `reason` -> the platform's words for it; a code not listed is shown as it is. Source: reason/get. */
const reasons: Readonly<Record<string, string>> = {
	INCORRECT_SELECTION: "拍错/多拍",
	NO_LONGER_WANT: "不想要了",
	NO_EXPRESS_INFO: "无快递信息",
	EMPTY_PACKAGE: "包裹为空",
	REJECT_RECEIVE_PACKAGE: "已拒签包裹",
	NOT_DELIVERED_TOO_LONG: "快递长时间未送达",
	NOT_MATCH_PRODUCT_DESC: "与商品描述不符",
	QUALITY_ISSUE: "质量问题",
	SEND_WRONG_GOODS: "卖家发错货",
	THREE_NO_PRODUCT: "三无产品",
	FAKE_PRODUCT: "假冒产品",
	OTHERS: "其他",
};

/** `sub_type` of a refund that only makes good a price that fell. */
const priceProtect = "REFUND_PRICE_DIFF";

/**
 * An after-sale as `getAftersale` brings it, in our words. It is about one line of the order.
 * @throws PLATFORM_UNKNOWN_STATUS, PLATFORM_BAD_RECORD
 */
export function readAftersale(shopId: string, raw: RawRecord): PlatformAftersale {
	const rawStatus = requiredText(raw, "status");
	const refundFen = optionalWholeFen(part(raw, "refund_info"), "amount") ?? 0;
	const details = part(raw, "details");
	return {
		platform: "weixin",
		shopId,
		aftersaleNo: requiredText(raw, "after_sale_order_id"),
		orderNo: requiredText(raw, "order_id"),
		type: typeOf(raw),
		status: aftersaleStatus(rawStatus),
		rawType: [text(raw, "type"), text(raw, "sub_type")].filter(Boolean).join("/"),
		rawStatus,
		lines: [readLine(raw, refundFen)],
		refundFen,
		reason: reasonOf(text(raw, "reason")),
		buyerNote: text(details, "desc"),
		evidence: texts(details, "media_id_list"), // numbers of pictures, not addresses
		refusal: text(part(raw, "merchant_upload_info"), "reject_reason"),
		returnParcel: readParcel(part(raw, "return_info")),
		deadline: optionalEpochSec(raw, "deadline_at"),
		appliedAt: epochSec(raw, "create_time"),
		modifiedAt: epochSec(raw, "update_time"),
	};
}

const reasonOf = (code: string): string => entryOf(reasons, code) ?? code;

function typeOf(raw: RawRecord): AftersaleType {
	const type = aftersaleType(requiredText(raw, "type"));
	if (type !== "REFUND") return type;
	if (text(raw, "sub_type") === priceProtect) return "PRICE_PROTECT";
	return hadLeft(raw) ? "REFUND_ONLY" : "REFUND_BEFORE_SHIP";
}

/** Had any of the goods been sent when the buyer asked? What is sent after a refusal does not change what was asked. */
function hadLeft(raw: RawRecord): boolean {
	const lineId = lineIdOf(part(raw, "product_info"));
	const askedAt = epochSec(raw, "create_time").getTime() / 1_000;
	return sentGoods(part(raw, "order")).some((sent) => sent.lineId === lineId && sent.at <= askedAt);
}

function readLine(raw: RawRecord, refundFen: number): AftersaleLine {
	const product = part(raw, "product_info");
	const [bought] = productRows(part(raw, "order"));
	return {
		lineId: lineIdOf(product),
		platformSkuId: requiredText(product, "sku_id"),
		outerSku: text(product, "sku_code") || text(bought ?? {}, "sku_code"),
		title: text(bought ?? {}, "title"),
		quantity: quantity(product, "count"),
		refundFen,
	};
}

function readParcel(parcel: RawRecord): PlatformAftersale["returnParcel"] {
	const trackingNo = text(parcel, "waybill_id");
	return trackingNo ? { carrier: ourCarrier(carriers, text(parcel, "delivery_id")), trackingNo } : null;
}
