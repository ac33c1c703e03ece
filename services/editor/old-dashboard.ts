/**
 * The dashboard was one page of templates, fed by a node `desk` that is gone: Node-RED starts no flow at all while one of
 * a type that it does not know is there. A data folder of then gets today's pages in their place.
 */
import type { FlowNode } from "./flow-files.ts";

const tab = "dashboard";
const gone = "desk";

const isOfDashboard = ({ id, z }: FlowNode): boolean => (z ?? id) === tab || id.startsWith(`${tab}-`);

/** The flows as they are to be, or null where they are of today. */
export function withTodaysDashboard(flows: readonly FlowNode[], shipped: readonly FlowNode[]): FlowNode[] | null {
	if (!flows.some(({ type }) => type === gone)) return null;
	const others = flows.filter((node) => !isOfDashboard(node) && node.type !== gone);
	return [...others, ...shipped.filter(isOfDashboard)];
}
