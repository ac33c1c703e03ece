/** The workbench's cards: what each means, and where the work is done that it counts. */
import type { CardName } from "../../services/report/workbench.ts";
import type { Colour } from "../colours.ts";

export interface CardLook {
	colour: Colour; // while there is any
	icon: string;
	to: string; // address of the page where it is done
	/** For those who may not open that page. */
	else?: string;
}

export const cardLooks: Readonly<Record<CardName, CardLook>> = {
	toAudit: { colour: "orange", icon: "clipboard-check-outline", to: "orders?tab=wait-audit" },
	toPush: { colour: "blue", icon: "upload-outline", to: "orders?tab=to-push" },
	pushFailed: { colour: "red", icon: "upload-off-outline", to: "pushes?tab=REJECTED" },
	inDoubt: { colour: "purple", icon: "help-rhombus-outline", to: "pushes?tab=IN_DOUBT" },
	toPrint: { colour: "blue", icon: "printer-outline", to: "shipping" },
	toShip: { colour: "blue", icon: "truck-outline", to: "orders?tab=to-ship" },
	overdue: { colour: "red", icon: "timer-alert-outline", to: "orders?deadline=0" },
	dueSoon: { colour: "red", icon: "timer-sand", to: "orders?deadline=2" },
	refunds: { colour: "orange", icon: "cash-refund", to: "aftersales" },
	recalls: { colour: "red", icon: "hand-back-left-outline", to: "exceptions?kind=recall" },
	skuUnmatched: { colour: "orange", icon: "link-variant-off", to: "skus" },
	tokensEnding: { colour: "orange", icon: "key-alert-outline", to: "shops" },
	gaps: { colour: "red", icon: "chart-timeline-variant", to: "exceptions?kind=gap" },
	parked: { colour: "orange", icon: "tray-alert", to: "replay", else: "exceptions?kind=record-parked" },
};
