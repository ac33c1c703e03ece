import { createHash } from "node:crypto";
import { pictureOf } from "../../picture.ts";
import type { Market } from "../market.ts";
import type { MarketLine, MarketOrder } from "../market-order.ts";
import type { DemoShop } from "../shops.ts";
import type { XhsObject } from "./envelope.ts";
import { afterSaleState, latestAftersales, orderStatus } from "./statuses.ts";

const promiseMs = 48 * 3_600_000;

/** A row of `order.getOrderList`: no lines, no amounts. Times are milliseconds, 0 for what has not happened. */
export function orderRow(market: Market, order: MarketOrder): XhsObject {
	const { receiver, memo } = order;
	const latest = latestAftersales(market, order).sort((a, b) => a.sequence - b.sequence);
	return {
		orderId: order.platformOrderId,
		orderType: 1,
		orderStatus: orderStatus(market, order),
		orderAfterSalesStatus: afterSaleState(latest.at(-1)),
		cancelStatus: 0,
		createdTime: order.placedMs,
		paidTime: order.paidMs ?? 0,
		updateTime: order.modifiedMs,
		deliveryTime: order.shippedMs ?? 0,
		cancelTime: order.status === "CLOSED" ? (order.endedMs ?? 0) : 0,
		finishTime: order.status === "COMPLETED" ? (order.endedMs ?? 0) : 0,
		promiseLastDeliveryTime: order.paidMs === null ? 0 : order.paidMs + promiseMs,
		planInfoId: "601a0000000000000000fb49",
		planInfoName: order.freightFen > 0 ? "普通运费" : "包邮",
		receiverProvinceName: receiver.province,
		receiverCityName: receiver.city,
		receiverDistrictName: receiver.district,
		customerRemark: memo.buyer,
		sellerRemark: memo.seller,
		sellerRemarkFlag: memo.flag || 1, // there is no flag that is none
		originalOrderId: "",
		logistics: "red_auto",
		orderTagList: [],
	};
}

/** `order.getOrderDetail`. Order amounts are integer fen. */
export function orderDetail(market: Market, shop: DemoShop, order: MarketOrder): XhsObject {
	const [parcel] = order.parcels;
	return {
		...orderRow(market, order),
		skuList: order.lines.map((line) => skuRecord(market, order, line)),
		totalPayAmount: order.paidFen,
		totalShippingFree: order.freightFen,
		totalDepositAmount: 0,
		totalMerchantDiscount: sum(order.lines, (line) => line.discountFen),
		totalRedDiscount: sum(order.lines, (line) => line.orderDiscountFen),
		merchantActualReceiveAmount: order.paidFen + sum(order.lines, (line) => line.orderDiscountFen),
		totalChangePriceAmount: 0,
		paymentType: order.paidMs === null ? -1 : 2,
		outTradeNo: order.paidMs === null ? "" : `42000020${order.platformOrderId.slice(-12)}`,
		unpack: order.parcels.length > 1 || order.status === "PART_SHIPPED",
		expressTrackingNo: parcel?.trackingNo ?? "",
		expressCompanyCode: parcel?.carrier ?? "",
		openAddressId: openAddressId(shop, order),
		receiverName: "",
		receiverPhone: "",
		receiverAddress: "",
		simpleDeliveryOrderList: deliveries(order),
		logisticsMode: 1,
		shopId: shop.sellerId,
		shopName: shop.name,
		userId: order.buyer.openId,
	};
}

/** Stands for one receiver at one place: orders with the same may travel together. */
export function openAddressId(shop: DemoShop, { receiver }: MarketOrder): string {
	return createHash("md5")
		.update(JSON.stringify([shop.sellerId, receiver]))
		.digest("hex");
}

function skuRecord(market: Market, order: MarketOrder, line: MarketLine): XhsObject {
	const aftersale = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
	return {
		skuId: line.lineId,
		skuName: `${line.title} ${line.spec}`,
		erpcode: line.sku, // spelt so here, and erpCode below
		skuSpec: line.spec,
		skuImage: pictureOf(line.productId),
		skuQuantity: line.quantity,
		totalPaidAmount: line.paidFen,
		totalMerchantDiscount: line.discountFen,
		totalRedDiscount: line.orderDiscountFen,
		totalTaxAmount: 0,
		totalNetWeight: 100 * line.quantity,
		skuTag: line.priceFen === 0 ? 1 : 0,
		isChannel: false,
		deliveryMode: 0,
		skuAfterSaleStatus: afterSaleState(aftersale),
		itemId: line.productId,
		itemName: line.title,
		skuDetailList: pieces(line).map(({ quantity, paidFen }) => ({
			skuId: line.lineId,
			erpCode: line.sku,
			barcode: "",
			quantity,
			skuName: line.title,
			pricePerSku: line.priceFen,
			taxPerSku: 0,
			paidAmountPerSku: paidFen,
			depositAmountPerSku: 0,
			merchantDiscountPerSku: Math.floor(line.discountFen / line.quantity),
			redDiscountPerSku: Math.floor(line.orderDiscountFen / line.quantity),
			rawPricePerSku: line.priceFen,
		})),
	};
}

/** What does not divide evenly stands twice, one fen apart. */
function pieces({ paidFen, quantity }: MarketLine): { quantity: number; paidFen: number }[] {
	const each = Math.floor(paidFen / quantity);
	const dearer = paidFen - each * quantity;
	const both = [
		{ quantity: quantity - dearer, paidFen: each },
		{ quantity: dearer, paidFen: each + 1 },
	];
	return both.filter((part) => part.quantity > 0);
}

/** The parcels an order is made of: those on their way, and one of what can still be shipped. */
function deliveries(order: MarketOrder): XhsObject[] {
	const closed = order.paidMs === null ? 9 : 8;
	const sent = order.status === "CLOSED" ? closed : order.status === "COMPLETED" ? 7 : 6;
	const left = order.lines.filter((line) => !line.shipped && !line.closed);
	const given = order.lines.filter((line) => !line.shipped && line.closed);
	const waiting = { status: order.status === "WAIT_PAY" ? 1 : 4, lineIds: left.map(({ lineId }) => lineId) };
	const parts = [
		...order.parcels.map((parcel) => ({ ...parcel, status: sent })),
		{ ...waiting, carrier: "", trackingNo: "" },
		{ status: closed, lineIds: given.map(({ lineId }) => lineId), carrier: "", trackingNo: "" },
	];
	return parts
		.filter(({ lineIds }) => lineIds.length > 0)
		.map(({ status, trackingNo, carrier, lineIds }, at) => ({
			deliveryOrderIndex: at + 1,
			status,
			expressTrackingNo: trackingNo,
			expressCompanyCode: carrier,
			skuIdList: lineIds,
		}));
}

function sum(lines: readonly MarketLine[], amount: (line: MarketLine) => number): number {
	return lines.reduce((total, line) => total + amount(line), 0);
}
