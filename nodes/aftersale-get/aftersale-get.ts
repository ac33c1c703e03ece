/**
 * aftersale-get: reads the after-sale `msg.hub.aftersaleId` (or `msg.payload.aftersaleId`) afresh, and the order it is
 * of; `msg.payload` = {aftersale, order}.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import type { AftersaleView } from "../../services/aftersale/view.ts";
import type { Order } from "../../services/order/order.ts";
import { hubOf } from "../hub/hub.ts";
import { hubMessage, noteRead } from "../order-in/deliveries.ts";

interface AftersaleGetDef extends NodeDef {
	hub: string;
}

export default function register(RED: NodeAPI): void {
	function AftersaleGetNode(this: Node, def: AftersaleGetDef): void {
		RED.nodes.createNode(this, def);
		this.on("input", async (msg, send, done) => {
			try {
				const hub = hubMessage(msg);
				const id = hub.aftersaleId || (msg.payload as { aftersaleId?: string } | null)?.aftersaleId;
				if (!id) throw new Error(RED._("aftersale-get.error.noAftersale"));
				const { traceId } = hub;
				const services = hubOf(RED, def.hub);
				const aftersale = await services.call<AftersaleView>(this, "aftersale.get", { id }, { traceId });
				const { _id: aftersaleId, orderId, shopId, platform, version: fence } = aftersale;
				// An after-sale may come before its order: an error brings the event again.
				const order = await services.call<Order>(this, "order.get", { id: orderId }, { traceId });
				msg.payload = { aftersale, order };
				noteRead(msg, { aftersaleId, orderId, shopId, platform, fence });
				this.status({});
				send(msg);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "aftersale-get.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("aftersale-get", AftersaleGetNode);
}
