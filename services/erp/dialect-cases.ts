/** Dialects as their simulators in the sandbox know them. */
import type { DialectCase } from "./driver.contract.ts";
import { generic } from "./generic/driver.ts";
import { qimen } from "./qimen/driver.ts";

export const qimenCase: DialectCase = {
	driver: qimen,
	connection: (sandboxUrl) => ({
		id: "qimen-test",
		dialect: "qimen",
		name: "qimen",
		url: `${sandboxUrl}/erp/qimen`,
		settings: {
			ownerCode: "OWNER01",
			senderName: "发货组",
			senderMobile: "10000000000",
			senderProvince: "浙江省",
			senderCity: "杭州市",
			senderAddress: "仓前街道 1 号",
		},
		secrets: { appKey: "34990001", secret: "demo-secret-of-the-qimen-sandbox", customerId: "c-demo-001" },
	}),
	document: (number) => ({
		deliveryOrder: {
			deliveryOrderCode: number,
			orderType: "JYCK",
			warehouseCode: "OTHER",
			createTime: "2026-01-02 03:05:00",
			placeOrderTime: "2026-01-02 03:04:05",
			operateTime: "2026-01-02 03:05:01",
			shopNick: "示范店",
			freight: "6.00",
			logisticsCode: "SF",
			senderInfo: { name: "发货组", mobile: "10000000000", province: "浙江省", city: "杭州市", detailAddress: "1 号" },
			receiverInfo: { name: "张**", mobile: "*******8888", province: "浙江省", city: "杭州市", detailAddress: "****" },
		},
		orderLines: {
			orderLine: [{ ownerCode: "OWNER01", itemCode: "CUP-BK-500", planQty: 3, actualPrice: "33.333333" }],
		},
	}),
	documents: {
		cancel: (number) => ({
			warehouseCode: "OTHER",
			ownerCode: "OWNER01",
			orderCode: number,
			orderType: "JYCK",
			cancelReason: "refund",
		}),
		aftersale: (number, orderNumber) => ({
			returnOrder: {
				returnOrderCode: number,
				warehouseCode: "OTHER",
				orderType: "THRK",
				preDeliveryOrderCode: orderNumber,
				logisticsCode: "OTHER",
				senderInfo: { name: "张**", mobile: "*******8888", province: "浙江省", city: "杭州市", detailAddress: "****" },
			},
			orderLines: { orderLine: [{ ownerCode: "OWNER01", itemCode: "CUP-BK-500", planQty: 1 }] },
		}),
	},
	required: {
		drop: ({ deliveryOrder, ...rest }) => ({
			...rest,
			deliveryOrder: { ...(deliveryOrder as object), shopNick: "" },
		}),
		named: "deliveryOrder.shopNick",
	},
	wrongSecrets: { secret: "wrong" },
	wrongSecretWords: "sign-check-failure",
};

export const genericCase: DialectCase = {
	driver: generic,
	connection: (sandboxUrl) => ({
		id: "generic-test",
		dialect: "generic",
		name: "generic",
		url: `${sandboxUrl}/erp/generic`,
		settings: { shopNo: "SHOP01" },
		secrets: { key: "demo-key-of-the-generic-erp", secret: "demo-secret-of-the-generic-erp" },
	}),
	document: genericOrder,
	documents: {
		change: (number) => ({
			...genericOrder(number),
			version: 2,
			lines: [{ sku: "CUP-BK-500", quantity: 2, amount: "66.66" }],
			freight: "0.00",
			total: "66.66",
		}),
		cancel: (number) => ({ orderNo: number, reason: "refund" }),
		aftersale: (number, orderNo) => ({
			aftersaleNo: number,
			orderNo,
			type: "RETURN_REFUND",
			status: "APPLIED",
			refund: "33.33",
			lines: [{ sku: "CUP-BK-500", quantity: 1, refund: "33.33" }],
		}),
	},
	required: { drop: ({ shopNo: _, ...rest }) => rest, named: "shopNo" },
	wrongSecrets: { secret: "wrong" },
	wrongSecretWords: "signature",
};

function genericOrder(orderNo: string): Record<string, unknown> {
	return {
		orderNo,
		shopNo: "SHOP01",
		placedAt: "2026-01-02T03:04:05+08:00",
		receiver: { name: "张**", mobile: "*******8888", province: "浙江省", address: "****" },
		lines: [{ sku: "CUP-BK-500", quantity: 3, amount: "100.00" }],
		freight: "6.00",
		total: "106.00",
	};
}
