import { randomInt } from "node:crypto";
import type { PlatformOrder } from "./order.ts";

/** A paid order of one line for tests: valid, of a new number, with what is given put over it. */
export function platformOrder(over: Partial<PlatformOrder> = {}): PlatformOrder {
	const orderNo = `41872635${randomInt(1e10, 1e11)}`;
	const at = new Date("2026-01-02T03:04:05Z");
	return {
		platform: "taobao",
		shopId: "taobao-demo",
		orderNo,
		status: "WAIT_SHIP",
		rawStatus: "WAIT_SELLER_SEND_GOODS",
		flags: [],
		placedAt: at,
		paidAt: at,
		modifiedAt: at,
		shipDeadline: null,
		buyer: { nick: "~A1b2", openId: "AAE1" },
		receiver: {
			name: "王**",
			phone: "*******1234",
			address: "****",
			province: "广东省",
			city: "深圳市",
			district: "南山区",
			town: "",
			cipher: "",
			platformKey: "oaid-1",
		},
		memo: { buyer: "", seller: "", flag: "" },
		money: {
			goodsFen: 7_800,
			freightFen: 0,
			discountSellerFen: 595,
			discountPlatformFen: 0,
			paidFen: 7_205,
			receivableFen: 7_205,
		},
		lines: [
			{
				lineId: orderNo,
				platformSkuId: "5000000000001",
				outerSku: "CUP-BK-500",
				title: "加厚保温杯",
				spec: "颜色:黑色;容量:500ml",
				imageUrl: "",
				quantity: 2,
				priceFen: 3_900,
				discountFen: 595,
				paidFen: 7_205,
				gift: false,
				status: "WAIT_SHIP",
				refund: "NONE",
			},
		],
		platformHolds: [],
		...over,
	};
}
