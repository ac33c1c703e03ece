import type { FlowNode } from "./flow-files.ts";

/** The nodes that a deploy starts: neither disabled themselves nor on a disabled tab. */
export function activeNodes(flows: readonly FlowNode[]): FlowNode[] {
	const off = new Set(flows.filter(({ disabled }) => disabled === true).map(({ id }) => id));
	return flows.filter(({ z, d }) => d !== true && !(z !== undefined && off.has(z)));
}
