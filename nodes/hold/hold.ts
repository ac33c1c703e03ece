/** hold: stops the order of the message until somebody releases it. Holding it twice for one reason changes nothing. */
import type { NodeAPI } from "node-red";
import type { HoldReason } from "../../services/order/order.ts";
import { type OrderStepDef, registerOrderStep } from "../hub/order-step.ts";

interface HoldDef extends OrderStepDef {
	reason: HoldReason;
	note: string;
}

export default function register(RED: NodeAPI): void {
	registerOrderStep<HoldDef>(RED, "hold", {
		action: "order.hold",
		params: async ({ reason, note }) => ({ reason, note }),
	});
}
