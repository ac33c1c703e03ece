/** Orders and after-sales to try a mapping with: each shows one thing that mappings trip over. */
import type { Words } from "../../../services/erp/format.ts";
import type { Order } from "../../../services/order/order.ts";
import type { MappingTarget } from "./problem.ts";
import { aftersalesOf, type TrialAftersale } from "./trial-aftersale.ts";
import { type Goods, orderOf, type TrialOrder } from "./trial-order.ts";

export interface Variant {
	name: Words; // "for an order of one line: "
	order: TrialOrder;
	aftersale?: TrialAftersale;
	empty?: true; // without lines, which no ERP takes: only what becomes of its lists counts
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
