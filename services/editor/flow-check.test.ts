import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flowProblems } from "./flow-check.ts";
import { type FlowNode, fromFiles, isFlowFile } from "./flow-files.ts";

const flows: FlowNode[] = [
	{ id: "tab", type: "tab", label: "orders" },
	{ id: "a", type: "order-in", z: "tab", wires: [["b"], []] },
	{ id: "b", type: "function", z: "tab", func: "return msg;", wires: [[]] },
	{ id: "far", type: "tab", label: "far" },
	{ id: "c", type: "function", z: "far", wires: [[]] },
	{ id: "erp", type: "erp-connection", connectionId: "generic-demo" },
];
const changed = (id: string, over: object): FlowNode[] =>
	flows.map((node) => (node.id === id ? { ...node, ...over } : node));

describe("flowProblems", () => {
	it("finds none in flows that are in order", () => {
		expect(flowProblems(flows)).toEqual([]);
	});

	it("finds none in the flows of the repository", () => {
		const files = readdirSync("flows").filter(isFlowFile);
		expect(
			flowProblems(fromFiles(new Map(files.map((name) => [name, readFileSync(`flows/${name}`, "utf8")])))),
		).toEqual([]);
	});

	it.each([
		[changed("b", { id: "a", wires: [] }), "function a: the id is taken already"],
		[changed("b", { z: "gone" }), "function b: no tab gone"],
		[changed("b", { z: "a" }), "function b: no tab a"],
		[changed("b", { wires: [["nobody"]] }), "function b: wired to nobody, which is not on its tab"],
		[changed("b", { wires: [["c"]] }), "function b: wired to c, which is not on its tab"],
		[changed("b", { id: "" }), "a node without id or type on tab"],
		[changed("erp", { credentials: { key: "x" } }), "erp-connection erp: credentials.key looks like a secret"],
		[changed("erp", { appSecret: "x" }), "erp-connection erp: appSecret looks like a secret"],
		[changed("b", { env: [{ password: "x" }] }), "function b: env[0].password looks like a secret"],
		[changed("b", { func: "msg.headers = { a: 'Bearer abcdefgh12345' }" }), "function b: func looks like a secret"],
		[changed("b", { url: "https://me:pw@erp.example/" }), "function b: url looks like a secret"],
		[changed("b", { cert: "-----BEGIN RSA PRIVATE KEY-----" }), "function b: cert looks like a secret"],
	])("names the node and what is wrong with it, %#", (wrong, problem) => {
		expect(flowProblems(wrong)).toContain(problem);
	});

	it("does not take empty values and words about secrets for secrets", () => {
		expect(flowProblems(changed("b", { token: "", info: "The secret is kept in the connection." }))).toEqual([]);
	});
});
