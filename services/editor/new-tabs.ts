/** Tabs that came to the repository after a data folder was made: each is offered to it once. */
import type { FlowNode } from "./flow-files.ts";

/** What data folders were made with that have no list of what they were offered. */
export const firstTabs = ["order-to-erp", "order-recall", "aftersale-to-erp", "dashboard"];

export const tabsOf = (flows: readonly FlowNode[]): string[] =>
	flows.filter(({ type }) => type === "tab").map(({ id }) => id);

/**
 * The flows, and after them the tabs of `shipped` that were never offered, with the configuration nodes they need. A tab
 * that was deleted stays away, and nothing that is there changes.
 */
export function withNewTabs(
	flows: readonly FlowNode[],
	shipped: readonly FlowNode[],
	offered: readonly string[],
): FlowNode[] {
	const there = new Set(flows.map(({ id }) => id));
	const fresh = new Set(tabsOf(shipped).filter((id) => !offered.includes(id) && !there.has(id)));
	const nodes = shipped.filter(({ id, z }) => fresh.has(z ?? id));
	const text = JSON.stringify(nodes);
	const needed = shipped.filter(
		({ id, z, type }) => !z && type !== "tab" && !there.has(id) && text.includes(JSON.stringify(id)),
	);
	return [...flows, ...nodes, ...needed];
}
