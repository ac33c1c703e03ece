/** Orders and after-sales to try a mapping with: each shows one thing that mappings trip over. */
import type { Aftersale } from "../../../services/aftersale/aftersale.model.ts";
import type { AftersaleType } from "../../../services/aftersale/aftersale.ts";
import type { Words } from "../../../services/erp/format.ts";
import { splitLine, withErpLines } from "../../../services/order/erp-lines.ts";
import type { ErpLine, Order, StoredLine } from "../../../services/order/order.ts";
import type { MappingTarget } from "./problem.ts";

export type TrialOrder = Order & { erpLines: ErpLine[] };

export interface Variant {
	name: Words; // "for an order of one line: "
	order: TrialOrder;
	aftersale?: Aftersale;
	empty?: true; // without lines, which no ERP takes: only what becomes of its lists counts
}

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

interface Goods {
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

function orderOf(platform: string, goods: readonly Goods[], freightFen = 600, over: Partial<Order> = {}): TrialOrder {
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
		closedInHub: null,
		fence: 3,
		contentFence: 3,
		version: 7,
		createdAt: new Date(marks.placedAt),
		updatedAt: new Date(marks.modifiedAt),
		...over,
	});
}

const cups: Goods = { quantity: 2, priceFen: 3_900, paidFen: 7_205 };
const jar: Goods = { quantity: 1, priceFen: 1_990, paidFen: 1_990 };
const thirds: Goods = { quantity: 3, priceFen: 3_400, paidFen: 10_000 };
const gift: Goods = { quantity: 1, priceFen: 0, paidFen: 0, over: { gift: true } };
const combo: Goods = {
	quantity: 2,
	priceFen: 5_005,
	paidFen: 9_999,
	pieces: [
		{ erpSku: "PART-1", quantity: 1 },
		{ erpSku: "PART-2", quantity: 2 },
	],
};

const of = (zh: string, en: string): Words => ({ zh: `${zh}的订单`, en: `an order ${en}` });

/** The first is the plainest. */
export function variants({ kind, dialect }: Pick<MappingTarget, "kind" | "dialect">, platform: string): Variant[] {
	const order = (goods: readonly Goods[], freightFen?: number, over?: Partial<Order>): TrialOrder =>
		orderOf(platform, goods, freightFen, over);
	const plain = order([cups, jar]);
	if (kind === "aftersale") return aftersalesOf(dialect, plain, order([cups, combo]));
	return [
		{ name: of("两行", "of two lines"), order: plain },
		{ name: of("一行", "of one line"), order: order([cups]) },
		{ name: of("没有商品行", "without lines"), order: order([]), empty: true },
		{ name: of("三行、单价除不尽", "of three lines, a price that does not divide"), order: order([thirds, cups, jar]) },
		{
			name: of("金额带零头", "with odd amounts"),
			order: order(
				[
					{ quantity: 1, priceFen: 1_005, paidFen: 1_005 },
					{ quantity: 7, priceFen: 29, paidFen: 145 },
				],
				5,
			),
		},
		{ name: of("免运费、有赠品", "with a gift and no freight"), order: order([cups, gift], 0) },
		{ name: of("有组合装", "with a combo"), order: order([jar, combo]) },
		{
			name: of("有行已关闭、已退款", "with a line closed and one refunded"),
			order: order([
				jar,
				{ ...cups, over: { status: "CLOSED", refund: "NONE" } },
				{ ...thirds, over: { refund: "DONE" } },
			]),
		},
		{
			name: of("取消后重新推送", "that comes anew after a cancel"),
			order: { ...plain, erp: { ...plain.erp, revision: 2 } },
		},
		{
			name: of("没有备注、昵称、街道和发货期限", "without memos, nick, town and ship deadline"),
			order: {
				...plain,
				buyer: { nick: "", openId: "" },
				memo: { buyer: "", seller: "", flag: "" },
				receiver: { ...plain.receiver, town: "", cipher: "", platformKey: "" },
				shipDeadline: null,
			},
		},
		{
			name: of("县级市", "to a county-level city"),
			order: { ...plain, receiver: { ...plain.receiver, city: "" } },
		},
		{ name: of("预售", "of a presale"), order: { ...plain, flags: ["presale"] } },
		{ name: of("货到付款", "with cash on delivery"), order: { ...plain, flags: ["cod"], paidAt: null } },
		{
			name: of("金额很大", "of a large amount"),
			order: order([{ quantity: 3, priceFen: 123_456_789, paidFen: 370_370_365 }], 1_234),
		},
		{
			name: of("备注很长", "with a long remark"),
			order: { ...plain, memo: { ...plain.memo, buyer: "长".repeat(200), seller: "久".repeat(300) } },
		},
	];
}

