/** The labels of this desk, and what of them outlives the page. Pure. */
import type { PrintClientName } from "../../config/print-clients.ts";
import type { Words } from "../print/protocol.ts";
import { type LabelState, printWords } from "../print/words.ts";

/**
 * preparing its print data is yet to be fetched · asks it was printed before: somebody must say that it is wanted again ·
 * the others as in print/words.ts
 */
export type DeskLabelState = "preparing" | "asks" | LabelState;

/** What is printed: a number of one parcel. */
export interface Parcel {
	id: string; // the waybill's
	orderId: string;
	orderNo: string;
	carrier: string;
	trackingNo: string;
}

export interface DeskLabel extends Parcel {
	client: PrintClientName | ""; // "" until its print data is there
	state: DeskLabelState;
	reason: Words | null;
	again: boolean; // it may be printed although it was before
	noted: boolean; // the hub knows that it came out
	ship: "no" | "wanted" | "done" | "failed"; // whether the parcel leaves as soon as its label came out
	shipReason: Words | null;
}

export const newLabel = (parcel: Parcel, { again = false, ship = false } = {}): DeskLabel => ({
	...parcel,
	client: "",
	state: "preparing",
	reason: null,
	again,
	noted: false,
	ship: ship ? "wanted" : "no",
	shipReason: null,
});

/** Nothing is to be done about it any more. */
export const isOver = ({ state, noted, ship }: DeskLabel): boolean =>
	state === "cancelled" || state === "failed" || (state === "printed" && noted && ship !== "wanted");

/** On its way, or waiting for somebody's word: not to be taken a second time. */
export const isBusy = ({ state }: DeskLabel): boolean => !["printed", "failed", "cancelled"].includes(state);

const lost: Words = {
	zh: "页面在打印途中关闭；请到打印机旁核对是否已出纸",
	en: "The page was closed while it was printing: look at the printer whether it came out",
};

/**
 * What a page that is opened again knows of the labels of the one before: what was sent and not confirmed may have come
 * out, what was not sent has not.
 */
export function afterReload(labels: readonly DeskLabel[]): DeskLabel[] {
	return labels.map((label): DeskLabel => {
		if (label.state === "sent") return { ...label, state: "unknown", reason: lost };
		if (label.state === "preparing" || label.state === "queued" || label.state === "asks")
			return {
				...label,
				state: "cancelled",
				reason: printWords.cancelled,
				again: label.again || label.state === "queued",
			};
		return label;
	});
}

export type Counts = Record<"open" | "printed" | "failed" | "unknown" | "cancelled" | "asks", number>;

export function countsOf(labels: readonly DeskLabel[]): Counts {
	const counts: Counts = { open: 0, printed: 0, failed: 0, unknown: 0, cancelled: 0, asks: 0 };
	for (const { state } of labels) {
		const kind = state === "preparing" || state === "queued" || state === "sent" ? "open" : state;
		counts[kind] += 1;
	}
	return counts;
}
