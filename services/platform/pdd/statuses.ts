import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { MemoFlag, OrderLine, OrderStatus } from "../../order/order.ts";
import type { ProductStatus } from "../../product/product.ts";
import { fail } from "../record.ts";
import { entryOf, lookUp } from "../table.ts";

/** `order_status` of an order that is in effect. Source: pdd.order.information.get. A code not listed is an error. */
const deliveryStatuses: Readonly<Record<string, OrderStatus>> = {
	1: "WAIT_SHIP", // 待发货
	2: "SHIPPED", // 已发货待签收
	3: "COMPLETED", // 已签收
};

/** `confirm_status` and `group_status`: what stands over the delivery; null: nothing, the delivery counts. */
const confirmStatuses: Readonly<Record<string, OrderStatus | null>> = {
	0: "WAIT_PAY", // 未成交
	1: null, // 已成交
	2: "CLOSED", // 已取消
};
const groupStatuses: Readonly<Record<string, OrderStatus | null>> = {
	"": null,
	0: "WAIT_PAY", // 拼团中: in effect once the group is full
	1: null, // 已成团
	2: "CLOSED", // 团失败
};
/** `refund_status`: what it does to the order, and to its line. */
const refundStatuses: Readonly<Record<string, { order: OrderStatus | null; line: OrderLine["refund"] }>> = {
	1: { order: null, line: "NONE" }, // 无售后或售后关闭
	2: { order: null, line: "APPLIED" }, // 售后处理中
	3: { order: null, line: "APPLIED" }, // 退款中
	4: { order: "CLOSED", line: "DONE" }, // 退款成功
};
/** `step_trade_status` of deposit orders (trade_type 1): is something still to be paid? */
const balanceOwed: Readonly<Record<string, boolean>> = { 0: true, 1: true, 2: false };
const risky: Readonly<Record<string, boolean>> = { "": false, 0: false, 1: true };
const tradeTypes: Readonly<Record<string, "normal" | "deposit">> = { "": "normal", 0: "normal", 1: "deposit" };

export interface OrderState {
	status: OrderStatus;
	balanceOwed: boolean;
	inGroup: boolean; // the group is not full yet
	atRisk: boolean; // under review by the platform: no receiver, not to be shipped
}

/** The codes that together are an order's state, as the platform sends them. */
interface OrderCodes {
	order: string;
	confirm: string;
	group: string;
	refund: string;
	risk: string;
	tradeType: string;
	step: string;
}

/** The first that holds: ended, not in effect yet, delivery. @throws PLATFORM_UNKNOWN_STATUS for any unknown code */
export function orderState(codes: OrderCodes): OrderState {
	const confirm = lookUp(confirmStatuses, "confirm_status", codes.confirm);
	const group = lookUp(groupStatuses, "group_status", codes.group);
	const refund = lookUp(refundStatuses, "refund_status", codes.refund).order;
	const isDeposit = lookUp(tradeTypes, "trade_type", codes.tradeType) === "deposit";
	const owed = isDeposit && lookUp(balanceOwed, "step_trade_status", codes.step);
	const over = [confirm, group, refund];
	const ahead =
		over.find((each) => each === "CLOSED") ?? over.find((each) => each !== null) ?? (owed ? "WAIT_PAY" : null);
	// An order that is not in effect may have no delivery: 0, or nothing at all.
	const hasDelivery = ahead === null || (codes.order !== "" && codes.order !== "0");
	const delivery = hasDelivery ? lookUp(deliveryStatuses, "order_status", codes.order) : null;
	return {
		status: ahead ?? delivery ?? fail("order_status", "is missing"),
		balanceOwed: owed,
		inGroup: codes.group === "0",
		atRisk: lookUp(risky, "risk_control_status", codes.risk),
	};
}

/**
 * `after_sales_status` -> ours, and whether it holds the order's line. Source: pdd.refund.information.get.
 * 2 and 3 wait for the seller, before and after goods came back alike: the reader tells by the parcel.
 */
