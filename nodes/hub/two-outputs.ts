/** Nodes that do something through the hub. Output 1: it is done · 2: the hub refused, `msg.payload` = Refusal. */
import type { Node, NodeMessage } from "node-red";
import { type ErrorType, ruleOf, typeOf } from "../../config/errors.ts";

/** The same message would be refused again: what to do about it is for the flow, or a person. */
export interface Refusal {
	type: ErrorType;
	detail: string;
}

/**
 * Does `work` with each message, which may change it; says on the node how it went, in the texts of `type`. Whatever is
 * no refusal is the node's error, for a Catch node or for the next try.
 */
export function twoOutputs(node: Node, type: string, work: (msg: NodeMessage) => Promise<void>): void {
	node.on("input", async (msg, send, done) => {
		try {
			node.status({ fill: "blue", shape: "dot", text: `${type}.status.working` });
			await work(msg);
			node.status({ fill: "green", shape: "dot", text: `${type}.status.done` });
			send([msg, null]);
			done();
		} catch (err) {
			const refusal = refusalIn(err);
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

/** Null for an error that says nothing about the message, or that may be gone with the next try. */
export function refusalIn(err: unknown): Refusal | null {
	const { type, message, data } = err as { type?: string; message: string; data?: unknown };
	if (type === "VALIDATION_ERROR") return { type: "INVALID", detail: findings(data).join(" ") || message };
	const known = typeOf(err);
	const rule = ruleOf(err);
	// A quota that is used up stays so for hours: no reason to come again and again.
	if (!known || !rule || known === "INTERNAL" || (rule.repeat && known !== "TOO_MANY_REQUESTS")) return null;
	return { type: known, detail: message.replace(`${rule.en}: `, "") };
}

/** The validator's own sentences, which name the fields. */
const findings = (data: unknown): string[] =>
	Array.isArray(data) ? data.map(({ message }: { message?: string }) => message ?? "") : [];
