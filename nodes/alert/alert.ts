/**
 * alert: raises an alert that people see on the dashboard, or settles it. The key says which: the same key is the same
 * alert. The message goes on as it came.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { hubOf } from "../hub/hub.ts";
import { type TypedText, textOf } from "../hub/typed-text.ts";
import { hubMessage } from "../order-in/deliveries.ts";

interface AlertDef extends NodeDef {
	hub: string;
	mode: "raise" | "settle";
	key: string;
	keyType: TypedText["type"];
	level: "warning" | "critical";
	reason: string;
	reasonType: TypedText["type"];
}

const shown = {
	raise: { fill: "yellow", text: "alert.status.raised" },
	settle: { fill: "green", text: "alert.status.settled" },
} as const;

export default function register(RED: NodeAPI): void {
	function AlertNode(this: Node, def: AlertDef): void {
		RED.nodes.createNode(this, def);

		const raise = async (key: string, msg: NodeMessage): Promise<Record<string, unknown>> => {
			const { shopId, orderId, aftersaleId } = hubMessage(msg);
			const ref = { ...(shopId && { shopId }), ...(orderId && { orderId }), ...(aftersaleId && { aftersaleId }) };
			const reason = await textOf(RED, { value: def.reason, type: def.reasonType }, this, msg);
			return { key, level: def.level, reason, ref };
		};

		this.on("input", async (msg, send, done) => {
			try {
				const key = await textOf(RED, { value: def.key, type: def.keyType }, this, msg);
				const params = def.mode === "settle" ? { key } : await raise(key, msg);
				const { traceId } = hubMessage(msg);
				await hubOf(RED, def.hub).call(this, `alert.${def.mode}`, params, { traceId });
				this.status({ shape: "dot", ...shown[def.mode] });
				send(msg);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "alert.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("alert", AlertNode);
}
