import type { ServiceBroker } from "moleculer";

/**
 * Where the editor service leaves the broker for the nodes. Not a module variable: a test runner that transforms
 * modules makes a second copy of them. Not Node-RED's function context: that would hand it to every function node.
 */
const place = Symbol.for("hub.broker");
const shared = globalThis as { [place]?: ServiceBroker };

/** `null` takes it away again. */
export function lendBroker(broker: ServiceBroker | null): void {
	if (broker) shared[place] = broker;
	else delete shared[place];
}

export function hubBroker(): ServiceBroker {
	const broker = shared[place];
	if (!broker) throw new Error("The editor is not connected to the hub");
	return broker;
}
