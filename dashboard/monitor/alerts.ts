/** Alerts as people read them: what it is, what it is about, what helps. */

import type { AlertKind } from "../../services/alert/alert.model.ts";
import { wordsOf } from "../../services/alert/channel/words.ts";
import { type Remedy, remedies } from "../../services/report/remedies.ts";
import type { Colour } from "../colours.ts";
import { language, type Words } from "../language.ts";
import { shopName } from "../shops.ts";

export interface AlertRow {
	_id: string;
	kind: AlertKind;
	level: "warning" | "critical";
	ref: Record<string, string>;
	reason: string;
	state: "OPEN" | "CLOSED";
	since: string;
	until: string | null;
	times: number;
}

export const levelLooks: Readonly<Record<AlertRow["level"], { words: Words; colour: Colour }>> = {
	critical: { words: ["严重", "Critical"], colour: "red" },
	warning: { words: ["警告", "Warning"], colour: "orange" },
};

export const alertKinds = Object.keys(wordsOf["zh-CN"].kinds) as AlertKind[];

/** "数据缺口", "A gap in the data" */
export function kindText(kind: AlertKind): string {
	const text = wordsOf[language.value === "zh" ? "zh-CN" : "en-US"].kinds[kind];
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export const remedyOf = (kind: AlertKind): Remedy => {
	if (kind === "shop.token-expired") return remedies.TOKEN_EXPIRED;
	return kind === "recall.refused" ? remedies.REJECTED : remedies[kind];
};

/** Order's id `<platform>:<shop>:<number>` -> its number. */
export const orderNoOf = (orderId: string): string => orderId.split(":").slice(2).join(":");

/** What people call the thing it is about. */
export function subjectOf({ ref }: Pick<AlertRow, "ref">): string {
	const { orderId = "", number = "", name = "", id = "", key = "", shopId = "", eventId = "" } = ref;
	return orderNoOf(orderId) || number || name || id || key || (shopId && shopName(shopId)) || eventId;
}

/** Address of the page where it is seen to; "" where that is none of ours. */
export function placeOf({ kind, ref }: Pick<AlertRow, "kind" | "ref">): string {
	const { orderId, shopId } = ref;
	if (kind.startsWith("shop.") || kind.startsWith("window.") || kind === "pull.behind")
		return `shops?${new URLSearchParams({ shop: shopId ?? "" })}`;
	if (kind === "channel.failed") return "monitor?tab=channels";
	if (kind === "record.parked" || kind === "delivery.parked") return "exceptions?kind=record-parked";
	if (kind === "parcel.stray") return "exceptions?kind=stray";
	return orderId ? `orders?${new URLSearchParams({ order: orderId })}` : "";
}

/** What a flow raised stays until it is settled; everything else goes with its cause. */
export const settledByHand = ({ kind, state }: Pick<AlertRow, "kind" | "state">): boolean =>
	kind === "flow.raised" && state === "OPEN";
