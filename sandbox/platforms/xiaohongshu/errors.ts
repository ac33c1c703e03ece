import type { Rule } from "../market-order.ts";

/** An answer that is no success. The platform's numbers tell little; its words do. */
export class XhsError extends Error {
	readonly code: number;

	constructor(code: number, message: string) {
		super(message);
		this.code = code;
	}
}

export function missing(name: string): XhsError {
	return new XhsError(-2000400, `缺少必填参数:${name}`);
}

export function invalid(name: string, reason: string): XhsError {
	return new XhsError(-2000400, `参数${name}不合法:${reason}`);
}

/** The business says no. */
export function refused(message: string): XhsError {
	return new XhsError(50209, message);
}

export function rateLimited(): XhsError {
	return new XhsError(-9013, "该接口调用超过限流阈值，请稍后重试");
}

/** 401 is all that ever comes for tokens, permissions and more. */
export function unauthorised(reason: string): XhsError {
	return new XhsError(401, reason);
}

const ruleMessages: Readonly<Record<Rule, string>> = {
	NOT_PAID: "订单未支付，不能发货",
	ORDER_CLOSED: "订单或商品已关闭，不能操作",
	ALREADY_SHIPPED: "订单已发货，请勿重复发货",
	REFUND_IN_PROGRESS: "订单存在进行中的退款，不能发货",
	NO_SUCH_LINE: "订单中不存在该规格",
	NOTHING_SHIPPED: "订单尚未发货",
	WRONG_STATUS: "当前状态不允许该操作",
};

export function ruleBroken(rule: Rule): XhsError {
	return refused(ruleMessages[rule]);
}
