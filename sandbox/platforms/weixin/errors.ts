import type { Rule } from "../market-order.ts";

/** An answer with an `errcode` that is not 0. */
export class WxError extends Error {
	readonly errcode: number;

	constructor(errcode: number, errmsg: string) {
		super(errmsg);
		this.errcode = errcode;
	}
}

export const badArgument = (name: string, why = "invalid"): WxError =>
	new WxError(40097, `invalid args: ${name} ${why}`);

/** A JSON value of another type than the platform's. */
export const wrongType = (name: string): WxError => new WxError(47001, `data format error, field: ${name}`);

export const rateLimited = (): WxError =>
	new WxError(45011, "api minute-quota reach limit  must slower  retry next minute");

/** What the fault `business-error` says. */
export const businessError = (): WxError => new WxError(40097, "invalid args: 业务处理失败(模拟)");

/** Why a shipment is refused. The shop's codes for it are not published: these are of this sandbox. */
const shippingRefusals: Record<Rule | "CARRIER" | "TRACKING_NO", [errcode: number, errmsg: string]> = {
	NOT_PAID: [10060001, "订单未支付,不能发货"],
	ORDER_CLOSED: [10060002, "订单或商品已取消,不能发货"],
	ALREADY_SHIPPED: [10060003, "商品数量超过待发货数量"],
	REFUND_IN_PROGRESS: [10060004, "商品正在售后中,不能发货"],
	NO_SUCH_LINE: [10060005, "商品不在订单中"],
	NOTHING_SHIPPED: [10060006, "订单尚未发货"],
	WRONG_STATUS: [10060007, "订单状态不允许该操作"],
	CARRIER: [10060008, "快递公司不存在"],
	TRACKING_NO: [10060009, "快递单号不符合规则"],
};

export const shippingRefused = (reason: keyof typeof shippingRefusals): WxError =>
	new WxError(...shippingRefusals[reason]);

/** Source: return codes of the after-sale calls. */
export const aftersale = {
	notFound: () => new WxError(10021050, "aftersale order not exist"),
	wrongStatus: () => new WxError(10021041, "current status not support this operation"),
	tooSoon: () => new WxError(10021059, "only one refund of an order per minute"),
	addressMissing: () => new WxError(10021060, "return address_id is empty"),
	badArgument: (name: string) => new WxError(9700224, `aftersale args error: ${name}`),
};

export const orderNotFound = (): WxError => new WxError(10060010, "order not exist");
