/** Text that a dialog's typed input gives: as it stands there, of the message, or worked out by JSONata. */
import { promisify } from "node:util";
import type { Node, NodeAPI, NodeMessage } from "node-red";

export interface TypedText {
	value: string;
	type: "str" | "msg" | "jsonata";
}

/** @throws Error for the flow author where it gives nothing, or no text. A number is text as well. */
export async function textOf(RED: NodeAPI, { value, type }: TypedText, node: Node, msg: NodeMessage): Promise<string> {
	const evaluate = promisify(RED.util.evaluateNodeProperty);
	const found: unknown = await evaluate(value, type, node, msg);
	if (typeof found === "string") return found.trim();
	if (typeof found === "number") return String(found);
	throw new Error(RED._("order-hub-nodes/hub:hub.error.noText", { from: type === "msg" ? `msg.${value}` : value }));
}
