/**
 * reveal: puts where the order `msg.hub.orderId` (or `msg.payload.orderId`) goes, in plain text, into a property of the
 * message: a PlainReceiver. Counted against the shop's day and audited under the flow's name. For the moment only: no
 * node may log or store it. Outputs: 1 revealed · 2 refused: the day's are used up, the platform does not show it.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import type { PlainReceiver, RevealPurpose } from "../../services/platform/adapter.ts";
import { hubOf } from "../hub/hub.ts";
import { twoOutputs } from "../hub/two-outputs.ts";
import { hubMessage, orderIdOf } from "../order-in/deliveries.ts";

interface RevealDef extends NodeDef {
	hub: string;
	purpose: RevealPurpose | ""; // "": not chosen yet
	property: string; // of the message
}

export default function register(RED: NodeAPI): void {
	function RevealNode(this: Node, def: RevealDef): void {
		RED.nodes.createNode(this, def);
		// A quota that is used up stays so for hours: no reason to come again and again.
		twoOutputs(this, "reveal", ["TOO_MANY_REQUESTS"], async (msg) => {
			const { purpose, property } = def;
			if (!purpose) throw new Error(RED._("reveal.error.noPurpose"));
			const id = orderIdOf(msg);
			if (!id) throw new Error(RED._("reveal.error.noOrder"));
			const { traceId } = hubMessage(msg);
			const hub = hubOf(RED, def.hub);
			const receiver = await hub.call<PlainReceiver>(this, "order.reveal", { id, purpose }, { traceId });
			RED.util.setMessageProperty(msg, property, receiver, true);
		});
	}
	RED.nodes.registerType("reveal", RevealNode);
}
