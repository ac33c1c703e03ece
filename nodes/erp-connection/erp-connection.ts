/** erp-connection: names one ERP connection of the hub by its id. Keys and secrets stay in the hub. */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { hubBroker } from "../hub/broker.ts";

interface ErpConnectionDef extends NodeDef {
	connectionId: string;
}

export interface ErpConnectionNode extends Node {
	readonly connectionId: string;
	/** What mappings may use as `cfg`: the connection's settings, at most a few seconds old. */
	settings(): Promise<Record<string, string>>;
}

const freshMs = 5_000;

export default function register(RED: NodeAPI): void {
	function ErpConnectionConfigNode(
		this: Node & { connectionId: string; settings: ErpConnectionNode["settings"] },
		def: ErpConnectionDef,
	): void {
		RED.nodes.createNode(this, def);
		this.connectionId = def.connectionId;
		let read: { at: number; settings: Promise<Record<string, string>> } | undefined;
		this.settings = () => {
			if (!read || Date.now() - read.at > freshMs) {
				const settings = hubBroker()
					.call<{ settings: Record<string, string> }, { id: string }>("connection.get", { id: def.connectionId })
					.then((connection) => connection.settings);
				read = { at: Date.now(), settings };
				settings.catch(() => {
					read = undefined; // the next message asks again; this one tells why
				});
			}
			return read.settings;
		};
	}
	RED.nodes.registerType("erp-connection", ErpConnectionConfigNode);
}

/** @throws Error for the flow author when the node's connection was not chosen or is gone. */
export function connectionOf(RED: NodeAPI, id: string): ErpConnectionNode {
	const connection = RED.nodes.getNode(id) as ErpConnectionNode | null;
	if (!connection?.connectionId) throw new Error(RED._("order-hub-nodes/erp-connection:erp-connection.error.none"));
	return connection;
}
