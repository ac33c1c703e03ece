/** order-in: brings what happens to orders into a flow. */
import type { NodeAPI } from "node-red";
import { registerEntry } from "./entry.ts";

export default function register(RED: NodeAPI): void {
	registerEntry(RED, "order-in");
}
