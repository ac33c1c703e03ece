/** Colour and icon of an order's states: red is risk, orange waits for somebody, purple is being verified. */
import { erpStates, holds, statuses } from "../../config/words.ts";
import type { ErpState, HoldReason, MemoFlag, OrderStatus } from "../../services/order/order.ts";
import type { ShipmentState } from "../../services/shipment/shipment.model.ts";
import type { Colour } from "../colours.ts";
import { told } from "../language.ts";
import { orderMarks } from "./marks.ts";

export interface Look {
	colour: Colour;
	icon: string; // of Material Design Icons
}

export const statusLooks: Readonly<Record<OrderStatus, Look>> = {
	WAIT_PAY: { colour: "grey", icon: "credit-card-clock-outline" },
	WAIT_SHIP: { colour: "orange", icon: "package-variant-closed" },
	PART_SHIPPED: { colour: "orange", icon: "truck-alert-outline" },
	SHIPPED: { colour: "blue", icon: "truck-outline" },
	COMPLETED: { colour: "green", icon: "check-circle-outline" },
	CLOSED: { colour: "grey", icon: "cancel" },
};

export const erpLooks: Readonly<Record<ErpState, Look>> = {
	NONE: { colour: "grey", icon: "minus" },
	SENDING: { colour: "blue", icon: "upload-outline" },
	OK: { colour: "green", icon: "check" },
	REJECTED: { colour: "red", icon: "close-octagon-outline" },
	IN_DOUBT: { colour: "purple", icon: "magnify" },
	PARKED: { colour: "orange", icon: "tray-alert" },
	CANCELLED: { colour: "grey", icon: "cancel" },
};

export const holdLooks: Readonly<Record<HoldReason, Look>> = {
	SKU_UNMATCHED: { colour: "orange", icon: "link-off" },
	REFUND_APPLIED: { colour: "red", icon: "cash-refund" },
	ADDRESS_CHANGED: { colour: "orange", icon: "map-marker-alert-outline" },
	CHANGED_AFTER_PUSH: { colour: "orange", icon: "file-compare" },
	NO_RECEIVER: { colour: "orange", icon: "account-question-outline" },
	PRESALE_BALANCE: { colour: "orange", icon: "cash-clock" },
	MANUAL: { colour: "orange", icon: "hand-back-left-outline" },
	RISK: { colour: "red", icon: "shield-alert-outline" },
};

export const shipmentLooks: Readonly<Record<ShipmentState, Look & { zh: string; en: string }>> = {
	WAITING: { colour: "orange", icon: "pause-circle-outline", zh: "等待流程放行", en: "waits for a flow" },
	PENDING: { colour: "blue", icon: "progress-clock", zh: "待告知平台", en: "to be told" },
	SENDING: { colour: "blue", icon: "upload-outline", zh: "正在告知平台", en: "being told" },
	SHIPPED: { colour: "green", icon: "check", zh: "平台已发货", en: "told to the platform" },
	FAILED: { colour: "red", icon: "alert-circle-outline", zh: "平台拒绝", en: "refused" },
	HELD: { colour: "orange", icon: "hand-back-left-outline", zh: "订单被拦截", en: "order held" },
};

/** The colours of the platforms' own flags. */
export const flagColours: Readonly<Record<Exclude<MemoFlag, "">, string>> = {
	grey: "#8a94a0",
	red: "#d92d20",
	yellow: "#d9a800",
	green: "#0c9d58",
	blue: "#2b6fe3",
	purple: "#8440d6",
	cyan: "#0899b3",
	orange: "#e8730c",
};

export const statusWord = (status: OrderStatus): string => told(statuses[status]);
export const erpWord = (state: ErpState): string => told(erpStates[state]);
export const holdWord = (reason: HoldReason): string => told(holds[reason]);
export const markWord = (flag: string): string => (orderMarks[flag] ? told(orderMarks[flag]) : flag);
