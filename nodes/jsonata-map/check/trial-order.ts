/** Orders of the makings that mappings are tried on: every value in them is known again wherever it comes out. */
import { splitLine, withErpLines } from "../../../services/order/erp-lines.ts";
import type { ErpLine, Order, StoredLine } from "../../../services/order/order.ts";

export type TrialOrder = Order & { erpLines: ErpLine[] };

/** Every value stands once, so that it is known again. All times are past midnight in Beijing, of another day in UTC. */
export const marks = {
	name: "赵**",
	phone: "*******7319",
	address: "文三路***",
	province: "浙江省",
	city: "嘉兴市",
	district: "南湖区",
	town: "新丰镇",
	cipher: "~AES~q8Zk0/==~1~",
	platformKey: "OAID-7f3e",
	nick: "n***k",
	openId: "open-5c2d",
	buyerMemo: "请放门口",
	sellerMemo: "老客多包一层",
	placedAt: "2026-01-01T16:30:00.000Z",
	paidAt: "2026-01-02T16:45:00.000Z",
	modifiedAt: "2026-01-03T17:00:00.000Z",
	shipDeadline: "2026-01-05T17:15:00.000Z",
	appliedAt: "2026-01-07T16:20:00.000Z",
	deadline: "2026-01-09T16:25:00.000Z",
	afterModifiedAt: "2026-01-11T16:35:00.000Z",
	orderNo: "4187263549012345679",
	aftersaleNo: "9187263549012345671",
	reason: "质量问题",
	title: "马克杯",
	trackingNo: "78000000001",
} as const;

export interface Goods {
	quantity: number;
	priceFen: number;
	paidFen: number;
	over?: Partial<StoredLine>;
	pieces?: { erpSku: string; quantity: number }[]; // of a combo
}

function lineOf({ quantity, priceFen, paidFen, over, pieces = [] }: Goods, at: number): StoredLine {
	const line: StoredLine = {
		lineId: `41872635490123456${81 + at}`,
		platformSkuId: `50000000000${21 + at}`,
		outerSku: `OUT-${at + 1}`,
		title: `${marks.title} ${at + 1}`,
		spec: "黑色;500ml",
		imageUrl: "",
		quantity,
		priceFen,
		discountFen: priceFen * quantity - paidFen,
		paidFen,
		gift: false,
		status: "WAIT_SHIP",
		refund: "NONE",
		erpSku: pieces.length ? "" : `SKU-${at + 1}`,
		erpUnit: "",
		parts: [],
		shippedQty: 0,
		...over,
	};
	const parts = pieces.map((piece) => ({ ...piece, erpUnit: "" }));
	return parts.length ? { ...line, parts: splitLine(line, parts) } : line;
}

export function orderOf(
	platform: string,
	goods: readonly Goods[],
	freightFen = 600,
	over: Partial<Order> = {},
): TrialOrder {
	const lines = goods.map(lineOf);
	const goodsFen = lines.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0);
	const receivableFen = lines.reduce((sum, { paidFen }) => sum + paidFen, freightFen);
	return withErpLines({
		_id: `${platform}:shop-1:${marks.orderNo}`,
		platform,
		shopId: "shop-1",
		orderNo: marks.orderNo,
		status: "WAIT_SHIP",
		rawStatus: "WAIT_SELLER_SEND_GOODS",
		flags: [],
		placedAt: new Date(marks.placedAt),
		paidAt: new Date(marks.paidAt),
		modifiedAt: new Date(marks.modifiedAt),
		shipDeadline: new Date(marks.shipDeadline),
		buyer: { nick: marks.nick, openId: marks.openId },
		receiver: {
			name: marks.name,
			phone: marks.phone,
			address: marks.address,
			province: marks.province,
			city: marks.city,
			district: marks.district,
			town: marks.town,
			cipher: marks.cipher,
			platformKey: marks.platformKey,
		},
		memo: { buyer: marks.buyerMemo, seller: marks.sellerMemo, flag: "red" },
		money: {
			goodsFen,
			freightFen,
			discountSellerFen: goodsFen + freightFen - receivableFen,
			discountPlatformFen: 0,
			paidFen: receivableFen,
			receivableFen,
		},
		lines,
		holds: [],
		ready: true,
		erp: {
			state: "NONE",
			connectionId: "",
			docNo: "",
			reason: "",
			at: null,
			revision: 1,
			recall: { state: "NONE", why: "", reason: "" },
		},
		aftersales: [],
		parcels: [],
		labels: [{ parcelNo: 1, carrier: "SF", trackingNo: marks.trackingNo, state: "TAKEN", version: 1 }],
		tags: ["vip"],
		closedInHub: null,
		fence: 3,
		contentFence: 3,
		version: 7,
		createdAt: new Date(marks.placedAt),
		updatedAt: new Date(marks.modifiedAt),
		...over,
	});
}
