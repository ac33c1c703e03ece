/** Where a trouble of the workbench is seen to, and how urgent each is. Pure. */
import type { Trouble, TroubleState } from "../../services/report/troubles.ts";
import type { Colour } from "../colours.ts";

type Shown = Pick<Trouble, "_id" | "subject" | "state" | "where">;

const at = (page: string, query: Record<string, string>): string => `${page}?${new URLSearchParams(query)}`;

/** Address of the page that has the remedy, with the row in sight where the page can show one. */
export function placeOf({ _id, subject, state, where }: Shown): string {
	switch (state) {
		case "TOKEN_EXPIRED":
		case "DISABLED":
			return at("shops", { shop: _id });
		case "shop.token-expiring":
		case "window.gap":
		case "window.failed":
		case "pull.behind":
			return at("shops", { q: subject });
		case "REJECTED":
		case "IN_DOUBT":
			return at("pushes", { tab: state, q: subject });
		case "PARKED": // by the flow: there is no push of it
			return where[0] === "flow" ? at("orders", { order: _id }) : at("pushes", { tab: state, q: subject });
		case "recall.waiting":
			return at("exceptions", { kind: "recall" });
		case "SHIP_FAILED":
			return at("exceptions", { kind: "ship-failed" });
		case "shipment.waiting":
			return at("exceptions", { kind: "ship-waiting" });
		case "parcel.stray":
			return at("exceptions", { kind: "stray" });
		case "record.parked":
		case "delivery.parked":
			return at("exceptions", { kind: "record-parked" });
		case "flow.raised":
			return at("monitor", { tab: "alerts" });
		case "channel.failed":
			return at("monitor", { tab: "channels" });
	}
}

const calm = new Set<TroubleState>(["DISABLED", "shop.token-expiring", "parcel.stray", "channel.failed"]);

export function urgencyOf(state: TroubleState): Colour {
	if (state === "IN_DOUBT") return "purple";
	return calm.has(state) ? "orange" : "red";
}
