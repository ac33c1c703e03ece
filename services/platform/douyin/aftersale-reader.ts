import type { AftersaleLine, PlatformAftersale } from "../../aftersale/aftersale.ts";
import { share } from "../money.ts";
import {
	epochSec,
	fail,
	optionalEpochSec,
	optionalWholeFen,
	part,
	quantity,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
	wholeFen,
} from "../record.ts";
import { ourCarrier } from "../table.ts";
import { carriers } from "./carriers.ts";
import { aftersaleStatus, aftersaleType } from "./statuses.ts";

/** The part of `afterSale.Detail` that tells what is asked for and how far it got. */
export const aftersaleInfo = (raw: RawRecord): RawRecord => part(part(raw, "process_info"), "after_sale_info");

/**
 * An after-sale as `afterSale.Detail` tells it, in our words. Ids are JSON numbers of 19 digits there.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right
 */
export function readAftersale(shopId: string, raw: RawRecord): PlatformAftersale {
	const info = aftersaleInfo(raw);
	const order = part(raw, "order_info");
	const rawType = requiredText(info, "after_sale_type");
	const status = requiredText(info, "after_sale_status");
	const refundStatus = text(info, "refund_status");
	const refundFen = optionalWholeFen(info, "refund_total_amount") ?? 0;
	const ours = aftersaleStatus(status, refundStatus);
	return {
		platform: "douyin",
		shopId,
		aftersaleNo: requiredText(info, "after_sale_id"),
		orderNo: requiredText(order, "shop_order_id"),
		type: aftersaleType(rawType),
		status: ours,
		rawType,
		rawStatus: refundStatus === "" ? status : `${status}/${refundStatus}`,
		lines: readLines(order, refundFen),
		refundFen,
		reason: text(info, "reason"),
		buyerNote: text(info, "reason_remark"),
		evidence: texts(info, "evidence"),
		refusal: ours === "REFUSED" ? lastWord(part(raw, "process_info")) : "",
		returnParcel: returnParcel(raw),
		deadline: optionalEpochSec(info, "status_deadline"),
		appliedAt: epochSec(info, "apply_time"),
		modifiedAt: epochSec(info, "update_time"),
	};
}

function readLines(order: RawRecord, refundFen: number): AftersaleLine[] {
	const subOrders = rows(order, "sku_order_infos");
	if (subOrders.length === 0) fail("sku_order_infos", "is empty");
	const refunds = share(
		refundFen,
		subOrders.map((subOrder) => wholeFen(subOrder, "pay_amount")),
	);
	return subOrders.map((subOrder, at) => ({
		lineId: requiredText(subOrder, "sku_order_id"),
		platformSkuId: text(subOrder, "sku_id"),
		outerSku: text(subOrder, "shop_sku_code"),
		title: text(subOrder, "product_name"),
		quantity: quantity(subOrder, text(subOrder, "after_sale_item_count") ? "after_sale_item_count" : "item_quantity"),
		refundFen: refunds[at] ?? 0,
	}));
}

/** The newest entry of the talk between buyer and seller, where the seller's refusal stands. */
function lastWord(process: RawRecord): string {
	const byTime = rows(process, "record_logs_list").toSorted((a, b) => compare(text(a, "time"), text(b, "time")));
	return text(byTime.at(-1) ?? {}, "text");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function returnParcel(raw: RawRecord): PlatformAftersale["returnParcel"] {
	const parcel = part(part(part(raw, "process_info"), "logistics_info"), "return");
	const trackingNo = text(parcel, "tracking_no");
	if (trackingNo === "") return null;
	const code = text(parcel, "company_code");
	return { carrier: code === "" ? text(parcel, "company_name") : ourCarrier(carriers, code), trackingNo };
}
