/** remark: writes the seller's note of the message's order, and its flag, to the platform. The note before is replaced. */
import type { NodeAPI } from "node-red";
import type { MemoFlag } from "../../services/order/order.ts";
import { type OrderStepDef, registerOrderStep } from "../hub/order-step.ts";
import { type TypedText, textOf } from "../hub/typed-text.ts";

interface RemarkDef extends OrderStepDef {
	text: string;
	textType: TypedText["type"];
	flag: "none" | MemoFlag; // "": as it is; "none": no flag, which is "" to the hub
}

export default function register(RED: NodeAPI): void {
	registerOrderStep<RemarkDef>(RED, "remark", {
		action: "order.remark",
		async params({ text, textType, flag }, node, msg) {
			const remark = { text: await textOf(RED, { value: text, type: textType }, node, msg) };
			return flag === "" ? remark : { ...remark, flag: flag === "none" ? "" : flag };
		},
	});
}
