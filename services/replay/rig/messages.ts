/** Watches the messages in the flows on the rig: which wires they took, and when none is under way any longer. */
import RED, { type NodeAPI } from "node-red";

export interface MessageWatch {
	/** Every wire that a message took since the start, as `wireId` names it. */
	readonly wires: ReadonlySet<string>;
	/** Hands a node a message as if its button was pressed; resolves when nothing of it is under way any longer. */
	press(nodeId: string): Promise<void>;
	stop(): void;
}

interface SendEvent {
	source: { id: string; port: number };
	destination: { id: string };
}

export const wireId = (from: string, port: number, to: string): string => `${from}:${port} ${to}`;

/** Node-RED hands these their messages by itself: no wire leads there. */
const unwired = new Set(["catch", "status", "complete"]);

/** For a Node-RED that is started. Every node must say when it is done with a message. */
export function watchMessages(): MessageWatch {
	const wires = new Set<string>();
	let underWay = 0;
	let rest: (() => void) | null = null;
	RED.hooks.add("onSend.rig", (events: SendEvent[]) => {
		for (const { source, destination } of events) wires.add(wireId(source.id, source.port, destination.id));
		underWay += events.length;
	});
	RED.hooks.add("onReceive.rig", ({ destination }: { destination: { node: { type: string } } }) => {
		if (unwired.has(destination.node.type)) underWay += 1;
	});
	RED.hooks.add("onComplete.rig", () => {
		underWay -= 1;
		if (underWay === 0) rest?.();
	});
	return {
		wires,
		async press(nodeId) {
			const node = (RED.nodes as unknown as NodeAPI["nodes"]).getNode(nodeId);
			if (!node) throw new Error(`no node ${nodeId} to press`);
			const { promise, resolve } = Promise.withResolvers<void>();
			rest = resolve;
			underWay += 1;
			node.receive({});
			await promise;
			rest = null;
		},
		stop: () => RED.hooks.remove("*.rig"),
	};
}
