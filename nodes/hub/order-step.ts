/**
 * What the nodes have in common that do one thing with the order of a message (`msg.hub.orderId`, else
 * `msg.payload.orderId`). Outputs: 1 done · 2 refused. `msg.payload` = the order as it is afterwards, or {type, detail}
 * of the refusal. What is neither is an error.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import type { Order } from "../../services/order/order.ts";
import { hubMessage, noteRead, orderIdOf, readOf } from "../order-in/deliveries.ts";
import { refusalOf } from "./answers.ts";
import { hubOf } from "./hub.ts";

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

const colours = { done: "green", refused: "yellow" } as const;

/** `type`: the name of the node, under which its texts stand too: status.done, status.refused, status.failed. */
export function registerOrderStep<Def extends OrderStepDef>(
	RED: NodeAPI,
	type: string,
	{ action, params, isDone = () => true }: OrderStep<Def>,
): void {
	function OrderStepNode(this: Node, def: Def): void {
		RED.nodes.createNode(this, def);

		/** @returns whether it is done */
		const step = async (msg: NodeMessage): Promise<boolean> => {
			const id = orderIdOf(msg);
			if (!id) throw new Error(RED._("order-hub-nodes/hub:hub.error.noOrder"));
			const { traceId } = hubMessage(msg);
			const asked = { id, ...(await params(def, this, msg)) };
			try {
				const order = await hubOf(RED, def.hub).call<Order>(this, action, asked, { traceId });
				msg.payload = order;
				noteRead(msg, readOf(order));
				return isDone(order);
			} catch (err) {
				const refusal = refusalOf(err);
				if (!refusal) throw err;
				msg.payload = refusal;
				noteRead(msg, { orderId: id });
				return false;
			}
		};

		this.on("input", async (msg, send, done) => {
			try {
				const outcome = (await step(msg)) ? "done" : "refused";
				this.status({ fill: colours[outcome], shape: "dot", text: `${type}.status.${outcome}` });
				send(outcome === "done" ? [msg, null] : [null, msg]);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: `${type}.status.failed` });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType(type, OrderStepNode);
}
