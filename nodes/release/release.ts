/** release: takes one reason away for which the order of the message is held; it goes on when it was the last. */
import type { NodeAPI } from "node-red";
import type { HoldReason } from "../../services/order/order.ts";
import { type OrderStepDef, registerOrderStep } from "../hub/order-step.ts";

interface ReleaseDef extends OrderStepDef {
	reason: HoldReason;
	note: string;
}

export default function register(RED: NodeAPI): void {
	registerOrderStep<ReleaseDef>(RED, "release", {
		action: "order.release",
		params: async ({ reason, note }) => ({ reason, note }),
	});
}
