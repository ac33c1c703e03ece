import { type Aftersale, isOpen, type MarketOrder } from "../market-order.ts";
import { lineOfOne, type SellerCall } from "./call.ts";
import { expressCode } from "./carriers.ts";
import type { KsObject } from "./envelope.ts";
import { returnAddresses } from "./refund-actions.ts";
import { handlingWay, negotiateStatus, refundStatus } from "./statuses.ts";

/** How long the one whose turn it is may take. */
const answerMs = 2 * 24 * 3_600_000;

/** What a list tells of an after-sale. */
export function refundRow(order: MarketOrder, aftersale: Aftersale): KsObject {
	const line = lineOfOne(order);
	return {
		refundId: BigInt(aftersale.platformAftersaleId),
		oid: BigInt(order.platformOrderId),
		skuId: BigInt(line.platformSkuId),
		itemId: BigInt(line.productId),
		relSkuId: 0,
		relItemId: 0,
		skuNick: line.sku,
		handlingWay: handlingWay(aftersale),
		negotiateStatus: negotiateStatus(aftersale),
		refundFee: aftersale.refundFen,
		refundReason: 101,
		refundReasonDesc: aftersale.reason,
		refundDesc: "",
		status: refundStatus(aftersale),
		refundType: 1,
		receiptStatus: order.status === "COMPLETED" || handlingWay(aftersale) !== 10 ? 2 : 1,
		submitTime: aftersale.createdMs,
		createTime: aftersale.createdMs,
		updateTime: aftersale.modifiedMs,
		negotiateUpdateTime: aftersale.modifiedMs,
		expireTime: isOpen(aftersale) ? aftersale.modifiedMs + answerMs : 0,
		endTime: isOpen(aftersale) ? 0 : aftersale.modifiedMs,
		logisticsId: aftersale.returnParcel ? 778_899 : 0,
		sellerId: 1_234_567_890,
	};
}

/** What its detail adds. */
export function refundRecord({ shop }: SellerCall, order: MarketOrder, aftersale: Aftersale): KsObject {
	const { returnParcel } = aftersale;
	const isReturned = aftersale.status === "WAIT_BUYER_RETURN" || returnParcel !== null;
	return {
		...refundRow(order, aftersale),
		logisticsInfo: returnParcel
			? { expressNo: returnParcel.trackingNo, expressCode: expressCode(returnParcel.carrier) }
			: null,
		pictures: JSON.stringify(["https://img.example/proof.jpg"]),
		sellerDisagreeReason: aftersale.refusal && "商家拒绝",
		sellerDisagreeDesc: aftersale.refusal,
		buyerOpenId: order.buyer.openId,
		specialRefundType: 0,
		productNum: aftersale.quantity,
		address: isReturned ? `${returnAddresses[0]?.text} ${shop.name}` : "",
	};
}
