import type { NodeAPI, NodeMessage } from "node-red";
import { deliveryOf } from "./deliveries.ts";

interface Completed {
	msg: NodeMessage;
	error?: unknown;
	node: { node: { type: string; name?: string } };
}
interface Received {
	msg: NodeMessage;
	destination: { node: { type: string } };
}

/** Hook names carry a label, under which they are removed. */
const label = "hub-uncaught";
let users = 0;

/**
 * Tells deliveries what nodes failed with. An error that no Catch node takes fails the delivery at once instead of
 * leaving it to the clock. Call it for each node that brings events in, and what it returns when the node goes.
 */
export function failOnUncaught(RED: NodeAPI): () => void {
	users += 1;
	if (users === 1) {
		const caught = new WeakSet<object>();
		RED.hooks.add(`onReceive.${label}`, ({ msg, destination }: Received) => {
			const open = destination.node.type === "catch" ? deliveryOf(msg) : undefined;
			if (open) caught.add(open);
		});
		RED.hooks.add(`onComplete.${label}`, ({ msg, error, node }: Completed) => {
			const open = error ? deliveryOf(msg) : undefined;
			if (!open) return;
			open.failed(error);
			const where = node.node.name || node.node.type;
			const reason = error instanceof Error ? error.message : String(error);
			// Catch nodes get the message after this hook, in the same turn.
			setImmediate(() => {
				if (!caught.has(open)) open.settle(new Error(`${where}: ${reason}`));
			});
		});
	}
	return () => {
		users -= 1;
		if (users === 0) RED.hooks.remove(`*.${label}`);
	};
}
