import type { Node, NodeAPI, NodeMessage } from "node-red";

/**
 * A text of a node's settings: as it stands there, or of the property of the message that is named there. No JSONata:
 * one that never ends would stop every flow; `jsonata-map` has a limit.
 */
export interface TextSetting {
	value: string;
	type: "str" | "msg";
}

/** "" where the message has no such property. @throws Error for something that is no text */
export function settingText(RED: NodeAPI, node: Node, msg: NodeMessage, { value, type }: TextSetting): string {
	const found: unknown = value === "" ? "" : RED.util.evaluateNodeProperty(value, type, node, msg);
	return textIn(RED, found, `msg.${value}`);
}

/** A text that the message itself brings. As settingText. */
export function payloadText(RED: NodeAPI, msg: NodeMessage, field: string): string {
	const payload = (msg.payload ?? {}) as Record<string, unknown>;
	return textIn(RED, payload[field], `msg.payload.${field}`);
}

/** `from`: where it was found, for the error. */
function textIn(RED: NodeAPI, found: unknown, from: string): string {
	if (found === undefined || found === null) return "";
	if (typeof found === "string") return found.trim();
	throw new Error(RED._("order-hub-nodes/hub:hub.error.noText", { from }));
}
