import type { ShopAccess } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import type { Steps } from "../steps.ts";
import { walkSteps } from "../walk-steps.ts";

/** Documents as the platform answers them, invented. `changes` replace fields; `undefined` removes one. */

export const sampleShop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "5a151000000000000000e832",
	gatewayUrl: "https://ark.xiaohongshu.com/ark/open_api/v3/common_controller",
	authUrl: "https://ark.xiaohongshu.com/ark/authorization",
	messageUrl: "",
	appKey: "c3b1f0a9d2e84f7c8a10",
	appSecret: "a-secret",
	signSecret: "",
	messageToken: "",
	messageKey: "",
	accessToken: "token-1",
	refreshToken: "refresh-1",
};

/** `order.getOrderDetail`: two pieces of a set and, unless `lineChanges` has fewer, one cushion. */
export function sampleOrder(changes: RawRecord = {}, lineChanges: readonly RawRecord[] = [{}, {}]): RawRecord {
	const lines = [set, cushion].slice(0, lineChanges.length).map((line, at) => ({ ...line, ...lineChanges[at] }));
	return {
		orderId: "P768291112062421411",
		orderType: 1,
		orderStatus: 4,
		orderAfterSalesStatus: 1,
		cancelStatus: 0,
		createdTime: 1762790100000,
		paidTime: 1762790160000,
		updateTime: 1762790170123,
		deliveryTime: 0,
		finishTime: 0,
		cancelTime: 0,
		promiseLastDeliveryTime: 1762962960000,
		customerRemark: "请发顺丰",
		sellerRemark: "加急",
		sellerRemarkFlag: 2,
		receiverProvinceName: "广东省",
		receiverCityName: "深圳市",
		receiverDistrictName: "南山区",
		skuList: lines,
		totalPayAmount: 33190,
		totalShippingFree: 600,
		totalDepositAmount: 0,
		totalMerchantDiscount: 1000,
		totalRedDiscount: 400,
		merchantActualReceiveAmount: 33590,
		paymentType: 2,
		unpack: false,
		expressTrackingNo: "",
		expressCompanyCode: "",
		openAddressId: "0cc175b9c0f1b6a831c399e269772661",
		simpleDeliveryOrderList: [
			{
				deliveryOrderIndex: 1,
				status: 4,
				expressTrackingNo: "",
				expressCompanyCode: "",
				skuIdList: lines.map(({ skuId }) => skuId),
			},
		],
		shopName: "星河家居的店",
		userId: "600000000000000000000001",
		...changes,
	};
}

export const sampleCipher = { name: "#i#n#1##", phone: "#i#p#2##", address: "#i#a#3##" };

/** `order.getOrderReceiverInfo` of the sample order. */
export const sampleReceiver = (changes: RawRecord = {}): RawRecord =>
	done({
		receiverInfos: [
			{
				orderId: "P768291112062421411",
				matched: true,
				receiverProvinceName: "广东省",
				receiverCityName: "深圳市",
				receiverDistrictName: "南山区",
				receiverTownName: "粤海街道",
				receiverName: sampleCipher.name,
				receiverPhone: sampleCipher.phone,
				receiverAddress: sampleCipher.address,
				...changes,
			},
		],
	});

const set: RawRecord = {
	skuId: "687a004a4485460001faf055",
	skuName: "纯棉四件套 蓝色",
	erpcode: "SJT-180-BLUE",
	skuSpec: "蓝色 1.8m",
	skuImage: "https://qimg.example.com/a.jpg",
	skuQuantity: 2,
	totalPaidAmount: 30600,
	totalMerchantDiscount: 1000,
	totalRedDiscount: 0,
	skuTag: 0,
	skuAfterSaleStatus: 1,
	itemId: "687a004a4485460001faf000",
	itemName: "纯棉四件套",
	skuDetailList: [
		{
			skuId: "687a004a4485460001faf055",
			erpCode: "SJT-180-BLUE",
			quantity: 2,
			pricePerSku: 15800,
			rawPricePerSku: 15800,
		},
	],
};

const cushion: RawRecord = {
	skuId: "687a004a4485460001faf056",
	skuName: "抱枕",
	erpcode: "BZ-45",
	skuSpec: "45×45cm",
	skuImage: "https://qimg.example.com/b.jpg",
	skuQuantity: 1,
	totalPaidAmount: 1990,
	totalMerchantDiscount: 0,
	totalRedDiscount: 400,
	skuTag: 0,
	skuAfterSaleStatus: 1,
	itemId: "687a004a4485460001faf001",
	itemName: "抱枕",
	skuDetailList: [
		{ skuId: "687a004a4485460001faf056", erpCode: "BZ-45", quantity: 1, pricePerSku: 2390, rawPricePerSku: 2390 },
	],
};

/** `afterSale.getAfterSaleInfo`: a set is on its way back. */
export function sampleAftersale(changes: RawRecord = {}, logistics: RawRecord = {}): RawRecord {
	return {
		afterSaleInfo: {
			returnsId: "R6242141112658161",
			returnType: 1,
			reasonId: 101,
			reasonNameZh: "不喜欢/不想要",
			status: 3,
			userId: "600000000000000000000001",
			orderId: "P768291112062421411",
			applyTime: 1762880000000,
			updatedAt: 1762970000000,
			expireTime: 1763488400000,
			proofPhotos: ["https://qimg.example.com/p.jpg"],
			desc: "颜色不对",
			skus: [
				{
					skuId: "687a004a4485460001faf055",
					skuName: "纯棉四件套",
					price: 158.0,
					boughtCount: 2,
					appliedCount: 1,
					appliedTotalAmountYuan: 148.1,
					skuERPCode: "SJT-180-BLUE",
				},
			],
			exchangeSKUs: [],
			closeReasonZh: "",
			appliedShipFeeAmountYuan: 6,
			appliedSkusAmountYuan: 148.1,
			expectedRefundAmountYuan: 154.1,
			refundAmountYuan: 0,
			refundStatus: 101,
			...changes,
		},
		logisticsInfo: {
			afterSale: { expressNo: "YT8800000000099", expressCompanyCode: "yuantong", expressCompanyName: "圆通速递" },
			order: { expressNo: "SF1380000000001", expressCompanyCode: "shunfeng", expressCompanyName: "顺丰速运" },
			...logistics,
		},
	};
}

/** What steps send when they are answered so, one after the other, and what they come to. */
export function walk<T>(steps: Steps<T>, ...answers: RawRecord[]): { sent: RawRecord[]; value: T } {
	const { calls, value } = walkSteps(steps, sampleShop, sampleNow, ({ method }, at) => {
		const body = answers[at];
		if (!body) throw new Error(`${method} has no answer`);
		return JSON.stringify(body);
	});
	return { sent: calls.map(({ request }) => JSON.parse(request.body) as RawRecord), value };
}

export const sampleNow = new Date("2026-03-18T01:05:07.900Z");

export const done = (data: unknown = null): RawRecord => ({ error_code: 0, error_msg: "", success: true, data });
