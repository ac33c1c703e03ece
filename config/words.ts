/** The trade's codes in both languages, as the drop-downs of the dialogs show them. */
import type { handReasons } from "../services/order/decisions.ts";
import type { ErpState, HoldReason, MemoFlag, OrderStatus } from "../services/order/order.ts";

export interface Words {
	zh: string;
	en: string;
}

export const statuses: Readonly<Record<OrderStatus, Words>> = {
	WAIT_PAY: { zh: "待付款", en: "to be paid" },
	WAIT_SHIP: { zh: "待发货", en: "to ship" },
	PART_SHIPPED: { zh: "部分发货", en: "part shipped" },
	SHIPPED: { zh: "已发货", en: "shipped" },
	COMPLETED: { zh: "已完成", en: "completed" },
	CLOSED: { zh: "已关闭", en: "closed" },
};

export const erpStates: Readonly<Record<ErpState, Words>> = {
	NONE: { zh: "未推送", en: "not pushed" },
	SENDING: { zh: "推送中", en: "pushing" },
	OK: { zh: "已推送", en: "pushed" },
	REJECTED: { zh: "ERP 拒绝", en: "refused" },
	IN_DOUBT: { zh: "疑似", en: "in doubt" },
	PARKED: { zh: "已搁置", en: "parked" },
	CANCELLED: { zh: "ERP 已取消", en: "cancelled in the ERP" },
};

/** For these an order may be held by a person or a flow. */
export const heldByHand: Readonly<Record<(typeof handReasons)[number], Words>> = {
	MANUAL: { zh: "人工拦截", en: "held by hand" },
	RISK: { zh: "风险", en: "risk" },
};

export const holds: Readonly<Record<HoldReason, Words>> = {
	...heldByHand,
	SKU_UNMATCHED: { zh: "SKU 未匹配", en: "SKU unmatched" },
	REFUND_APPLIED: { zh: "退款中", en: "refund applied" },
	ADDRESS_CHANGED: { zh: "地址变更", en: "address changed" },
	CHANGED_AFTER_PUSH: { zh: "推送后有变更", en: "changed after push" },
	NO_RECEIVER: { zh: "无收件人", en: "no receiver" },
	PRESALE_BALANCE: { zh: "待付尾款", en: "balance due" },
};

/** Flags of the seller's note that can be set. */
export const flags: Readonly<Record<Exclude<MemoFlag, "">, Words>> = {
	grey: { zh: "灰旗", en: "grey" },
	red: { zh: "红旗", en: "red" },
	yellow: { zh: "黄旗", en: "yellow" },
	green: { zh: "绿旗", en: "green" },
	blue: { zh: "蓝旗", en: "blue" },
	purple: { zh: "紫旗", en: "purple" },
	cyan: { zh: "青旗", en: "cyan" },
	orange: { zh: "橙旗", en: "orange" },
};
