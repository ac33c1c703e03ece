import { pictureOf } from "../../picture.ts";
import type { MarketOrder, Parcel } from "../market-order.ts";
import { lineOfOne, type SellerCall } from "./call.ts";
import { expressCode } from "./carriers.ts";
import type { KsObject } from "./envelope.ts";
import { cipherOf, masked } from "./privacy.ts";
import { orderStatus, refundStatus, unknownStatus } from "./statuses.ts";

/** How long the seller may take to ship. */
const shipWithinMs = 48 * 3_600_000;

/** `flag` of a note -> `flagTagCode`. */
const flagTags = ["", "red", "yellow", "green", "blue", "purple", "grey"];

/** An order as lists and the detail tell it; under `unknown-status` with a status in no documentation. */
export function orderRecord(call: SellerCall, order: MarketOrder): KsObject {
	const { faults, market, shop } = call;
	const strange = faults.strike(shop.platform, ["unknown-status"]);
	const refunds = market.aftersalesOf(order).reverse(); // newest first
	return {
		orderBaseInfo: { ...baseInfo(call, order), status: strange ? unknownStatus : orderStatus(order) },
		orderItemInfo: itemInfo(order),
		orderRefundList: refunds.map((aftersale) => ({
			refundId: BigInt(aftersale.platformAftersaleId),
			refundStatus: refundStatus(aftersale),
		})),
		orderLogisticsInfo: order.parcels.map(logistics),
		orderNote: { sellerNote: [], orderNoteInfo: noteInfo(order) },
		orderAddress: address(order),
		orderDeliveryInfo: {
			deliveryNum: lineOfOne(order).shippedQty,
			packageNum: order.parcels.length,
			totalPackageNum: order.parcels.length,
			maxPackageNum: 10,
			enableAppendPackage: order.parcels.length > 0,
		},
		subOrderInfo: [],
	};
}

function baseInfo({ shop }: SellerCall, order: MarketOrder): KsObject {
	const line = lineOfOne(order);
	return {
		oid: BigInt(order.platformOrderId),
		createTime: order.placedMs,
		updateTime: order.modifiedMs,
		payTime: order.paidMs ?? 0,
		sendTime: order.shippedMs ?? 0,
		recvTime: order.status === "COMPLETED" ? (order.endedMs ?? 0) : 0,
		refundTime: order.status === "CLOSED" ? (order.endedMs ?? 0) : 0,
		buyerOpenId: order.buyer.openId,
		buyerNick: `${[...order.buyer.nick][1] ?? "小"}***`,
		sellerOpenId: shop.sellerId,
		sellerNick: shop.name,
		totalFee: line.paidFen,
		expressFee: order.freightFen,
		discountFee: line.discountFen + line.orderDiscountFen,
		payType: 1,
		payChannel: "微信",
		remark: order.memo.buyer,
		theDayOfDeliverGoodsTime: 2,
		validPromiseShipmentTimeStamp: order.paidMs === null ? 0 : order.paidMs + shipWithinMs,
		preSale: 0,
		coType: 0,
		cpsType: 1,
		riskCode: 0,
		priorityDelivery: false,
		disableDeliveryReasonCode: [],
		allActivityType: [],
	};
}

function itemInfo(order: MarketOrder): KsObject {
	const line = lineOfOne(order);
	return {
		itemId: BigInt(line.productId),
		skuId: BigInt(line.platformSkuId),
		relItemId: 0,
		relSkuId: 0,
		itemTitle: line.title,
		skuDesc: line.spec,
		skuNick: line.sku,
		goodsCode: "",
		num: line.quantity,
		originalPrice: line.priceFen,
		price: line.priceFen,
		discountFee: line.discountFen + line.orderDiscountFen,
		itemPicUrl: pictureOf(line.productCode),
		itemType: 1,
	};
}

function logistics({ carrier, trackingNo }: Parcel, at: number): KsObject {
	return { expressNo: trackingNo, expressCode: expressCode(carrier), logisticsId: 700_001 + at };
}

/** A history by the platform's rules; the market remembers the newest note only. */
function noteInfo({ memo, modifiedMs }: MarketOrder): KsObject[] {
	if (memo.seller === "" && memo.flag === 0) return [];
	const flag = flagTags[memo.flag] ?? "";
	const flagTagCode = flag && `${flag}_flag_tag_order`;
	return [{ createTime: modifiedMs, note: memo.seller, flagTagCode, operatorName: "客服01" }];
}

function address(order: MarketOrder): KsObject {
	const { receiver } = order;
	return {
		encryptedConsignee: cipherOf(order, "name"),
		desensitiseConsignee: masked.name(receiver.name),
		encryptedMobile: cipherOf(order, "mobile"),
		desensitiseMobile: masked.mobile(receiver.mobile),
		encryptedAddress: cipherOf(order, "address"),
		desensitiseAddress: masked.address(receiver.address),
		province: receiver.province,
		city: receiver.city,
		district: receiver.district,
		town: receiver.town,
	};
}
