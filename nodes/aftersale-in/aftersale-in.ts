/** aftersale-in: brings what happens to after-sales into a flow. `msg.hub` names the after-sale and its order. */
import type { NodeAPI } from "node-red";
import { registerEntry } from "../order-in/entry.ts";

export default function register(RED: NodeAPI): void {
	registerEntry(RED, "aftersale-in");
}
