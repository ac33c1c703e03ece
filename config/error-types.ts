/**
 * Every error the hub raises on purpose, with its words. Loaded in browsers too, where rows of a bulk call bring the type alone.
 * `repeat`: the same call may succeed later. `unknown`: the call may have taken effect; look before doing it again.
 */
export interface ErrorRule {
	status: number;
	repeat?: true;
	unknown?: true;
	en: string;
	zh: string;
}

const table = {
	UNAUTHENTICATED: { status: 401, en: "Sign in first", zh: "请先登录" },
	BAD_CREDENTIALS: { status: 401, en: "Wrong name or password", zh: "账号或密码不正确" },
	FORBIDDEN: { status: 403, en: "Your role may not do this", zh: "当前角色无权执行此操作" },
	NOT_FOUND: { status: 404, en: "There is no such thing here", zh: "未找到" },
	CONFLICT: { status: 409, en: "It has changed or exists already", zh: "内容已变化或已存在" },
	IDEMPOTENCY_MISMATCH: {
		status: 422,
		en: "This Idempotency-Key came with another body before",
		zh: "相同的 Idempotency-Key 曾用于不同内容",
	},
	BAD_BODY: { status: 400, en: "The body cannot be read", zh: "请求内容无法解析" },
	BAD_URL: { status: 400, en: "The address cannot be read", zh: "请求地址无法解析" },
	METHOD_NOT_ALLOWED: { status: 405, en: "This address has no such method", zh: "该地址不支持此方法" },
	PRECONDITION_FAILED: { status: 412, en: "It is not as If-Match says", zh: "内容与 If-Match 不符" },
	PAYLOAD_TOO_LARGE: { status: 413, en: "The body is too large", zh: "请求内容过大" },
	UNSUPPORTED_MEDIA_TYPE: { status: 415, en: "Send plain application/json", zh: "请以 application/json 发送" },
	INVALID: { status: 422, en: "A value is not right", zh: "字段值不正确" },
	TOO_MANY_REQUESTS: { status: 429, repeat: true, en: "Too many requests", zh: "请求过于频繁" },
	STILL_ANSWERING: { status: 503, repeat: true, en: "The same request is being answered", zh: "相同的请求正在处理" },
	STORE_UNAVAILABLE: { status: 503, repeat: true, en: "The database does not answer", zh: "数据库暂不可用" },
	SERVICE_UNAVAILABLE: { status: 503, repeat: true, en: "A part of the hub does not answer", zh: "服务暂不可用" },
	EGRESS_REFUSED: {
		status: 403,
		en: "The address is not public, and HUB_EGRESS_ALLOW does not name it",
		zh: "目标地址不是公网地址，且未列入 HUB_EGRESS_ALLOW",
	},
	INTERNAL: { status: 500, en: "Something went wrong inside the hub", zh: "系统内部错误" },

	PLATFORM_RATE_LIMITED: { status: 429, repeat: true, en: "The platform asks us to slow down", zh: "平台限流" },
	PLATFORM_TOKEN_EXPIRED: { status: 409, en: "The shop must be authorised again", zh: "店铺授权已失效，请重新授权" },
	PLATFORM_MISCONFIGURED: {
		status: 409,
		en: "The app's keys or permissions are not right",
		zh: "应用密钥或权限配置有误",
	},
	PLATFORM_REFUSED: { status: 422, en: "The platform refused", zh: "平台拒绝" },
	PLATFORM_UNSUPPORTED: { status: 501, en: "The platform cannot do this", zh: "平台不支持此操作" },
	PLATFORM_BAD_RESPONSE: {
		status: 502,
		repeat: true,
		unknown: true,
		en: "The platform's answer cannot be read",
		zh: "平台返回无法识别",
	},
	PLATFORM_UNREACHABLE: {
		status: 504,
		repeat: true,
		unknown: true,
		en: "The platform does not answer",
		zh: "平台无响应",
	},
	PLATFORM_UNKNOWN_STATUS: { status: 422, en: "The platform sent a state we do not know", zh: "平台返回未知状态" },
	PLATFORM_BAD_RECORD: { status: 422, en: "The platform's record breaks our rules", zh: "平台数据不符合规则" },
	HOOK_REFUSED: { status: 401, en: "The message is not proved to be the platform's", zh: "平台消息验签失败" },
	HOOK_REPLAYED: { status: 409, en: "The message came before", zh: "平台消息重复" },
	HOOK_LATE: { status: 403, en: "The message is too old", zh: "平台消息已过期" },

	ORDER_HELD: { status: 409, en: "The order is held", zh: "订单已被拦截" },
	ORDER_NOT_READY: { status: 409, en: "The order is not in a state for this", zh: "订单当前状态不允许此操作" },
	AFTERSALE_NOT_READY: {
		status: 409,
		en: "The after-sale is not in a state for this",
		zh: "售后单当前状态不允许此操作",
	},
	CARRIER_UNKNOWN: { status: 422, en: "The platform has no such carrier", zh: "平台没有对应的快递公司" },

	CONNECTION_MISSING: { status: 404, repeat: true, en: "There is no such ERP connection", zh: "没有这个 ERP 连接" },
	ERP_UNKNOWN_DIALECT: { status: 422, en: "There is no ERP dialect of this name", zh: "没有这种 ERP 对接类型" },
	ERP_REFUSED: { status: 422, en: "The ERP refused", zh: "ERP 拒绝" },
	ERP_UNREADABLE: {
		status: 502,
		repeat: true,
		unknown: true,
		en: "The ERP's answer cannot be read",
		zh: "ERP 返回无法识别",
	},
	CHANNEL_REFUSED: { status: 502, repeat: true, en: "The alert channel did not take it", zh: "告警渠道未接收" },
	MAPPING_FAILED: { status: 422, en: "The mapping failed", zh: "映射执行失败" },
	CASES_BROKEN: {
		status: 422,
		en: "Golden cases of mappings are broken (expected ≠ got)",
		zh: "映射未通过黄金用例（期望值 ≠ 实际值）",
	},
	ORDERS_TWICE: {
		status: 422,
		en: "Two entries bring the same orders to different ERP connections: disable one, or give each its own shop",
		zh: "两个入口会把相同订单推送到不同的 ERP 连接：请停用其中一个，或按店铺分开",
	},
	MAPPING_TIMEOUT: { status: 422, en: "The mapping ran too long", zh: "映射执行超时" },
} as const satisfies Record<string, ErrorRule>;

export type ErrorType = keyof typeof table;
export const errorTypes: Readonly<Record<ErrorType, ErrorRule>> = table;
