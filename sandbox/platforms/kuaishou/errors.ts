import type { Rule } from "../market-order.ts";

/** An answer with a `result` other than 1. */
export class KsError extends Error {
	readonly result: number;

	constructor(result: number, message: string) {
		super(message);
		this.result = result;
	}
}

/** Argument and business refusals share a number. */
export const refused = (message: string): KsError => new KsError(21, message);

export const missing = (name: string): KsError => refused(`参数${name}不能为空`);
export const invalid = (name: string, reason: string): KsError => refused(`参数${name}不合法:${reason}`);
export const signatureWrong = (): KsError => new KsError(28, "签名校验失败");
export const timestampWrong = (): KsError => new KsError(28, "timestamp与服务器时间相差过大"); // its number is documented nowhere
export const orderNotFound = (): KsError => refused("订单不存在");
export const skuNotFound = (): KsError => refused("商品或规格不存在");
export const tooLittleStock = (): KsError => refused("当前库存不足，请减少预留数量");

export const rateLimited = (api: string, perSecond: number): KsError =>
	new KsError(802_000, `Exceed qps limit, KEY [${api}], MAX_QPS [${perSecond}]`);

/** What the fault `business-error` says. */
export const businessError = (): KsError => refused("order operation reject");

/** Shipping rules answer 11, whatever they are about. */
const shippingRefusals: Record<Rule | "CARRIER" | "TRACKING_NO", string> = {
	NOT_PAID: "订单未付款，不能发货",
	ORDER_CLOSED: "订单已关闭，不能发货",
	ALREADY_SHIPPED: "订单已发货或超出可发货数量",
	REFUND_IN_PROGRESS: "订单正在退款中，不能发货",
	NO_SUCH_LINE: "子订单不属于该订单",
	NOTHING_SHIPPED: "订单尚未发货，不能追加包裹",
	WRONG_STATUS: "订单状态不允许该操作",
	CARRIER: "快递公司不存在",
	TRACKING_NO: "运单号与快递公司不匹配",
};
export const shippingRefused = (reason: keyof typeof shippingRefusals): KsError =>
	new KsError(11, shippingRefusals[reason]);

/** After-sale errors by the platform's own numbers. */
const refundErrors = {
	300002: "售后单状态错误",
	300003: "结束时间不能早于开始时间",
	300005: "只能查询90天内的售后单",
	300008: "退款方式错误",
	300009: "退款金额错误",
	300010: "当前状态不能退款",
	300011: "售后单不存在",
	300014: "售后单已更新，请刷新后重试",
	300016: "协商状态错误",
	300018: "当前状态不允许该操作",
	300019: "查询时间范围过大",
} as const;
export const refundError = (result: keyof typeof refundErrors): KsError => new KsError(result, refundErrors[result]);
