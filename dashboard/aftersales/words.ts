/** An after-sale's codes in both languages, with colour and icon: red is risk, orange waits for a person. */
import type { AftersaleStatus, AftersaleType, DecisionAction } from "../../services/aftersale/aftersale.ts";
import type { DecisionState } from "../../services/aftersale/decision.ts";
import type { AftersaleErpState, Condition } from "../../services/aftersale/hub-part.ts";
import type { Colour } from "../colours.ts";

interface Told {
	zh: string;
	en: string;
}
interface Look extends Told {
	colour: Colour;
	icon: string; // of Material Design Icons
}

export const types: Readonly<Record<AftersaleType, Look>> = {
	REFUND_BEFORE_SHIP: { zh: "发货前退款", en: "Refund before shipping", colour: "red", icon: "cash-refund" },
	REFUND_ONLY: { zh: "仅退款", en: "Refund only", colour: "red", icon: "cash-refund" },
	RETURN_REFUND: { zh: "退货退款", en: "Return and refund", colour: "orange", icon: "keyboard-return" },
	EXCHANGE: { zh: "换货", en: "Exchange", colour: "blue", icon: "swap-horizontal" },
	RESEND: { zh: "补发", en: "Resend", colour: "blue", icon: "package-variant" },
	REPAIR: { zh: "维修", en: "Repair", colour: "blue", icon: "wrench-outline" },
	PRICE_PROTECT: { zh: "价格保护", en: "Price protection", colour: "grey", icon: "tag-outline" },
	REJECTED: { zh: "拒收", en: "Refused at the door", colour: "red", icon: "door-closed" },
};

export const statuses: Readonly<Record<AftersaleStatus, Look>> = {
	APPLIED: { zh: "待商家处理", en: "Seller to answer", colour: "orange", icon: "account-clock" },
	WAIT_BUYER_RETURN: { zh: "待买家退货", en: "Buyer to send back", colour: "blue", icon: "progress-clock" },
	WAIT_SELLER_RECEIVE: { zh: "待商家收货", en: "Seller to receive", colour: "orange", icon: "warehouse" },
	WAIT_SELLER_SHIP: { zh: "待商家发货", en: "Seller to ship", colour: "orange", icon: "truck-outline" },
	WAIT_BUYER_CONFIRM: { zh: "待买家收货", en: "Buyer to confirm", colour: "blue", icon: "truck-check-outline" },
	PLATFORM_HANDLING: { zh: "平台处理中", en: "With the platform", colour: "blue", icon: "gavel" },
	REFUSED: { zh: "已拒绝", en: "Refused", colour: "red", icon: "close-octagon-outline" },
	DONE: { zh: "已完成", en: "Done", colour: "green", icon: "check-circle" },
	CLOSED: { zh: "已关闭", en: "Closed", colour: "grey", icon: "cancel" },
};

/** What a seller answers. */
export const actions: Readonly<Record<DecisionAction, Told & { icon: string; danger?: true }>> = {
	AGREE_REFUND: { zh: "同意退款", en: "Agree to the refund", icon: "cash-check" },
	AGREE_RETURN: { zh: "同意退货", en: "Agree to the return", icon: "keyboard-return" },
	REFUSE: { zh: "拒绝申请", en: "Refuse", icon: "close-octagon-outline", danger: true },
	REFUSE_RECEIPT: { zh: "拒绝收货", en: "Refuse the goods", icon: "package-variant-remove", danger: true },
	SHIP_EXCHANGE: { zh: "换货发出", en: "Ship the replacement", icon: "truck-outline" },
	SHIP_RESEND: { zh: "补发发出", en: "Ship what is missing", icon: "truck-outline" },
};

/** What comes of it once the platform has taken it. */
export const consequences: Readonly<Record<DecisionAction, Told>> = {
	AGREE_REFUND: {
		zh: "平台将把 {amount} 元退给买家，退款后无法撤回。",
		en: "The platform will pay {amount} yuan back to the buyer. It cannot be undone.",
	},
	AGREE_RETURN: {
		zh: "买家会看到退货地址，寄回商品后等待收货。",
		en: "The buyer is shown the address and sends the goods back.",
	},
	REFUSE: {
		zh: "买家会看到拒绝原因，可以修改申请或请平台介入。",
		en: "The buyer is shown the reason, and may change the claim or call the platform in.",
	},
	REFUSE_RECEIPT: {
		zh: "退回的商品不予认可，买家可以请平台介入。",
		en: "The returned goods are not accepted; the buyer may call the platform in.",
	},
	SHIP_EXCHANGE: { zh: "平台会把运单号告诉买家。", en: "The platform tells the buyer the tracking number." },
	SHIP_RESEND: { zh: "平台会把运单号告诉买家。", en: "The platform tells the buyer the tracking number." },
};

/** How far an answer has come. */
export const decisionStates: Readonly<Record<DecisionState, Look>> = {
	PENDING: { zh: "待告知平台", en: "to be told", colour: "blue", icon: "progress-clock" },
	SENDING: { zh: "正在告知平台", en: "being told", colour: "purple", icon: "upload-outline" },
	DONE: { zh: "平台已接受", en: "taken", colour: "green", icon: "check-circle" },
	FAILED: { zh: "平台未接受", en: "not taken", colour: "red", icon: "alert-circle" },
	UNSUPPORTED: { zh: "需到平台处理", en: "to be done on the platform", colour: "orange", icon: "account-clock" },
};

export const erpStates: Readonly<Record<AftersaleErpState, Look>> = {
	NONE: { zh: "未推送", en: "not pushed", colour: "grey", icon: "minus" },
	OK: { zh: "已推送", en: "pushed", colour: "green", icon: "check" },
	REJECTED: { zh: "ERP 拒绝", en: "refused", colour: "red", icon: "close-octagon-outline" },
	IN_DOUBT: { zh: "疑似", en: "in doubt", colour: "purple", icon: "magnify" },
	PARKED: { zh: "已搁置", en: "parked", colour: "orange", icon: "tray-alert" },
};

export const conditions: Readonly<Record<Condition, Look>> = {
	good: { zh: "良品", en: "good", colour: "green", icon: "check" },
	defective: { zh: "次品", en: "defective", colour: "red", icon: "alert-circle" },
};
