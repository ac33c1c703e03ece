import { byTheRules, type Rule } from "../market-order.ts";

/** The gateway's own messages by code. Source: TOP documentation, common error codes. */
const messages = {
	7: "App Call Limited",
	9: "Http Action Not Allowed",
	15: "Remote service error",
	21: "Missing Method",
	22: "Invalid Method",
	23: "Invalid Format",
	24: "Missing Signature",
	25: "Invalid Signature",
	26: "Missing Session",
	27: "Invalid Session",
	28: "Missing App Key",
	29: "Invalid App Key",
	30: "Missing Timestamp",
	31: "Invalid Timestamp",
	32: "Missing Version",
	33: "Invalid Version",
	40: "Missing Required Arguments",
	41: "Invalid Arguments",
} as const;

export type TopCode = keyof typeof messages;

/** An answer of kind `error_response`. */
export class TopError extends Error {
	readonly code: TopCode;
	readonly subCode: string;
	readonly subMsg: string;

	constructor(code: TopCode, subCode = "", subMsg = "") {
		super(messages[code]);
		this.code = code;
		this.subCode = subCode;
		this.subMsg = subMsg;
	}
}

export function missing(name: string): TopError {
	return new TopError(40, `isv.missing-parameter:${name}`, `缺少必要的参数:${name}`);
}

export function invalid(name: string, reason: string): TopError {
	return new TopError(41, `isv.invalid-parameter:${name}`, `参数${name}无效:${reason}`);
}

export function tradeNotExist(): TopError {
	return new TopError(15, "isv.trade-not-exist", "交易订单不存在");
}

export function rateLimited(): TopError {
	const subCode = "accesscontrol.limited-by-api-access-count";
	return new TopError(7, subCode, "This ban will last for 1 more seconds");
}

/** What the fault `business-error` says. */
export function businessError(): TopError {
	return new TopError(15, "isv.trade-service-rejection", "业务处理失败(模拟)");
}

/** Reasons a ship call is refused. The family of codes is documented, its full list is not: the numbers are of this sandbox. */
const shippingRefusals: Record<Rule | "CARRIER" | "TRACKING_NO", [subCode: string, subMsg: string]> = {
	NOT_PAID: ["B01", "订单未付款,不能发货"],
	ORDER_CLOSED: ["B02", "订单或子订单已关闭,不能发货"],
	ALREADY_SHIPPED: ["B04", "订单已经发货,请勿重复发货"],
	REFUND_IN_PROGRESS: ["B27", "买家已申请退款,不能发货"],
	NO_SUCH_LINE: ["B05", "子订单不属于该交易"],
	NOTHING_SHIPPED: ["B06", "订单尚未发货,不能修改运单"],
	WRONG_STATUS: ["B03", "订单状态不允许该操作"],
	CARRIER: ["B60", "物流公司编码不存在"],
	TRACKING_NO: ["B150", "运单号不符合该物流公司的规则"],
};

export function shippingRefused(reason: keyof typeof shippingRefusals): TopError {
	const [code, subMsg] = shippingRefusals[reason];
	return new TopError(15, `isv.logistics-offline-service-error:${code}`, subMsg);
}

/** What the marketplace does not allow with an after-sale is one error, whatever the rule. */
export function byRefundRules(act: () => void): void {
	byTheRules(act, () => new TopError(15, "isv.refund-status-error", "退款状态不允许该操作"));
}
