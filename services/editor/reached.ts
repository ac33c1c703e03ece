/** Where messages go in a flow. Pure. */
import type { FlowNode } from "./flow-files.ts";

/**
 * The nodes that a message of `start` may reach: along wires, through link nodes, into subflows and, as if each of their
 * outputs were reached, out of them again. Link calls whose target the message names are not followed.
 */
export function reachedFrom(nodes: readonly FlowNode[], start: FlowNode): FlowNode[] {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const reached = new Set<FlowNode>();
	const waiting = nextOf(byId, start);
	for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
		const node = byId.get(id);
		if (!node || reached.has(node)) continue;
		reached.add(node);
		waiting.push(...nextOf(byId, node));
	}
	return [...reached];
}

function nextOf(byId: ReadonlyMap<string, FlowNode>, { type, wires, links }: FlowNode): string[] {
	const wired = idsIn(wires);
	if (type === "link out" || type === "link call") return [...wired, ...idsIn(links)];
	if (type.startsWith("subflow:")) return [...wired, ...inputsOf(byId.get(type.slice("subflow:".length)))];
	return wired;
}

/** What the subflow's inputs are wired to. */
function inputsOf(subflow: FlowNode | undefined): string[] {
	const inputs = (subflow?.in ?? []) as { wires?: { id: string }[] }[];
	return inputs.flatMap(({ wires = [] }) => wires.map(({ id }) => id));
}

/** Ids in a list, or in a list of lists. */
const idsIn = (list: unknown): string[] => (Array.isArray(list) ? (list.flat() as string[]) : []);
