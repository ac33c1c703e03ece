/**
 * erp-verify: asks the ERP whether a document is there: of the push `msg.payload.pushId`, as `erp-push` answers it, or of
 * the order or after-sale that the message names, by connection and kind. `msg.payload` = {found, push}.
 * Outputs: 1 it is there · 2 it is not · 3 the ERP did not say.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import type { Found, PushKind } from "../../services/erp/driver.ts";
import type { PushView } from "../../services/erp/push-desk.ts";
import { pushIdOf } from "../../services/erp/push-id.ts";
import { connectionOf } from "../erp-connection/erp-connection.ts";
import { hubOf } from "../hub/hub.ts";
import { hubMessage, orderIdOf } from "../order-in/deliveries.ts";

interface ErpVerifyDef extends NodeDef {
	hub: string;
	connection: string; // "": the message names the push
	kind: PushKind;
}

interface Verified {
	found: Found;
	push: PushView;
}

const outputs: Readonly<Record<Found["state"], { port: number; fill: "green" | "yellow" | "blue" }>> = {
	FOUND: { port: 0, fill: "green" },
	NOT_FOUND: { port: 1, fill: "yellow" },
	UNKNOWN: { port: 2, fill: "blue" },
};

export default function register(RED: NodeAPI): void {
	function ErpVerifyNode(this: Node, def: ErpVerifyDef): void {
		RED.nodes.createNode(this, def);

		const pushOf = (msg: NodeMessage): string => {
			const named = msg.payload as { pushId?: string; aftersaleId?: string } | null | undefined;
			if (named?.pushId) return named.pushId;
			const { connectionId } = connectionOf(RED, def.connection);
			const hub = hubMessage(msg);
			const { kind } = def;
			if (kind === "aftersale") {
				const aftersaleId = hub.aftersaleId || named?.aftersaleId;
				if (!aftersaleId) throw new Error(RED._("erp-verify.error.noAftersale"));
				return pushIdOf(connectionId, kind, aftersaleId);
			}
			const orderId = orderIdOf(msg);
			if (!orderId) throw new Error(RED._("erp-verify.error.noOrder"));
			return pushIdOf(connectionId, kind, orderId, hub.revision);
		};

		this.on("input", async (msg, send, done) => {
			try {
				const id = pushOf(msg);
				this.status({ fill: "blue", shape: "ring", text: "erp-verify.status.asking" });
				const { traceId } = hubMessage(msg);
				const verified = await hubOf(RED, def.hub).call<Verified>(this, "erp.verify", { id }, { traceId });
				const { state } = verified.found;
				const { port, fill } = outputs[state];
				msg.payload = verified;
				this.status({ fill, shape: "dot", text: `erp-verify.status.${state}` });
				const to: (NodeMessage | null)[] = [null, null, null];
				to[port] = msg;
				send(to);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "erp-verify.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("erp-verify", ErpVerifyNode);
}
