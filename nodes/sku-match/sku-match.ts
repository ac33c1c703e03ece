/**
 * sku-match: matches the lines of the message's order with the ERP's SKUs anew, by the links as they are now. Outputs: 1
 * every line is matched · 2 some are not. `msg.payload` = the order in both cases.
 */
import type { NodeAPI } from "node-red";
import { registerOrderStep } from "../hub/order-step.ts";

export default function register(RED: NodeAPI): void {
	registerOrderStep(RED, "sku-match", {
		action: "order.rematch",
		params: async () => ({}),
		isDone: ({ holds }) => !holds.some(({ reason }) => reason === "SKU_UNMATCHED"),
	});
}
