/** ack: tells the hub that the event has had its effect; it does not come again. */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { deliveryOf } from "../order-in/deliveries.ts";

export default function register(RED: NodeAPI): void {
	function AckNode(this: Node, def: NodeDef): void {
		RED.nodes.createNode(this, def);
		this.on("input", (msg, _send, done) => {
			const open = deliveryOf(msg);
			// Settled already (two branches, or too late): whoever settled it first decided.
			if (!open) this.status({ fill: "grey", shape: "ring", text: "ack.status.nothing" });
			else {
				open.settle(null);
				this.status({ fill: "green", shape: "dot", text: "ack.status.done" });
			}
			done();
		});
	}
	RED.nodes.registerType("ack", AckNode);
}
