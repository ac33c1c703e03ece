import { describe, expect, it } from "vitest";
import { wireId } from "../services/replay/rig/messages.ts";
import { coverageOf } from "./flow-coverage.ts";

/** A way with two branches, and a node that nothing leads to. */
const tab = [
	{ id: "tab", type: "tab" },
	{ id: "about", type: "comment", z: "tab", wires: [] },
	{ id: "in", type: "order-in", z: "tab", wires: [["which"]] },
	{ id: "which", type: "switch", z: "tab", name: "which?", wires: [["ok"], ["ok", "other"]] },
	{ id: "ok", type: "ack", z: "tab", name: "", wires: [] },
	{ id: "other", type: "ack", z: "tab", name: "other", wires: [] },
	{ id: "erp", type: "erp-connection" },
];
const wires = (...taken: [from: string, port: number, to: string][]): Set<string> =>
	new Set(taken.map(([from, port, to]) => wireId(from, port, to)));

describe("coverageOf", () => {
	it("misses nothing where every wire was taken, and counts no comments and no configuration", () => {
		const all = wires(["in", 0, "which"], ["which", 0, "ok"], ["which", 1, "ok"], ["which", 1, "other"]);
		expect(coverageOf(tab, all)).toEqual({ nodes: 4, branches: 4, missing: [] });
	});

	it("names a node that no case reaches, and a branch between nodes that others reach", () => {
		expect(coverageOf(tab, wires(["in", 0, "which"], ["which", 0, "ok"])).missing).toEqual([
			'no case reaches ack "other" (other)',
			'no case goes from output 2 of switch "which?" (which) to ack (ok)',
		]);
	});

	it("misses every node of a tab without cases", () => {
		expect(coverageOf(tab, wires()).missing).toHaveLength(4);
	});
});