const aftersaleStatuses: Readonly<Record<string, AftersaleStatus>> = {
	0: "CLOSED", // 无售后
	2: "APPLIED", // 买家申请退款，待商家处理
	3: "APPLIED", // 退货退款，待商家处理
	4: "PLATFORM_HANDLING", // 商家同意退款，退款中
	5: "PLATFORM_HANDLING", // 平台同意退款，退款中
	6: "REFUSED", // 驳回退款，待买家处理
	7: "WAIT_BUYER_RETURN", // 已同意退货退款，待用户发货
	8: "PLATFORM_HANDLING", // 平台处理中
	9: "CLOSED", // 平台拒绝退款，退款关闭
	10: "DONE", // 退款成功
	11: "CLOSED", // 买家撤销
	12: "CLOSED", // 买家逾期未处理，退款失败
	13: "CLOSED", // 买家逾期，超过有效期
	14: "APPLIED", // 换货补寄待商家处理
	15: "WAIT_BUYER_RETURN", // 换货补寄待用户处理
	16: "DONE", // 换货补寄成功
	17: "CLOSED", // 换货补寄失败
	18: "WAIT_BUYER_CONFIRM", // 换货补寄待用户确认完成
	21: "APPLIED", // 待商家同意维修
	22: "WAIT_BUYER_RETURN", // 维修，待用户确认发货
	24: "CLOSED", // 维修关闭
	25: "DONE", // 维修成功
	27: "WAIT_BUYER_CONFIRM", // 待用户确认收货
	31: "PLATFORM_HANDLING", // 已同意拒收退款，待用户拒收
	32: "WAIT_SELLER_SHIP", // 补寄待商家发货
};

/** `after_sales_type` as the detail numbers it; the list's filter is one higher. */
const aftersaleTypes: Readonly<Record<string, AftersaleType>> = {
	1: "REFUND_ONLY", // 仅退款: before shipping where nothing was shipped
	2: "RETURN_REFUND",
	3: "EXCHANGE",
	4: "RESEND",
	5: "REPAIR",
};
/** `shipping_status` of an after-sale: was the order shipped? */
const shippedBefore: Readonly<Record<string, boolean>> = { 0: false, 1: true };

export const aftersaleStatus = (code: string): AftersaleStatus => lookUp(aftersaleStatuses, "after_sales_status", code);

export function aftersaleType(type: string, shippingStatus: string): AftersaleType {
	const known = lookUp(aftersaleTypes, "after_sales_type", type);
	const shipped = lookUp(shippedBefore, "shipping_status", shippingStatus);
	return known === "REFUND_ONLY" && !shipped ? "REFUND_BEFORE_SHIP" : known;
}

const settled: ReadonlySet<AftersaleStatus> = new Set(["DONE", "CLOSED"]);

/** What the order tells of its after-sale twice, read on the safe side: what one of the two holds is held. */
export function lineRefund(refundStatus: string, aftersaleCode: string): OrderLine["refund"] {
	const { line } = lookUp(refundStatuses, "refund_status", refundStatus);
	if (line !== "NONE" || aftersaleCode === "") return line;
	if (aftersaleCode === "10") return "DONE"; // part of the money went back: the order goes on
	return settled.has(aftersaleStatus(aftersaleCode)) ? "NONE" : "APPLIED";
}

/** `remark_tag` -> ours. There is no code for "none": an order without a tag carries 0 or nothing. */
const memoTags: Readonly<Record<string, MemoFlag>> = {
	1: "red",
	2: "yellow",
	3: "green",
	4: "blue",
	5: "purple",
};
/** A colour is no state: one that we do not know is none. */
export const memoFlag = (tag: string): MemoFlag => entryOf(memoTags, tag) ?? "";

/** `status` of goods. Source: pdd.goods.detail.get. */
const goodsStatuses: Readonly<Record<string, ProductStatus>> = {
	1: "ON_SALE",
	2: "OFF_SALE",
	3: "ON_SALE", // 售罄: on sale again as soon as there is stock
	4: "DELETED",
};
export const goodsStatus = (code: string): ProductStatus => lookUp(goodsStatuses, "status", code);
