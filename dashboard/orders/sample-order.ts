import type { OrderRow } from "./order.ts";

/** An order that waits to be pushed. */
export function sampleRow(change: Partial<OrderRow> = {}): OrderRow {
	return {
		_id: "taobao:taobao-demo:1001",
		platform: "taobao",
		shopId: "taobao-demo",
		orderNo: "1001",
		status: "WAIT_SHIP",
		rawStatus: "WAIT_SELLER_SEND_GOODS",
		flags: [],
		placedAt: "2026-11-11T00:00:00.000Z",
		paidAt: "2026-11-11T00:00:05.000Z",
		modifiedAt: "2026-11-11T00:00:05.000Z",
		shipDeadline: "2026-11-13T00:00:05.000Z",
		buyer: { nick: "", openId: "" },
		receiver: {
			...{ name: "李**", phone: "139****0001", address: "文三路****", province: "浙江省", city: "杭州市" },
			...{ district: "西湖区", town: "", cipher: "", platformKey: "oaid" },
		},
		memo: { buyer: "", seller: "", flag: "" },
		money: {
			...{ goodsFen: 1990, freightFen: 0, discountSellerFen: 0 },
			...{ discountPlatformFen: 0, paidFen: 1990, receivableFen: 1990 },
		},
		lines: [],
		holds: [],
		ready: true,
		erp: {
			...{ state: "NONE", connectionId: "", docNo: "", reason: "", at: null, revision: 1 },
			recall: { state: "NONE", why: "", reason: "" },
		},
		aftersales: [],
		parcels: [],
		closedInHub: null,
		fence: 0,
		contentFence: 0,
		version: 1,
		createdAt: "2026-11-11T00:00:06.000Z",
		updatedAt: "2026-11-11T00:00:06.000Z",
		...change,
	};
}
