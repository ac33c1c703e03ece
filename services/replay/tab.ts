/** One tab of a flow configuration, with all that it uses. Pure. */
import { hubError } from "../../config/errors.ts";
import type { FlowNode } from "../editor/flow-files.ts";
import { type PushKind, pushKinds } from "../erp/driver.ts";
import { subjectMatcher } from "../event/subjects.ts";

/** Every text anywhere in a node: ids of other nodes are among them. */
function* textsIn(value: unknown): Generator<string> {
	if (typeof value === "string") yield value;
	else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}

const subflowPrefix = "subflow:";

/**
 * The nodes of a tab, the configuration nodes and subflows they use, and other tabs that they are linked with, enabled
 * even where the tab is switched off. @throws INVALID when there is no such tab
 */
export function tabWith(flows: readonly FlowNode[], tabId: string): FlowNode[] {
	const byId = new Map(flows.map((node) => [node.id, node]));
	if (byId.get(tabId)?.type !== "tab") throw hubError("INVALID", `there is no tab ${tabId}`, { field: "tab" });
	const taken = new Set<FlowNode>();
	const take = (node: FlowNode): void => {
		if (taken.has(node)) return;
		taken.add(node);
		const home = byId.get(node.z ?? "");
		if (home) take(home);
		if (node.type === "tab" || node.type === "subflow") {
			for (const each of flows) if (each.z === node.id) take(each);
		}
		for (const text of [...textsIn(node), node.type.slice(subflowPrefix.length)]) {
			const used = byId.get(text);
			if (used) take(used);
		}
	};
	for (const node of flows) if (node.id === tabId) take(node);
	return flows
		.filter((node) => taken.has(node))
		.map((node) => (node.id === tabId ? { ...node, disabled: false } : node));
}

/** Names of the mapping files that the flow uses. */
export const mappingFilesOf = (flows: readonly FlowNode[]): string[] => [
	...new Set(
		flows.filter(({ type, source }) => type === "jsonata-map" && source !== "inline").map(({ file }) => String(file)),
	),
];

/** The kinds of documents that the flow may push. */
export const kindsOf = (flows: readonly FlowNode[]): PushKind[] => {
	const kinds = flows.filter(({ type }) => type === "erp-push").map(({ kind = "order" }) => kind);
	return pushKinds.filter((kind) => kinds.includes(kind));
};

const usual = "hub.order.ready";

const orderSubjects = (flows: readonly FlowNode[], tabId: string): string[] =>
	flows
		.filter(({ type, z }) => z === tabId && (type === "order-in" || type === "event-in"))
		.flatMap(({ subjects }) => String(subjects).split(/[\s,]+/))
		.filter((subject) => subject.startsWith("hub.order."));

/** Whether an entry of the tab takes events of orders. */
export const takesOrders = (flows: readonly FlowNode[], tabId: string): boolean =>
	orderSubjects(flows, tabId).length > 0;

/**
 * The subject an order is sent as: that of a ready order where an entry of the tab takes it, else the first of orders
 * that one takes. @throws INVALID for a tab that takes no events of orders
 */
export function subjectFor(flows: readonly FlowNode[], tabId: string): string {
	const subjects = orderSubjects(flows, tabId);
	const [first] = subjects;
	if (!first) throw hubError("INVALID", `the tab ${tabId} takes no events of orders`, { field: "tab" });
	return subjectMatcher(subjects)(usual) ? usual : first.replace("*", "changed");
}

/** The jsonata-map nodes of switched-on tabs whose documents go to that connection as that kind. */
export function mappingNodesFor(flows: readonly FlowNode[], kind: PushKind, connectionId: string): FlowNode[] {
	const off = new Set(flows.filter(({ type, disabled }) => type === "tab" && disabled).map(({ id }) => id));
	const live = flows.filter(({ z, d }) => z !== undefined && !off.has(z) && !d);
	const connections = new Map(flows.filter((n) => n.type === "erp-connection").map((n) => [n.id, n.connectionId]));
	const pushes = live.filter(
		(node) =>
			node.type === "erp-push" &&
			(node.kind ?? "order") === kind &&
			connections.get(String(node.connection)) === connectionId,
	);
	const found = new Set<FlowNode>();
	const seen = new Set(pushes);
	for (const node of seen) {
		for (const before of live.filter(({ wires }) => leadsTo(wires, node.id))) {
			if (before.type === "jsonata-map") found.add(before);
			else seen.add(before); // walked too: a Set goes on with what is added
		}
	}
	return [...found];
}

const leadsTo = (wires: unknown, id: string): boolean => [...textsIn(wires)].includes(id);
