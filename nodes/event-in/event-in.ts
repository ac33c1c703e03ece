/** event-in: brings anything that happens in the hub into a flow. `msg.hub` names what it is about, as far as it is. */
import type { NodeAPI } from "node-red";
import { registerEntry } from "../order-in/entry.ts";

export default function register(RED: NodeAPI): void {
	registerEntry(RED, "event-in");
}
