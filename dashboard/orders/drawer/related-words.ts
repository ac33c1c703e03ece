/** What stands beside an order, in words: its after-sales and its documents for the ERP. */
import type { AftersaleStatus, AftersaleType } from "../../../services/aftersale/aftersale.ts";
import type { PushState } from "../../../services/erp/push.model.ts";
import type { Colour } from "../../colours.ts";

interface Told {
	zh: string;
	en: string;
}

export const aftersaleTypes: Readonly<Record<AftersaleType, Told>> = {
	REFUND_BEFORE_SHIP: { zh: "发货前退款", en: "Refund before shipping" },
	REFUND_ONLY: { zh: "仅退款", en: "Refund only" },
	RETURN_REFUND: { zh: "退货退款", en: "Return and refund" },
	EXCHANGE: { zh: "换货", en: "Exchange" },
	RESEND: { zh: "补寄", en: "Resend" },
	REPAIR: { zh: "维修", en: "Repair" },
	PRICE_PROTECT: { zh: "价保", en: "Price protection" },
	REJECTED: { zh: "拒收", en: "Refused at the door" },
};

export const aftersaleStatuses: Readonly<Record<AftersaleStatus, Told & { colour: Colour }>> = {
	APPLIED: { zh: "待处理", en: "to be answered", colour: "red" },
	WAIT_BUYER_RETURN: { zh: "待买家退货", en: "buyer to return", colour: "blue" },
	WAIT_SELLER_RECEIVE: { zh: "待收货", en: "to be received", colour: "orange" },
	WAIT_SELLER_SHIP: { zh: "待寄出", en: "to be sent", colour: "orange" },
	WAIT_BUYER_CONFIRM: { zh: "待买家确认", en: "buyer to confirm", colour: "blue" },
	PLATFORM_HANDLING: { zh: "平台处理中", en: "with the platform", colour: "blue" },
	REFUSED: { zh: "已拒绝", en: "refused", colour: "grey" },
	DONE: { zh: "已完成", en: "done", colour: "green" },
	CLOSED: { zh: "已关闭", en: "closed", colour: "grey" },
};

export const pushStates: Readonly<Record<PushState, Told & { colour: Colour }>> = {
	PENDING: { zh: "待发送", en: "to be sent", colour: "blue" },
	SENDING: { zh: "发送中", en: "being sent", colour: "blue" },
	OK: { zh: "成功", en: "done", colour: "green" },
	REJECTED: { zh: "ERP 拒绝", en: "refused", colour: "red" },
	IN_DOUBT: { zh: "疑似", en: "in doubt", colour: "purple" },
	PARKED: { zh: "已搁置", en: "parked", colour: "orange" },
};
