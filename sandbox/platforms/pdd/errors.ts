import { type Rule, RuleBroken } from "../market-order.ts";

/** The gateway's own messages by code. Source: open platform, global error codes. */
const messages = {
	10000: "参数错误",
	10001: "公共参数错误",
	10002: "只支持POST请求",
	10016: "client_id不正确",
	10017: "type不正确",
	10019: "access_token已过期",
	20004: "签名sign校验失败",
	20007: "缺少必填参数",
	20032: "access_token不属于该client_id",
	21001: "参数不合法",
	50001: "业务服务错误",
	52101: "当前接口被限流，请稍后重试",
	52102: "当前接口被限流，请稍后重试",
} as const;

export type PddCode = keyof typeof messages;

/** An answer of kind `error_response`. */
export class PddError extends Error {
	readonly code: PddCode;
	readonly subMsg: string;

	constructor(code: PddCode, subMsg = "") {
		super(messages[code]);
		this.code = code;
		this.subMsg = subMsg || messages[code];
	}
}

export const missing = (name: string): PddError => new PddError(20007, `${name}不能为空`);
export const invalid = (name: string, reason: string): PddError => new PddError(21001, `${name}${reason}`);
export const refused = (reason: string): PddError => new PddError(50001, reason);

const broken: Record<Rule, string> = {
	NOT_PAID: "订单未成团，不能发货",
	ORDER_CLOSED: "订单已取消或已退款",
	ALREADY_SHIPPED: "订单已发货，请勿重复发货",
	REFUND_IN_PROGRESS: "订单正在售后中，不能发货",
	NO_SUCH_LINE: "商品不存在",
	NOTHING_SHIPPED: "订单未发货",
	WRONG_STATUS: "当前状态不允许该操作",
};

/** Acts by the marketplace's rules; the one that is broken in the platform's words, or null. */
export function ruleBroken(act: () => void): string | null {
	try {
		act();
		return null;
	} catch (err) {
		if (err instanceof RuleBroken) return broken[err.rule];
		throw err;
	}
}

/** The same where the platform answers with an error. */
export function byTheRules(act: () => void): void {
	const problem = ruleBroken(act);
	if (problem !== null) throw refused(problem);
}
