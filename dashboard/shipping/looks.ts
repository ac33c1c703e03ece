/** How states of numbers, labels and parcels look: colour, icon and words. */
import type { ShipmentState } from "../../services/shipment/shipment.model.ts";
import type { WaybillState } from "../../services/waybill/waybill.model.ts";
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";
import type { DeskLabelState } from "./label.ts";

export interface Look {
	colour: Colour;
	icon: string;
	words: Words;
}

export const waybillLooks: Readonly<Record<WaybillState, Look>> = {
	TAKING: { colour: "purple", icon: "magnify", words: ["取号结果未知", "Outcome unknown"] },
	TAKEN: { colour: "orange", icon: "printer-off-outline", words: ["未打印", "Not printed"] },
	PRINTED: { colour: "green", icon: "printer-check", words: ["已打印", "Printed"] },
	RECYCLED: { colour: "grey", icon: "recycle", words: ["已回收", "Given back"] },
	FAILED: { colour: "red", icon: "alert-circle", words: ["取号失败", "Refused"] },
};

export const shipmentLooks: Readonly<Record<ShipmentState, Look>> = {
	WAITING: { colour: "orange", icon: "account-clock", words: ["等待流程放行", "Waits for a flow"] },
	PENDING: { colour: "blue", icon: "progress-clock", words: ["待回传平台", "To be told"] },
	SENDING: { colour: "blue", icon: "progress-upload", words: ["正在回传", "Being told"] },
	SHIPPED: { colour: "green", icon: "truck-check-outline", words: ["已发货", "Shipped"] },
	FAILED: { colour: "red", icon: "alert-circle", words: ["上传失败", "Refused"] },
	HELD: { colour: "orange", icon: "hand-back-left-outline", words: ["订单被拦截", "Order held"] },
};

export const labelLooks: Readonly<Record<DeskLabelState, Look>> = {
	preparing: { colour: "grey", icon: "tray-full", words: ["排队中", "Queued"] },
	asks: { colour: "orange", icon: "alert-outline", words: ["已打印过，待确认", "Printed before: sure?"] },
	queued: { colour: "grey", icon: "tray-full", words: ["排队中", "Queued"] },
	sent: { colour: "blue", icon: "printer-outline", words: ["已发送", "Sent"] },
	printed: { colour: "green", icon: "printer-check", words: ["已打印", "Printed"] },
	failed: { colour: "red", icon: "alert-circle", words: ["打印失败", "Failed"] },
	unknown: { colour: "purple", icon: "help-circle-outline", words: ["结果未知", "Unknown"] },
	cancelled: { colour: "grey", icon: "minus-circle", words: ["未发送", "Not sent"] },
};
