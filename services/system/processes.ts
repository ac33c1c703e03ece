/** The processes of the hub, as each tells of itself. */
import type { ServiceBroker } from "moleculer";
import type { ProcessState } from "../metrics/process-state.ts";

export interface HubProcess {
	name: string; // of the node
	services: string[];
	state: ProcessState | null; // null: it is there and does not answer
}

interface KnownNode {
	id: string;
	services: { name: string }[];
}

const patienceMs = 2_000;

export async function processes(broker: ServiceBroker): Promise<{ items: HubProcess[] }> {
	const nodes = await broker.call<KnownNode[], object>("$node.list", { onlyAvailable: true, withServices: true });
	const items = nodes.map(async ({ id: nodeID, services }) => {
		const options = { nodeID, timeout: patienceMs };
		const state = await broker.call<ProcessState, object>("metrics.state", {}, options).catch(() => null);
		const names = services.map(({ name }) => name).filter((name) => !name.startsWith("$"));
		return { name: nodeID, services: names.sort(), state };
	});
	return { items: (await Promise.all(items)).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
