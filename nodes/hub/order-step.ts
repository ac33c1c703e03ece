/**
 * What the nodes have in common that do one thing with the order of a message (`msg.hub.orderId`, else
 * `msg.payload.orderId`). Outputs: 1 done · 2 refused. `msg.payload` = the order as it is afterwards, or {type, detail}
 * of the refusal. What is neither is an error.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import type { Order } from "../../services/order/order.ts";
import { hubMessage, noteRead, orderIdOf, readOf } from "../order-in/deliveries.ts";
import { hubOf } from "./hub.ts";
import { twoOutputs } from "./two-outputs.ts";

export interface OrderStepDef extends NodeDef {
	hub: string;
}

interface OrderStep<Def> {
	action: string;
	/** What the action is told besides the order's id. */
	params(def: Def, node: Node, msg: NodeMessage): Promise<Record<string, unknown>>;
	/** Whether the order is as it should be by now; the second output when not. Left out: it is. */
	isDone?(order: Order): boolean;
}

/** `type`: the name of the node, under which its texts stand too. */
export function registerOrderStep<Def extends OrderStepDef>(
	RED: NodeAPI,
	type: string,
	{ action, params, isDone = () => true }: OrderStep<Def>,
): void {
	function OrderStepNode(this: Node, def: Def): void {
		RED.nodes.createNode(this, def);

		twoOutputs(this, type, [], async (msg) => {
			const id = orderIdOf(msg);
			if (!id) throw new Error(RED._("order-hub-nodes/hub:hub.error.noOrder"));
			const { traceId } = hubMessage(msg);
			const asked = { id, ...(await params(def, this, msg)) };
			noteRead(msg, { orderId: id });
			const order = await hubOf(RED, def.hub).call<Order>(this, action, asked, { traceId });
			msg.payload = order;
			noteRead(msg, readOf(order));
			return isDone(order);
		});
	}
	RED.nodes.registerType(type, OrderStepNode);
}
