import { hubError } from "../../../config/errors.ts";
import type { OrderLine, OrderStatus, PlatformOrder, Receiver } from "../../order/order.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, moneyOf, sum } from "../money.ts";
import {
	epochMs,
	optionalEpochMs,
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
import {
	blockedBy,
	cancelling,
	depositPresale,
	exchangeRequested,
	lineRefund,
	memoFlag,
	orderStatus,
	orderTypeFlags,
	parcelStatus,
	unpaid,
} from "./statuses.ts";

/**
 * An order as `order.getOrderDetail` tells it, and its receiver beside it, in our words.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right and
 *   for money that does not add up.
 */
export function readOrder(shopId: string, raw: RawRecord): PlatformOrder {
	const rawStatus = requiredText(raw, "orderStatus");
	const status = statusOf(raw, rawStatus);
	const goods = rows(raw, "skuList");
	if (!goods.length) throw hubError("PLATFORM_BAD_RECORD", "skuList is empty", { field: "skuList" });
	const sent = parcelStatuses(raw);
	const lines = goods.map((row) => readLine(row, status, sent));
	const order: PlatformOrder = {
		platform: "xiaohongshu",
		shopId,
		orderNo: requiredText(raw, "orderId"),
		status,
		rawStatus,
		flags: [orderTypeFlags.get(text(raw, "orderType")), blockedBy.get(rawStatus)].filter((flag) => flag !== undefined),
		placedAt: epochMs(raw, "createdTime"),
		paidAt: optionalEpochMs(raw, "paidTime"),
		modifiedAt: epochMs(raw, "updateTime"),
		shipDeadline: optionalEpochMs(raw, "promiseLastDeliveryTime"),
		buyer: { nick: "", openId: text(raw, "userId") },
		receiver: readReceiver(raw),
		memo: {
			buyer: text(raw, "customerRemark"),
			seller: text(raw, "sellerRemark"),
			flag: memoFlag(text(raw, "sellerRemarkFlag")),
		},
		// `totalRedDiscount` is what the platform pays; whatever else is missing in what was paid is the seller's.
		money: moneyOf(lines, {
			freightFen: optionalWholeFen(raw, "totalShippingFree") ?? 0,
			paidFen: wholeFen(raw, "totalPayAmount"),
			discountPlatformFen: optionalWholeFen(raw, "totalRedDiscount") ?? 0,
		}),
		lines,
		platformHolds: platformHolds(
			{ status, lines },
			{
				REFUND_APPLIED: text(raw, "cancelStatus") === cancelling,
				PRESALE_BALANCE: text(raw, "orderType") === depositPresale && rawStatus === unpaid,
				RISK: blockedBy.has(rawStatus),
			},
		),
	};
	checkMoney(order);
	return order;
}

/** An exchange does not undo what was before: an order that was completed stays so. */
function statusOf(raw: RawRecord, rawStatus: string): OrderStatus {
	const completed = rawStatus === exchangeRequested && optionalEpochMs(raw, "finishTime") !== null;
	return completed ? "COMPLETED" : orderStatus(rawStatus);
}

/** How far each SKU is, by the parcels the platform makes of an order. Nothing less than all of a SKU is one's. */
function parcelStatuses(raw: RawRecord): Map<string, OrderStatus> {
	const parcels = rows(raw, "simpleDeliveryOrderList");
	return new Map(
		parcels.flatMap((parcel) => {
			const status = parcelStatus(requiredText(parcel, "status"));
			return texts(parcel, "skuIdList").map((skuId): [string, OrderStatus] => [skuId, status]);
		}),
	);
}

/** The platform merges what an order has of one SKU into one line, so the SKU is the line's number. */
function readLine(row: RawRecord, status: OrderStatus, sent: ReadonlyMap<string, OrderStatus>): OrderLine {
	const skuId = requiredText(row, "skuId");
	const count = quantity(row, "skuQuantity");
	const paidFen = wholeFen(row, "totalPaidAmount");
	const gift = text(row, "skuTag") === "1";
	const priceFen = gift ? 0 : priceOf(row, skuId, count);
	return {
		lineId: skuId,
		platformSkuId: skuId,
		outerSku: text(row, "erpcode"), // empty for a bundle
		title: text(row, "itemName") || text(row, "skuName"),
		spec: text(row, "skuSpec"),
		imageUrl: text(row, "skuImage"),
		quantity: count,
		priceFen,
		discountFen: priceFen * count - paidFen,
		paidFen,
		gift,
		status: status === "WAIT_PAY" || status === "CLOSED" ? status : (sent.get(skuId) ?? status),
		refund: lineRefund(text(row, "skuAfterSaleStatus")),
	};
}

/**
 * One piece before discounts. A bundle has no price of its own: its parts are listed, so its price is what the totals
 * make of it, a broken fen rounded up.
 */
function priceOf(row: RawRecord, skuId: string, count: number): number {
	const parts = rows(row, "skuDetailList");
	if (parts.length > 0 && parts.every((part) => text(part, "skuId") === skuId)) {
		return Math.max(...parts.map((part) => optionalWholeFen(part, "rawPricePerSku") ?? wholeFen(part, "pricePerSku")));
	}
	const totals = ["totalPaidAmount", "totalMerchantDiscount", "totalRedDiscount"];
	return Math.ceil(sum(totals.map((field) => optionalWholeFen(row, field) ?? 0)) / count);
}

/** The order has the region and the key; the rest was got beside it (`receiver.ts`), where the platform tells it. */
function readReceiver(raw: RawRecord): Receiver {
	const told = part(raw, "receiverTold");
	const masked = part(told, "masked");
	return maskedReceiver({
		name: text(masked, "name"),
		phone: text(masked, "phone"),
		address: text(masked, "address"),
		province: text(raw, "receiverProvinceName"),
		city: text(raw, "receiverCityName"),
		district: text(raw, "receiverDistrictName"),
		town: text(told, "town"),
		cipher: told.cipher ? JSON.stringify(part(told, "cipher")) : "",
		platformKey: text(raw, "openAddressId"),
	});
}
