import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type FlowNode, fromFiles, isFlowFile, toFiles } from "../services/editor/flow-files.ts";
import { dialects } from "../services/erp/dialects.ts";

const folder = path.join(import.meta.dirname, "examples");
const read = (...parts: string[]): string => readFileSync(path.join(import.meta.dirname, ...parts), "utf8");
const files = readdirSync(folder);
const idsIn = (text: string): string[] => (JSON.parse(text) as FlowNode[]).map(({ id }) => id);
const shipped = readdirSync(path.join(import.meta.dirname, "../flows")).filter(isFlowFile);
const taken = shipped.flatMap((name) => idsIn(read("../flows", name)));

describe("the examples", () => {
	it("are one for each ERP but 奇门, whose tabs are shipped", () => {
		const connections = files.flatMap((file) =>
			(JSON.parse(read("examples", file)) as FlowNode[]).filter(({ type }) => type === "erp-connection"),
		);
		const wanted = Object.keys(dialects).filter((dialect) => dialect !== "qimen");
		expect(connections.map(({ connectionId }) => connectionId).sort()).toEqual(
			wanted.map((dialect) => `${dialect}-demo`).sort(),
		);
	});

	it("share no id with each other or with what is shipped, so that the editor asks nothing when they are imported", () => {
		const ids = [...taken, ...files.flatMap((file) => idsIn(read("examples", file)))];
		expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
	});
});

describe.each(files)("the example %s", (file) => {
	const text = read("examples", file);
	const nodes = JSON.parse(text) as FlowNode[];
	const [tab] = nodes;

	it("is one tab that comes in switched off, for an order must not go to two ERPs", () => {
		expect(nodes.filter(({ type }) => type === "tab")).toEqual([tab]);
		expect(tab).toMatchObject({ type: "tab", disabled: true });
		expect(tab?.info).toMatch(/停用[\s\S]*disable/);
	});

	it("uses the shipped hub, and one connection for all it does", () => {
		const used = (field: string): unknown[] => [...new Set(nodes.flatMap((node) => node[field] ?? []))];
		expect(used("hub")).toEqual(["order-hub"]);
		expect(used("connection")).toEqual(nodes.filter(({ type }) => type === "erp-connection").map(({ id }) => id));
	});

	it("is kept as the editor would write it", () => {
		const name = `${tab?.id}.json`;
		expect(toFiles(fromFiles(new Map([[name, text]]))).get(name)).toBe(text);
	});
});
