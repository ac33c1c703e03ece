import type { PrintClientName } from "../../config/print-clients.ts";
import type { DecisionAction } from "../aftersale/aftersale.ts";
import { decisionActions } from "../aftersale/aftersale.ts";
import type { PlatformAdapter, Shipping } from "./adapter.ts";

/** What a platform can do: the rest answers PLATFORM_UNSUPPORTED and is for a person to do on the platform's own pages. */
export interface Capabilities {
	lists: { orders: string[]; aftersales: string[]; products: string[] };
	carriers: string[]; // our codes
	parts: Shipping["parts"];
	manyParcels: boolean;
	remark: boolean;
	stock: boolean;
	reveal: boolean;
	decisions: DecisionAction[];
	refusalReasons: boolean; // the platform has its own; one of them must be given
	waybills: boolean;
	waybillsRepeatable: boolean; // a parcel that is asked for again gets its number again
	printClient: PrintClientName | ""; // that prints them; "" without waybills
	messages: "hook" | "socket" | "none";
	authorise: boolean; // a seller lets the app in on a page of the platform
}

/** Read from the adapter itself, so that the table cannot promise what is not there. */
export function capabilitiesOf({
	orders,
	aftersales,
	products,
	shipping,
	decisions,
	...adapter
}: PlatformAdapter): Capabilities {
	return {
		lists: {
			orders: orders.lists.map(({ name }) => name),
			aftersales: aftersales.lists.map(({ name }) => name),
			products: products.lists.map(({ name }) => name),
		},
		carriers: Object.keys(shipping.carriers),
		parts: shipping.parts,
		manyParcels: shipping.manyParcels,
		remark: Boolean(adapter.remark),
		stock: Boolean(adapter.setStock),
		reveal: Boolean(adapter.reveal),
		decisions: decisionActions.filter((action) => decisions.actions[action]),
		refusalReasons: Boolean(decisions.reasons),
		waybills: Boolean(adapter.waybills),
		waybillsRepeatable: adapter.waybills?.repeatable ?? false,
		printClient: adapter.waybills?.printClient ?? "",
		messages: adapter.hook ? "hook" : adapter.socket ? "socket" : "none",
		authorise: Boolean(adapter.tokens.authorizeUrl),
	};
}
