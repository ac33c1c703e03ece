import type { ShopAccess } from "../adapter.ts";
import type { RawRecord } from "../record.ts";

/** Documents as the platform writes them, with people taken out, for tests. */

export const sampleShop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "f18d0bff0001",
	gatewayUrl: "https://openapi.example",
	authUrl: "https://open.example/oauth/authorize",
	messageUrl: "",
	appKey: "ks1",
	appSecret: "app-secret",
	signSecret: "sign-secret",
	messageToken: "",
	messageKey: Buffer.from("0123456789abcdef").toString("base64"),
	accessToken: "access",
	refreshToken: "refresh",
};

/** An order of one quilt, paid and not shipped; `changes` by block. */
export function sampleOrder(changes: Readonly<Record<string, RawRecord | RawRecord[]>> = {}): RawRecord {
	const order: Record<string, RawRecord | RawRecord[]> = {
		orderBaseInfo: {
			oid: "2631500012345678901",
			status: 30,
			createTime: 1762789000000,
			updateTime: 1762789065000,
			payTime: 1762789060000,
			sendTime: 0,
			buyerOpenId: "f18d0bffaa11",
			buyerNick: "小***",
			sellerOpenId: "f18d0bff0001",
			sellerNick: "星河家居",
			totalFee: 14800,
			expressFee: 600,
			discountFee: 1000,
			remark: "请发顺丰",
			validPromiseShipmentTimeStamp: 1762961860000,
			preSale: 0,
			coType: 0,
			riskCode: 0,
			disableDeliveryReasonCode: [],
		},
		orderItemInfo: {
			itemId: 11234567890123,
			skuId: 21234567890123,
			itemTitle: "纯棉四件套",
			skuDesc: "蓝色;1.8m",
			skuNick: "SJT-180-BLUE",
			num: 1,
			price: 15800,
			discountFee: 1000,
			itemPicUrl: "https://p2.example.com/a.jpg",
		},
		orderRefundList: [],
		orderLogisticsInfo: [],
		orderNote: { sellerNote: [], orderNoteInfo: [] },
		orderAddress: {
			encryptedConsignee: "KSx1A+b/==",
			desensitiseConsignee: "张*",
			encryptedMobile: "KSm2B+c/==",
			desensitiseMobile: "138****0000",
			encryptedAddress: "KSa3C+d/==",
			desensitiseAddress: "科技园****",
			province: "广东省",
			city: "深圳市",
			district: "南山区",
			town: "粤海街道",
		},
		orderDeliveryInfo: { deliveryNum: 0 },
		subOrderInfo: [],
	};
	for (const [block, change] of Object.entries(changes)) {
		order[block] = Array.isArray(change) ? change : { ...order[block], ...change };
	}
	return order;
}

/** A gift that comes with an order. */
export const sampleGift = (status = 30, deliveryNum = 0): RawRecord => ({
	subOrderBaseInfo: { oid: "2631500012345678902", status },
	subOrderItemInfo: { skuId: 3, skuNick: "TOWEL", itemTitle: "毛巾", num: 2 },
	subOrderDeliveryInfo: { deliveryNum },
	subOrderLogisticsInfo: deliveryNum ? [{ expressNo: "SF1", expressCode: 4, logisticsId: 2 }] : [],
});

/** A return whose goods are on their way back, with what `getAftersale` adds. */
export const sampleRefund = (changes: RawRecord = {}): RawRecord => ({
	refundId: "2631500099990001234",
	oid: "2631500012345678901",
	skuId: 21234567890123,
	itemId: 11234567890123,
	skuNick: "SJT-180-BLUE",
	refundFee: 14800,
	refundReason: 101,
	refundReasonDesc: "不喜欢/不想要",
	refundDesc: "颜色不对",
	refundType: 1,
	handlingWay: 1,
	status: 40,
	negotiateStatus: 2,
	receiptStatus: 2,
	logisticsInfo: { expressNo: "YT8800000000099", expressCode: 6 },
	pictures: '["https://p2.example.com/b.jpg"]',
	submitTime: 1762780000000,
	createTime: 1762780000000,
	updateTime: 1762870000000,
	expireTime: 1763389000000,
	specialRefundType: 0,
	productNum: 1,
	order: { sendTime: 1762770000000, itemTitle: "纯棉四件套", num: 1 },
	...changes,
});
