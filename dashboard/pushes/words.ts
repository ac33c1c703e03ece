/** A push's codes in both languages, with colour and icon: purple is being verified. */
import type { PushKind } from "../../services/erp/driver.ts";
import type { PushState } from "../../services/erp/push.model.ts";
import type { Colour } from "../colours.ts";
import type { PushAction } from "./push.ts";

interface Told {
	zh: string;
	en: string;
}
interface Look extends Told {
	colour: Colour;
	icon: string; // of Material Design Icons
}

/** In the order of the tabs: what asks for a person first. */
export const states: Readonly<Record<PushState, Look>> = {
	REJECTED: { zh: "ERP 拒绝", en: "Refused", colour: "red", icon: "close-octagon-outline" },
	IN_DOUBT: { zh: "疑似", en: "In doubt", colour: "purple", icon: "magnify" },
	PARKED: { zh: "已搁置", en: "Parked", colour: "orange", icon: "tray-alert" },
	PENDING: { zh: "待发送", en: "To be sent", colour: "blue", icon: "progress-clock" },
	SENDING: { zh: "发送中", en: "Being sent", colour: "blue", icon: "upload-outline" },
	OK: { zh: "已成功", en: "Taken", colour: "green", icon: "check-circle" },
};

export const kinds: Readonly<Record<PushKind, Told>> = {
	order: { zh: "订单", en: "Order" },
	change: { zh: "订单变更", en: "Change" },
	cancel: { zh: "取消订单", en: "Cancel" },
	aftersale: { zh: "售后", en: "After-sale" },
};

export const actions: Readonly<Record<PushAction, Told & { icon: string }>> = {
	retry: { zh: "重发", en: "Send again", icon: "refresh" },
	verify: { zh: "向 ERP 查证", en: "Ask the ERP", icon: "magnify" },
	skip: { zh: "放弃推送", en: "Give up", icon: "debug-step-over" },
};

/** Why one may not be sent, or was not: our own codes. The ERP's words are shown as they came. */
export const reasons: Readonly<Record<string, Told>> = {
	ORDER_HELD: { zh: "订单被拦截", en: "the order is held" },
	ORDER_NOT_READY: { zh: "订单不在可推送状态", en: "the order is not in a state to be pushed" },
	ORDER_CHANGED: { zh: "订单已变更，将按最新内容重新推送", en: "the order changed, and is mapped anew" },
	ORDER_ELSEWHERE: { zh: "订单已在另一 ERP 连接", en: "another ERP connection has the order" },
	ORDER_SENDING: { zh: "等订单推送的结果", en: "waits for what becomes of the order" },
	ORDER_IN_DOUBT: { zh: "等订单推送的查证结果", en: "waits until the order is verified" },
	CANCELLED: { zh: "ERP 已取消该订单", en: "the ERP cancelled the order" },
	NOTHING_TO_CHANGE: { zh: "ERP 没有该订单，无需变更", en: "the ERP has no such order to change" },
	NOTHING_TO_CANCEL: { zh: "ERP 没有该订单，无需取消", en: "the ERP has no such order to cancel" },
	NOT_FOUND: { zh: "集成枢纽里没有该订单", en: "the hub has no such order" },
	SKIPPED: { zh: "已放弃", en: "given up" },
	SENDER_STOPPED: { zh: "发送途中程序停止", en: "the sender stopped midway" },
	ERP_CANNOT: { zh: "该 ERP 不支持这种单据", en: "this ERP takes no such document" },
	INVALID: { zh: "单据内容不正确", en: "the document is not right" },
	CONFLICT: { zh: "ERP 连接已停用", en: "the ERP connection is switched off" },
	CONNECTION_MISSING: { zh: "没有这个 ERP 连接", en: "there is no such ERP connection" },
	EGRESS_REFUSED: { zh: "ERP 地址未被允许", en: "the ERP's address is not allowed" },
};

/** What a call to the ERP was made for. */
export const calls: Readonly<Record<string, Told>> = {
	SEND: { zh: "发送", en: "send" },
	FIND: { zh: "查证", en: "ask" },
};

export const outcomes: Readonly<Record<string, Look>> = {
	...states,
	ANSWERED: { zh: "已应答", en: "answered", colour: "grey", icon: "check" },
	NO_ANSWER: { zh: "无应答", en: "no answer", colour: "purple", icon: "help-circle-outline" },
	SESSION_LOST: { zh: "会话失效", en: "session lost", colour: "orange", icon: "login" },
	NOT_SENT: { zh: "未发送", en: "not sent", colour: "grey", icon: "minus" },
	FOUND: { zh: "ERP 有此单", en: "found", colour: "green", icon: "check-circle" },
	NOT_FOUND: { zh: "ERP 无此单", en: "not found", colour: "orange", icon: "file-question-outline" },
	UNKNOWN: { zh: "ERP 未答复", en: "not told", colour: "purple", icon: "help-circle-outline" },
};
