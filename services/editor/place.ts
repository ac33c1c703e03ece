import type { FlowNode } from "./flow-files.ts";

/** `tab › node`, by their names. `otherwise`: what the node is called when it has no name; its id when left out. */
export function placeOf(flows: readonly FlowNode[], node: FlowNode, otherwise?: string): string {
	const home = flows.find(({ id }) => id === node.z);
	return `${home?.label || home?.name || node.z} › ${node.name || otherwise || node.id}`;
}
