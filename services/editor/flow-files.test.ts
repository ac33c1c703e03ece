import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type FlowNode, fromFiles, isFlowFile, orderFile, toFiles } from "./flow-files.ts";

const names = (files: ReadonlyMap<string, string>, file: string): string[] =>
	(JSON.parse(files.get(file) ?? "[]") as FlowNode[]).map(({ id }) => id);
const byId = (flows: FlowNode[]): FlowNode[] => [...flows].sort((a, b) => a.id.localeCompare(b.id));

const flows: FlowNode[] = [
	{ id: "second", type: "tab", label: "B" },
	{ id: "first", type: "tab", label: "A" },
	{ id: "sub", type: "subflow", name: "S" },
	{ id: "a1", type: "erp-push", z: "first", connection: "erp", hub: "hub-1", wires: [["a2"]], x: 1, y: 2 },
	{ id: "a2", type: "ack", z: "first", wires: [], x: 3, y: 4 },
	{ id: "b1", type: "order-get", z: "second", hub: "hub-1", wires: [], x: 1, y: 1 },
	{ id: "b2", type: "ui-template", z: "second", group: "group", wires: [], x: 1, y: 1 },
	{ id: "s1", type: "ack", z: "sub", wires: [], x: 1, y: 1 },
	{ id: "erp", type: "erp-connection", connectionId: "erp" },
	{ id: "hub-1", type: "hub" },
	{ id: "group", type: "ui-group", page: "page" },
	{ id: "page", type: "ui-page" },
	{ id: "unused", type: "hub" },
];

describe("flow files", () => {
	it("are one per tab or subflow, with the configuration nodes that only it uses, directly or through others", () => {
		const files = toFiles(flows);
		expect([...files.keys()].sort()).toEqual(["first.json", "global.json", "second.json", "sub.json", orderFile]);
		expect(names(files, "first.json")).toEqual(["first", "a1", "a2", "erp"]);
		expect(names(files, "second.json")).toEqual(["second", "b1", "b2", "group", "page"]);
		expect(names(files, "global.json")).toEqual(["hub-1", "unused"]);
	});

	it("give back the same nodes, and the tabs in their order", () => {
		const back = fromFiles(toFiles(flows));
		expect(byId(back)).toEqual(byId(flows));
		expect(back.filter(({ type }) => type === "tab").map(({ id }) => id)).toEqual(["second", "first"]);
	});

	it("do not depend on the order in which keys were put in", () => {
		const turned = flows.map((node) => Object.fromEntries(Object.entries(node).reverse()) as FlowNode);
		expect([...toFiles(turned)]).toEqual([...toFiles(flows)]);
	});

	it("stay inside the folder, whatever a tab is called", () => {
		const [file] = toFiles([{ id: "../../etc/x", type: "tab" }]).keys();
		expect(file).not.toMatch(/\//);
	});

	it("of the repository are kept as the editor would write them", () => {
		const folder = path.resolve(import.meta.dirname, "../../flows");
		const kept = readdirSync(folder).filter((name) => isFlowFile(name) || name === orderFile);
		const files = new Map(kept.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
		const written = toFiles(fromFiles(files));
		expect(Object.fromEntries(written)).toEqual(Object.fromEntries(files));
	});
});
