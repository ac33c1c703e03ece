/**
 * park: gives the event up with a reason. `when` = "last": it comes again later, and the hub parks it after the last
 * attempt. `when` = "now": parked at once. Parked events wait for a person, who replays or discards them.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { hubOf } from "../hub/hub.ts";
import { deliveryOf } from "../order-in/deliveries.ts";

interface ParkDef extends NodeDef {
	hub: string;
	when: "last" | "now";
	reason: string; // "": the error that a Catch node brought
}

export default function register(RED: NodeAPI): void {
	function ParkNode(this: Node, def: ParkDef): void {
		RED.nodes.createNode(this, def);
		this.on("input", async (msg, _send, done) => {
			const open = deliveryOf(msg);
			if (!open) {
				this.status({ fill: "grey", shape: "ring", text: "park.status.nothing" });
				return done();
			}
			const reason = def.reason || caughtError(msg) || RED._("park.reason.none");
			if (def.when !== "now") {
				open.settle(new Error(reason));
				this.status({ fill: "yellow", shape: "dot", text: "park.status.later" });
				return done();
			}
			const { event } = open.delivery;
			const { orderId } = open.hub;
			try {
				const ref = { eventId: event.id, subject: event.subject, ...(orderId && { orderId }) };
				const parked = { id: event.id, source: open.consumer, ref, reason, event };
				await hubOf(RED, def.hub).call(this, "event.park", parked, { traceId: event.traceId });
				open.settle(null);
				this.status({ fill: "red", shape: "dot", text: "park.status.parked" });
				done();
			} catch (err) {
				// Not parked, so not acknowledged either.
				open.settle(err as Error);
				this.status({ fill: "red", shape: "ring", text: "park.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("park", ParkNode);
}

/** What a Catch node brought: "<node>: <message>"; "" without one. */
function caughtError(msg: NodeMessage): string {
	const { error } = msg as { error?: { message?: string; source?: { name?: string; type?: string } } };
	if (!error?.message) return "";
	const message = error.message.replace(/^\w*Error: /, ""); // Node-RED puts the class before it
	const where = error.source?.name || error.source?.type;
	return where ? `${where}: ${message}` : message;
}
