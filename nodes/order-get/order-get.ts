/** order-get: reads the order `msg.hub.orderId` (or `msg.payload.orderId`) afresh; `msg.payload` = the order. */
import type { Node, NodeAPI, NodeDef } from "node-red";
import type { Order } from "../../services/order/order.ts";
import { hubOf } from "../hub/hub.ts";
import { hubMessage, noteRead, orderIdOf, readOf } from "../order-in/deliveries.ts";

interface OrderGetDef extends NodeDef {
	hub: string;
}

export default function register(RED: NodeAPI): void {
	function OrderGetNode(this: Node, def: OrderGetDef): void {
		RED.nodes.createNode(this, def);
		this.on("input", async (msg, send, done) => {
			try {
				const id = orderIdOf(msg);
				if (!id) throw new Error(RED._("order-get.error.noOrder"));
				const { traceId } = hubMessage(msg);
				const order = await hubOf(RED, def.hub).call<Order>(this, "order.get", { id }, { traceId });
				msg.payload = order;
				noteRead(msg, readOf(order));
				this.status({});
				send(msg);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "order-get.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("order-get", OrderGetNode);
}
