import { describe, expect, it } from "vitest";
import { flowRevision, type SavedNode } from "./flow-revision.ts";

const flows: SavedNode[] = [
	{ id: "tab", type: "tab", label: "orders" },
	{ id: "in", type: "order-in", z: "tab", name: "", subjects: "hub.order.ready", x: 1, y: 1, wires: [["sub"]] },
	{ id: "sub", type: "subflow:steps", z: "tab", x: 2, y: 1, wires: [["push"]] },
	{ id: "push", type: "erp-push", z: "tab", connection: "erp", x: 3, y: 1, wires: [[]] },
	{ id: "note", type: "comment", z: "tab", name: "as it is", x: 1, y: 2, wires: [] },
	{ id: "off", type: "function", z: "tab", d: true, func: "return msg;", x: 1, y: 3, wires: [[]] },
	{ id: "steps", type: "subflow", name: "steps", in: [], out: [] },
	{ id: "map", type: "jsonata-map", z: "steps", source: "file", file: "generic/order", x: 1, y: 1, wires: [[]] },
	{ id: "erp", type: "erp-connection", connectionId: "generic-demo" },
	{ id: "unused", type: "erp-connection", connectionId: "other" },
	{ id: "other", type: "tab", label: "other" },
	{ id: "else", type: "function", z: "other", func: "return msg;", x: 1, y: 1, wires: [[]] },
];
const text = (name: string): string => `text of ${name}`;
const revision = (nodes: readonly SavedNode[], mappingText = text): string => flowRevision(nodes, "tab", mappingText);
const changed = (id: string, over: object): SavedNode[] =>
	flows.map((node) => (node.id === id ? { ...node, ...over } : node));

describe("flowRevision", () => {
	it("is 8 hex digits, the same for the same flow in any order of nodes and keys", () => {
		expect(revision(flows)).toMatch(/^[0-9a-f]{8}$/);
		const turned = flows.map((node) => Object.fromEntries(Object.entries(node).reverse()) as SavedNode);
		expect(revision(turned.reverse())).toBe(revision(flows));
	});

	it.each([
		["a place", "in", { x: 300, y: 20 }],
		["a name", "push", { name: "to the ERP" }],
		["help", "in", { info: "reads orders" }],
		["a comment", "note", { name: "as it was" }],
		["the label", "tab", { label: "Orders" }],
		["a node that is switched off", "off", { func: "return null;" }],
		["a configuration that it does not use", "unused", { connectionId: "x" }],
		["another tab", "else", { func: "return null;" }],
	])("stays with %s", (_what, id, over) => {
		expect(revision(changed(id, over))).toBe(revision(flows));
	});

	it.each([
		["a setting", "in", { subjects: "hub.order.changed" }],
		["a wire", "sub", { wires: [[]] }],
		["a configuration that it uses", "erp", { connectionId: "kingdee-demo" }],
		["a node inside a subflow", "map", { file: "wdt/order" }],
		["a node that is switched on", "off", { d: false }],
	])("changes with %s", (_what, id, over) => {
		expect(revision(changed(id, over))).not.toBe(revision(flows));
	});

	it("changes with the text of a mapping file", () => {
		expect(revision(flows, (name) => `${text(name)} `)).not.toBe(revision(flows));
	});
});
