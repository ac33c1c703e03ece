import type { AftersaleStatus, PlatformAftersale } from "../../aftersale/aftersale.ts";
import {
	fail,
	optionalInteger,
	part,
	quantity,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
	time,
	wholeFen,
} from "../record.ts";
import { ourCarrier } from "../table.ts";
import { aftersaleNo } from "./aftersale-number.ts";
import { companyNames, logisticsIds } from "./carriers.ts";
import { lineIdOf } from "./order-reader.ts";
import { aftersaleStatus, aftersaleType } from "./statuses.ts";

/**
 * An after-sale as pdd.refund.information.get tells it, with the items of its order. Amounts are fen here, though the
 * list of after-sales has them in yuan.
 * @throws PLATFORM_UNKNOWN_STATUS, PLATFORM_BAD_RECORD
 */
export function readAftersale(shopId: string, raw: RawRecord): PlatformAftersale {
	const rawType = requiredText(raw, "after_sales_type");
	const shippingStatus = text(raw, "shipping_status");
	const rawStatus = requiredText(raw, "after_sales_status");
	const type = aftersaleType(rawType, shippingStatus);
	const orderNo = requiredText(raw, "order_sn");
	const refundFen = wholeFen(raw, "refund_amount");
	const returnParcel = goesBack.has(type) ? readReturn(raw) : null;
	const modifiedAt = time(raw, "updated_time");
	const item = itemOf(raw);
	return {
		platform: "pdd",
		shopId,
		aftersaleNo: aftersaleNo(orderNo, requiredText(raw, "id")),
		orderNo,
		type,
		status: isBack(aftersaleStatus(rawStatus), returnParcel !== null)
			? "WAIT_SELLER_RECEIVE"
			: aftersaleStatus(rawStatus),
		rawType: `${rawType}/${shippingStatus}`,
		rawStatus,
		lines: [
			{
				lineId: lineIdOf(item),
				platformSkuId: text(raw, "sku_id"),
				outerSku: text(item, "outer_id") || text(item, "outer_goods_id"),
				title: text(item, "goods_name"),
				quantity: quantity(raw, "goods_number"),
				refundFen,
			},
		],
		refundFen,
		reason: text(raw, "after_sales_reason"),
		buyerNote: text(raw, "remark"),
		evidence: texts(raw, "images"),
		refusal: "", // the platform does not tell what the seller wrote
		returnParcel,
		deadline: optionalInstant(raw, "expire_time"),
		appliedAt: optionalInstant(raw, "recreated_at") ?? modifiedAt,
		modifiedAt,
	};
}

const goesBack: ReadonlySet<PlatformAftersale["type"]> = new Set(["RETURN_REFUND", "EXCHANGE", "REPAIR"]);

/** The same codes wait for the seller's answer and, once the goods are on their way back, for the seller to take them. */
const isBack = (status: AftersaleStatus, hasParcel: boolean): boolean => hasParcel && status === "APPLIED";

/** Of the order's items the one the after-sale is about. Exchanges may name the SKU that is wanted instead. */
function itemOf(raw: RawRecord): RawRecord {
	const items = rows(raw, "item_list");
	const item = items.find((each) => text(each, "sku_id") === text(raw, "sku_id"));
	return item ?? items[0] ?? fail("item_list", "is empty");
}

/** The carrier stands there by its name; of an exchange also by its number. */
function readReturn(raw: RawRecord): PlatformAftersale["returnParcel"] {
	const exchange = part(raw, "exchange_shipping_detail");
	const trackingNo = text(raw, "express_no") || text(exchange, "customer_send_back_trunk_number");
	if (trackingNo === "") return null;
	const id = text(exchange, "customer_send_back_ship_id");
	const byId = id === "" || id === "0" ? "" : ourCarrier(logisticsIds, id);
	return { carrier: ourCarrier(companyNames, text(raw, "shipping_name")) || byId, trackingNo };
}

const secondsUntil = 100_000_000_000; // a time in seconds stays below it till 5138; one in milliseconds is above since 1973

/** Milliseconds or seconds: the documentation does not say which. */
function optionalInstant(raw: RawRecord, field: string): Date | null {
	const value = optionalInteger(raw, field, "is not a time");
	return value ? new Date(value < secondsUntil ? value * 1_000 : value) : null;
}
