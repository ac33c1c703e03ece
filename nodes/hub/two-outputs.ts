/** Nodes that do something through the hub. Output 1: it is done · 2: it is not, `msg.payload` = why, as a Refusal. */
import type { Node, NodeMessage } from "node-red";
import type { ErrorType } from "../../config/errors.ts";
import { refusalOf } from "./answers.ts";

/**
 * Does `work` with each message, which may change it; says on the node how it went, in the texts of `type`:
 * status.working, done, refused, failed. `refusals`: errors that are a no to what this node asks for, besides those of
 * every node; any other is the node's error, for a Catch node or for the next try. Work that gives `false` is not done
 * either, and has said in `msg.payload` why.
 */
export function twoOutputs(
	node: Node,
	type: string,
	refusals: readonly ErrorType[],
	work: (msg: NodeMessage) => Promise<unknown>,
): void {
	const isDone = async (msg: NodeMessage): Promise<boolean> => {
		try {
			return (await work(msg)) !== false;
		} catch (err) {
			const refusal = refusalOf(err, refusals);
			if (!refusal) throw err;
			msg.payload = refusal;
			return false;
		}
	};
	node.on("input", async (msg, send, done) => {
		try {
			node.status({ fill: "blue", shape: "dot", text: `${type}.status.working` });
			if (await isDone(msg)) {
				node.status({ fill: "green", shape: "dot", text: `${type}.status.done` });
				send([msg, null]);
			} else {
				node.status({ fill: "yellow", shape: "dot", text: `${type}.status.refused` });
				send([null, msg]);
			}
			done();
		} catch (err) {
			node.status({ fill: "red", shape: "ring", text: `${type}.status.failed` });
			done(err as Error);
		}
	});
}
