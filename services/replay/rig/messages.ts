/** Watches the messages in the flows on the rig: which wires they took, and when none moves any longer. */
import { setTimeout as pause } from "node:timers/promises";
import RED, { type NodeAPI, type NodeMessage } from "node-red";

export interface MessageWatch {
	/** Every wire that a message took since the start, as `wireId` names it. */
	readonly wires: ReadonlySet<string>;
	/** Presses the button of an inject node, whose clock says `at`; resolves when no message moves any longer. */
	press(nodeId: string, at: Date): Promise<void>;
	stop(): void;
}

interface SendEvent {
	source: { id: string; port: number };
	destination: { id: string };
}

export const wireId = (from: string, port: number, to: string): string => `${from}:${port} ${to}`;

/** Not every node of Node-RED says when it is done with a message, but the stand-ins keep none waiting. */
const quietMs = 100;

/** For a Node-RED that is started. */
export function watchMessages(): MessageWatch {
	const wires = new Set<string>();
	let movedAt = 0;
	// A hook must take an argument, or Node-RED waits for it to call back.
	const moved = (_event: unknown): void => {
		movedAt = performance.now();
	};
	RED.hooks.add("onSend.rig", (events: SendEvent[]) => {
		for (const { source, destination } of events) wires.add(wireId(source.id, source.port, destination.id));
		moved(events);
	});
	RED.hooks.add("onReceive.rig", moved);
	RED.hooks.add("onComplete.rig", moved);
	return {
		wires,
		async press(nodeId, at) {
			const node = (RED.nodes as unknown as NodeAPI["nodes"]).getNode(nodeId);
			if (!node) throw new Error(`no node ${nodeId} to press`);
			// As the editor does for a button with settings of its own.
			node.receive({ __user_inject_props__: [{ p: "payload", v: String(at.getTime()), vt: "num" }] } as NodeMessage);
			moved(node);
			while (performance.now() - movedAt < quietMs) await pause(quietMs);
		},
		stop: () => RED.hooks.remove("*.rig"),
	};
}
