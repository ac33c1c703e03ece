/** Nodes that do something through the hub. Output 1: it is done · 2: the hub refused, `msg.payload` = Refusal. */
import type { Node, NodeMessage } from "node-red";
import type { ErrorType } from "../../config/errors.ts";
import { refusalOf } from "./answers.ts";

/**
 * Does `work` with each message, which may change it; says on the node how it went, in the texts of `type`. `refusals`:
 * errors that are a no to what this node asks for, besides those of every node; any other is the node's error, for a
 * Catch node or for the next try.
 */
export function twoOutputs(
	node: Node,
	type: string,
	refusals: readonly ErrorType[],
	work: (msg: NodeMessage) => Promise<void>,
): void {
	node.on("input", async (msg, send, done) => {
		try {
			node.status({ fill: "blue", shape: "dot", text: `${type}.status.working` });
			await work(msg);
			node.status({ fill: "green", shape: "dot", text: `${type}.status.done` });
			send([msg, null]);
			done();
		} catch (err) {
			const refusal = refusalOf(err, refusals);
			if (!refusal) {
				node.status({ fill: "red", shape: "ring", text: `${type}.status.failed` });
				return done(err as Error);
			}
			msg.payload = refusal;
			node.status({ fill: "yellow", shape: "dot", text: `${type}.status.refused` });
			send([null, msg]);
			done();
		}
	});
}
