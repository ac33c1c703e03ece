/** hub: the configuration node through which a flow calls the hub's actions. Holds no secret. */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { hubBroker } from "./broker.ts";
import { flowName, forgetNamesOnDeploy } from "./flow-name.ts";

export interface HubNode extends Node {
	/** Calls an action on behalf of `caller`'s flow; throws what the action throws. Never repeats a call by itself. */
	call<T>(
		caller: Node,
		action: string,
		params: Record<string, unknown>,
		options?: { traceId?: string; timeoutMs?: number },
	): Promise<T>;
}

export default function register(RED: NodeAPI): void {
	forgetNamesOnDeploy(RED);

	function HubConfigNode(this: HubNode, def: NodeDef): void {
		RED.nodes.createNode(this, def);
		this.call = (caller, action, params, { traceId, timeoutMs } = {}) =>
			hubBroker().call(action, params, {
				timeout: timeoutMs,
				meta: { actor: `flow:${flowName(RED, caller)}`, traceId },
			});
	}
	RED.nodes.registerType("hub", HubConfigNode);

	const canRead = RED.auth.needsPermission("flows.read");
	/** What the drop-downs of the nodes offer. The connections come without their secrets. */
	RED.httpAdmin.get("/hub/connections", canRead, async (_req, res, next) => {
		try {
			const { items } = await hubBroker().call<{ items: unknown[] }, object>("connection.list", {});
			res.json(items);
		} catch (err) {
			next(err);
		}
	});
	RED.httpAdmin.get("/hub/shops", canRead, async (_req, res, next) => {
		try {
			const { items } = await hubBroker().call<{ items: unknown[] }, object>("shop.list", {});
			res.json(items);
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
