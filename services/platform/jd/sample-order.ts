import type { RawRecord } from "../record.ts";

/** An order as `jingdong.pop.order.enGet` answers it, invented. `changes` replace fields; `undefined` removes one. */
export const sampleOrder = (changes: RawRecord = {}, items: readonly RawRecord[] = [cup, lid]): RawRecord => ({
	orderId: "300123456789",
	venderId: "10001",
	orderType: "22",
	payType: "4-在线支付",
	orderTotalPrice: "118.00",
	orderSellerPrice: "109.00",
	orderPayment: "109.00",
	freightPrice: "0.00",
	sellerDiscount: "9.00",
	balanceUsed: "0.00",
	orderState: "WAIT_SELLER_STOCK_OUT",
	orderStateRemark: "等待出库",
	orderRemark: "请发顺丰",
	venderRemark: "加急",
	remarkFlag: "1",
	orderStartTime: "2026-03-18 08:40:01",
	orderEndTime: "0001-01-01 00:00:00",
	paymentConfirmTime: "2026-03-18 08:41:32",
	modified: "2026-03-18 08:47:10",
	waybill: "",
	logisticsId: "",
	parentOrderId: "0",
	returnOrder: "0",
	storeOrder: "",
	open_id_buyer: "AAEkY9",
	consigneeInfo: {
		fullname: "王**",
		mobile: "138****1234",
		telephone: "",
		fullAddress: "广东深圳市南山区****",
		province: "广东",
		city: "深圳市",
		county: "南山区",
		town: "",
		oaid: "OA1x9K+/=",
	},
	itemInfoList: items,
	couponDetailList: [{ orderId: "300123456789", skuId: "", couponType: "100-店铺优惠", couponPrice: "9.00" }],
	...changes,
});

export const cup: RawRecord = {
	skuId: "100000000001",
	outerSkuId: "CUP-BK-500",
	wareId: "10000000001",
	skuName: "加厚保温杯 黑色 500ml",
	jdPrice: "39.00",
	itemTotal: "2",
};

export const lid: RawRecord = {
	skuId: "100000000009",
	outerSkuId: "LID-STD",
	wareId: "10000000002",
	skuName: "杯盖 标准",
	jdPrice: "40.00",
	itemTotal: "1",
};
