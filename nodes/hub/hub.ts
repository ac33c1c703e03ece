/** hub: the configuration node through which a flow calls the hub's actions. Holds no secret. */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { readable } from "./answers.ts";
import { hubBroker } from "./broker.ts";
import { choices, isChoice } from "./choices.ts";
import { flowName, forgetOnDeploy } from "./flow-name.ts";

export interface HubNode extends Node {
	/**
	 * Calls an action on behalf of `caller`'s flow, and of the rule in it that is named; throws what the action throws, which
	 * says what is wrong where it refuses a parameter. Never repeats a call by itself.
	 */
	call<T>(
		caller: Node,
		action: string,
		params: Record<string, unknown>,
		options?: { traceId?: string; timeoutMs?: number; rule?: string },
	): Promise<T>;
}

export default function register(RED: NodeAPI): void {
	forgetOnDeploy(RED);

	function HubConfigNode(this: HubNode, def: NodeDef): void {
		RED.nodes.createNode(this, def);
		this.call = async (caller, action, params, { traceId, timeoutMs, rule } = {}) => {
			const meta = { actor: `flow:${flowName(RED, caller, rule)}`, traceId };
			try {
				return await hubBroker().call(action, params, { timeout: timeoutMs, meta, requestID: traceId });
			} catch (err) {
				throw readable(err);
			}
		};
	}
	RED.nodes.registerType("hub", HubConfigNode);

	RED.httpAdmin.get("/hub/choices/:name", RED.auth.needsPermission("flows.read"), async (req, res, next) => {
		const { name } = req.params;
		if (name === undefined || !isChoice(name)) return void res.status(404).end();
		try {
			res.json(await choices[name]());
		} catch (err) {
			next(err);
		}
	});
}

/** @throws Error for the flow author when the node's hub was not chosen or is gone. */
export function hubOf(RED: NodeAPI, id: string): HubNode {
	const hub = RED.nodes.getNode(id) as HubNode | null;
	if (!hub) throw new Error(RED._("order-hub-nodes/hub:hub.error.none"));
	return hub;
}
