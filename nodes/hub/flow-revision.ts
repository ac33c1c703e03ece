import { createHash } from "node:crypto";

/** A node as flows are saved. */
export interface SavedNode {
	id: string;
	type: string;
	z?: string;
	[setting: string]: unknown;
}

/** Where a node stands, what it is called and how it is drawn changes nothing that it does. */
const looks = new Set(["x", "y", "w", "h", "g", "l", "name", "info", "icon", "inputLabels", "outputLabels"]);
const proofs = new Set(["cases", "casesFrom"]); // golden cases show what a mapping does, and do nothing
const remarks = new Set(["comment", "group"]);

/**
 * 8 hex digits that change when what a tab does may change, and only then: with its active nodes, the configuration
 * nodes and subflows that they use, and the texts of the mapping files. Not with positions, names and comments.
 */
export function flowRevision(
	flows: readonly SavedNode[],
	tabId: string,
	mappingText: (name: string) => string,
): string {
	const hash = createHash("sha256");
	for (const node of substance(flows, tabId)) {
		const settings = Object.entries(node).filter(([key]) => !looks.has(key) && !proofs.has(key));
		hash.update(JSON.stringify(settings.sort(([a], [b]) => (a < b ? -1 : 1))));
		if (node.type === "jsonata-map" && node.source !== "inline") hash.update(mappingText(String(node.file)));
	}
	return hash.digest("hex").slice(0, 8);
}

/** In one order, however they were saved. */
function substance(flows: readonly SavedNode[], tabId: string): SavedNode[] {
	const byId = new Map(flows.map((node) => [node.id, node]));
	const used = new Set<SavedNode>();
	const takeAllOf = (home: string): void => {
		for (const node of flows) if (node.z === home && node.d !== true && !remarks.has(node.type)) take(node);
	};
	const take = (node: SavedNode): void => {
		if (used.has(node)) return;
		used.add(node);
		const [kind, subflow] = node.type.split(":");
		if (kind === "subflow" && subflow) takeAllOf(subflow);
		for (const text of textsIn(node)) {
			const other = byId.get(text);
			if (other && other.z === undefined && other.type !== "tab") take(other); // a configuration node
		}
	};
	takeAllOf(tabId);
	return [...used].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ids of other nodes are among the texts anywhere in a node. */
function* textsIn(value: unknown): Generator<string> {
	if (typeof value === "string") yield value;
	else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}
