import type { Rule } from "../market-order.ts";

/** The gateway's codes with its own words. Source: the platform's guide, public error codes. */
const messages = {
	20000: "服务暂不可用",
	30001: "权限不足",
	40001: "缺少必要的系统参数",
	40002: "缺少必要的业务参数",
	40003: "非法的参数",
	40004: "非法的业务参数",
	50001: "平台处理失败",
	50002: "业务处理失败",
	60000: "触发限流",
} as const;

export type DoudianCode = keyof typeof messages;

/** An answer with another code than 10000. */
export class DoudianError extends Error {
	readonly code: DoudianCode;
	readonly subCode: string;
	readonly subMsg: string;

	constructor(code: DoudianCode, subCode: string, subMsg: string) {
		super(messages[code]);
		this.code = code;
		this.subCode = subCode;
		this.subMsg = subMsg;
	}
}

export const missingParam = (name: string): DoudianError =>
	new DoudianError(40002, "isv.parameter-missing", `缺少必填参数${name}`);

export const invalidParam = (name: string, reason: string): DoudianError =>
	new DoudianError(40004, "isv.parameter-invalid:1", `参数${name}无效:${reason}`);

/** `number`: the platform's own of that failure, where one is known. */
export const businessFailed = (number: number, subMsg: string): DoudianError =>
	new DoudianError(50002, `isv.business-failed:${number}`, subMsg);

export const noSuchOrder = (): DoudianError => businessFailed(1, "订单不存在");
export const noSuchAftersale = (): DoudianError => businessFailed(2, "售后单不存在");
export const aftersaleChanged = (): DoudianError => businessFailed(20309541, "售后单状态已变更,请刷新后重试");
export const rateLimited = (): DoudianError =>
	new DoudianError(60000, "isv.traffic-limited", "请求过于频繁,请稍后重试");

/** What the fault `business-error` says. */
export const someBusinessError = (): DoudianError => businessFailed(11005, "操作失败(模拟)");

/** Why a ship call is refused. The family of codes is documented, its full list is not: words are of this sandbox. */
const shippingRefusals: Record<Rule | "CARRIER" | "TRACKING_NO" | "PARTLY_SHIPPED", string> = {
	NOT_PAID: "订单未支付,不能发货",
	ORDER_CLOSED: "订单或子订单已关闭,不能发货",
	ALREADY_SHIPPED: "订单已发货,请勿重复发货",
	REFUND_IN_PROGRESS: "订单存在未完结的售后,不能发货",
	NO_SUCH_LINE: "子订单不属于该订单",
	NOTHING_SHIPPED: "订单尚未发货",
	WRONG_STATUS: "订单状态不允许该操作",
	CARRIER: "物流公司编码不存在",
	TRACKING_NO: "运单号不符合该物流公司的规则",
	PARTLY_SHIPPED: "订单已部分发货,请使用拆包发货接口",
};

export const shippingRefused = (reason: keyof typeof shippingRefusals): DoudianError =>
	businessFailed(11005, shippingRefusals[reason]);
