/** Text that a dialog's typed input gives: as it stands there, of the message, or worked out by JSONata. */
import { promisify } from "node:util";
import type { Node, NodeAPI, NodeMessage } from "node-red";

export interface TypedText {
	value: string;
	type: "str" | "msg" | "jsonata";
}

/** @throws Error for the flow author where it gives nothing, or no text. A number is text as well. */
export async function textOf(RED: NodeAPI, setting: TypedText, node: Node, msg: NodeMessage): Promise<string> {
	return asText(RED, await evaluated(RED, setting, node, msg), nameOf(setting));
}

/** As textOf, but "" for an empty setting, and where the message has nothing there. */
export async function optionalTextOf(RED: NodeAPI, setting: TypedText, node: Node, msg: NodeMessage): Promise<string> {
	const found = setting.value === "" ? "" : await evaluated(RED, setting, node, msg);
	return asText(RED, found ?? "", nameOf(setting));
}

/** A text that the payload brings; "" where it does not. @throws as textOf */
export function payloadText(RED: NodeAPI, msg: NodeMessage, field: string): string {
	const payload = (msg.payload ?? {}) as Record<string, unknown>;
	return asText(RED, payload[field] ?? "", `msg.payload.${field}`);
}

function evaluated(RED: NodeAPI, { value, type }: TypedText, node: Node, msg: NodeMessage): Promise<unknown> {
	return promisify(RED.util.evaluateNodeProperty)(value, type, node, msg);
}

const nameOf = ({ value, type }: TypedText): string => (type === "msg" ? `msg.${value}` : value);

function asText(RED: NodeAPI, found: unknown, from: string): string {
	if (typeof found === "string") return found.trim();
	if (typeof found === "number") return String(found);
	throw new Error(RED._("order-hub-nodes/hub:hub.error.noText", { from }));
}