/** Those that the dialect has a document for. */
const typesOf: Readonly<Record<string, readonly AftersaleType[]>> = { qimen: ["RETURN_REFUND", "EXCHANGE"] };
const usual: readonly AftersaleType[] = ["RETURN_REFUND", "REFUND_ONLY", "EXCHANGE"];

function aftersalesOf(dialect: string, plain: TrialOrder, combined: TrialOrder): Variant[] {
	const typed = (typesOf[dialect] ?? usual).map(
		(type): Variant => ({
			name: { zh: `售后 ${type}`, en: `an after-sale ${type}` },
			order: plain,
			aftersale: aftersaleOf(plain, { type }, [{ at: 0, quantity: 2, refundFen: 7_205 }]),
		}),
	);
	const claim = (order: TrialOrder, lines: Claim[], over: Partial<Aftersale> = {}): Aftersale =>
		aftersaleOf(order, { type: "RETURN_REFUND", ...over }, lines);
	const both: Claim[] = [
		{ at: 0, quantity: 1, refundFen: 3_603 },
		{ at: 1, quantity: 1, refundFen: 1_990 },
	];
	return [
		...typed,
		{
			name: { zh: "两行的售后", en: "an after-sale of two lines" },
			order: plain,
			aftersale: claim(plain, both),
		},
		{
			name: { zh: "连同运费的退款", en: "a refund with freight" },
			order: plain,
			aftersale: claim(plain, both, { refundFen: 6_193 }),
		},
		{
			name: { zh: "组合装的售后", en: "an after-sale of a combo" },
			order: combined,
			aftersale: claim(combined, [{ at: 1, quantity: 1, refundFen: 4_999 }]),
		},
		{
			name: { zh: "重新推送过的订单的售后", en: "an after-sale of an order that came anew" },
			order: { ...plain, erp: { ...plain.erp, revision: 2 } },
			aftersale: claim(plain, both),
		},
		{
			name: { zh: "已完成、没有退货物流和原因的售后", en: "an after-sale that is done, without parcel and reason" },
			order: plain,
			aftersale: claim(plain, both, { status: "DONE", returnParcel: null, reason: "", deadline: null }),
		},
	];
}

interface Claim {
	at: number; // which line
	quantity: number;
	refundFen: number;
}

function aftersaleOf(order: TrialOrder, over: Partial<Aftersale>, claims: readonly Claim[]): Aftersale {
	return {
		_id: `${order.platform}:shop-1:${marks.aftersaleNo}`,
		platform: order.platform,
		shopId: "shop-1",
		aftersaleNo: marks.aftersaleNo,
		orderId: order._id,
		orderNo: order.orderNo,
		type: "RETURN_REFUND",
		status: "WAIT_SELLER_RECEIVE",
		rawType: "REFUND_AND_RETURN",
		rawStatus: "WAIT_SELLER_CONFIRM_GOODS",
		lines: claims.map(({ at, quantity, refundFen }) => {
			const { lineId = "", platformSkuId = "", outerSku = "", title = "" } = order.lines[at] ?? {};
			return { lineId, platformSkuId, outerSku, title, quantity, refundFen };
		}),
		refundFen: claims.reduce((sum, { refundFen }) => sum + refundFen, 0),
		reason: marks.reason,
		buyerNote: "",
		evidence: [],
		refusal: "",
		returnParcel: { carrier: "ZTO", trackingNo: marks.trackingNo },
		deadline: new Date(marks.deadline),
		appliedAt: new Date(marks.appliedAt),
		modifiedAt: new Date(marks.afterModifiedAt),
		decision: null,
		erp: { state: "NONE", connectionId: "", docNo: "", reason: "", at: null, turn: 0 },
		received: null,
		version: 3,
		createdAt: new Date(marks.appliedAt),
		updatedAt: new Date(marks.afterModifiedAt),
		...over,
	};
}
