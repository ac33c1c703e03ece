import { pictureOf } from "../../picture.ts";
import type { Aftersale, MarketOrder } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import type { DemoShop } from "../shops.ts";
import { carrierCode, carrierOf } from "./carriers.ts";
import { type XhsObject, yuanNumber } from "./envelope.ts";
import { openAddressId } from "./order-document.ts";
import { returnAddress } from "./seller-addresses.ts";
import { aftersaleStatus, refundStatus, returnTypes } from "./statuses.ts";

/** How long the seller has to answer. */
const answerMs = 2 * 24 * 3_600_000;
const sellersTurn = new Set(["APPLIED", "WAIT_SELLER_RECEIVE", "WAIT_SELLER_SHIP"]);

/** A row of `afterSale.listAfterSaleInfos`. Amounts are yuan, times milliseconds. */
export function aftersaleRow(order: MarketOrder, aftersale: Aftersale): XhsObject {
	return {
		returnsId: aftersale.platformAftersaleId,
		returnType: returnTypes[aftersale.type],
		reasonId: 101,
		reasonNameZh: aftersale.reason,
		status: aftersaleStatus(aftersale),
		userId: order.buyer.openId,
		orderId: order.platformOrderId,
		applyTime: aftersale.createdMs,
		updatedAt: aftersale.modifiedMs,
		expireTime: sellersTurn.has(aftersale.status) ? aftersale.modifiedMs + answerMs : -1,
		desc: "",
		returnsTag: "",
		expectedRefundAmountYuan: yuanNumber(aftersale.refundFen),
	};
}

/** What `afterSale.getAfterSaleInfo` answers. */
export function aftersaleDetail(shop: DemoShop, order: MarketOrder, aftersale: Aftersale): XhsObject {
	const line = lineOf(order, aftersale.lineId);
	const goodsFen = Math.min(aftersale.refundFen, Math.floor((line.paidFen * aftersale.quantity) / line.quantity));
	const refunded = refundStatus(aftersale) === 2;
	const sku = {
		skuId: line.lineId,
		skuName: line.title,
		image: pictureOf(line.productId),
		price: yuanNumber(line.priceFen),
		boughtCount: line.quantity,
		appliedCount: aftersale.quantity,
		appliedTotalAmountYuan: yuanNumber(goodsFen),
		barcode: "",
		variants: line.spec.split(";").map((each) => ({ name: each.split(":")[0], value: each.split(":")[1] ?? "" })),
		skuERPCode: line.sku,
	};
	const agreed = ["WAIT_BUYER_RETURN", "WAIT_SELLER_RECEIVE"].includes(aftersale.status);
	return {
		afterSaleInfo: {
			...aftersaleRow(order, aftersale),
			returnAddress: agreed ? returnAddress() : null,
			proofPhotos: [],
			supportCarriageInsurance: false,
			openAddressId: openAddressId(shop, order),
			skus: [sku],
			exchangeSKUs: aftersale.type === "EXCHANGE" ? [sku] : [],
			closeReasonZh: aftersale.refusal,
			appliedShipFeeAmountYuan: yuanNumber(aftersale.refundFen - goodsFen),
			appliedSkusAmountYuan: yuanNumber(goodsFen),
			refundAmountYuan: yuanNumber(refunded ? aftersale.refundFen : 0),
			refundStatus: refundStatus(aftersale),
			cargoStatus: order.parcels.length > 0 ? 2 : 0,
			refundTime: refunded ? aftersale.modifiedMs : 0,
		},
		logisticsInfo: {
			afterSale: logistics(aftersale.returnParcel, aftersale.modifiedMs),
			exchange: logistics(aftersale.sentParcel, aftersale.modifiedMs),
			order: logistics(order.parcels[0] ?? null, order.shippedMs ?? 0),
		},
	};
}

function logistics(parcel: { carrier: string; trackingNo: string } | null, filledMs: number): XhsObject | null {
	if (!parcel) return null;
	const code = carrierCode(parcel.carrier);
	return {
		expressNo: parcel.trackingNo,
		expressCompanyCode: code,
		expressCompanyName: carrierOf(code)?.name ?? code,
		fillExpressNoTime: filledMs,
		expressSignTime: 0,
	};
}
