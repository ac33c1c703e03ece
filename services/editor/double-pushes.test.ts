import { describe, expect, it } from "vitest";
import { doublePushes, doubleWords } from "./double-pushes.ts";
import type { FlowNode } from "./flow-files.ts";

/** A tab that brings ready orders to the configuration node `connection`; `over`: what is different about its nodes. */
function row(tab: string, connection: string, over: { tab?: object; entry?: object; push?: object } = {}): FlowNode[] {
	const own = { z: tab, name: "" };
	const entry = { shopId: "", subjects: "hub.order.ready", wires: [[`${tab}-map`]] };
	return [
		{ id: tab, type: "tab", label: `tab ${tab}`, ...over.tab },
		{ id: `${tab}-in`, type: "order-in", ...own, ...entry, ...over.entry },
		{ id: `${tab}-map`, type: "jsonata-map", ...own, wires: [[`${tab}-push`]] },
		{ id: `${tab}-push`, type: "erp-push", ...own, connection, wires: [[], [], []], ...over.push },
	];
}
const erp = (id: string, connectionId = id): FlowNode => ({ id, type: "erp-connection", connectionId });
const found = (...flows: FlowNode[][]) => doublePushes([erp("a"), erp("b"), erp("a-too", "a"), ...flows.flat()]);
const both = [
	[
		{ place: "tab 1 › 1-in", connection: "a" },
		{ place: "tab 2 › 2-in", connection: "b" },
	],
];

describe("doublePushes", () => {
	it("names both entries that bring the same orders to different connections", () => {
		expect(found(row("1", "a"), row("2", "b"))).toEqual(both);
		const named = row("2", "b", { entry: { name: "orders of Pdd", shopId: "pdd-1" } });
		expect(found(row("1", "a"), named)).toMatchObject([
			[{ place: "tab 1 › 1-in" }, { place: "tab 2 › orders of Pdd" }],
		]);
	});

	it.each<[string, Parameters<typeof row>[2]]>([
		["the second tab is disabled", { tab: { disabled: true } }],
		["its entry is disabled", { entry: { d: true } }],
		["a node on the way is disabled", { push: { d: true } }],
		["it takes other events", { entry: { subjects: "hub.order.changed" } }],
		["it pushes changes", { push: { kind: "change" } }],
		["it is the same connection", { push: { connection: "a-too" } }],
		["it reaches no push", { entry: { wires: [[]] } }],
	])("finds none where %s", (_what, over) => {
		expect(found(row("1", "a"), row("2", "b", over))).toEqual([]);
	});

	it("finds none where each has its own shop, but where they have the same", () => {
		const of = (tab: string, connection: string, shopId: string) => row(tab, connection, { entry: { shopId } });
		expect(found(of("1", "a", "s1"), of("2", "b", "s2"))).toEqual([]);
		expect(found(of("1", "a", "s1"), of("2", "b", "s1"))).toEqual(both);
	});

	it.each(["hub.order.held, hub.order.ready", "hub.order.*"])("knows that ready orders come with %s", (subjects) => {
		expect(found(row("1", "a"), row("2", "b", { entry: { subjects } }))).toEqual(both);
		const others = { type: "event-in", subjects: "hub.shipment.shipped", others: subjects };
		expect(found(row("1", "a"), row("2", "b", { entry: others }))).toEqual(both);
	});

	it("lets one entry share its orders out", () => {
		const push: FlowNode = { id: "other-push", type: "erp-push", z: "1", connection: "b", wires: [] };
		expect(found(row("1", "a", { entry: { wires: [["1-map"], ["other-push"]] } }), [push])).toEqual([]);
	});

	it("follows link nodes, also to another tab", () => {
		const linked = [
			...row("2", "b", { entry: { wires: [["out"]] } }),
			{ id: "3", type: "tab", label: "pushes" },
			{ id: "out", type: "link out", z: "2", mode: "link", links: ["in"] },
			{ id: "in", type: "link in", z: "3", links: ["out"], wires: [["call"]] },
			{ id: "call", type: "link call", z: "3", links: ["back"], wires: [["2-push"]] },
		];
		expect(found(row("1", "a"), linked)).toEqual(both);
	});

	it("follows messages into a subflow and out of it, by the instance they came in", () => {
		const subflow: FlowNode[] = [
			{ id: "sub", type: "subflow", in: [{ wires: [{ id: "inner" }] }], out: [{ wires: [{ id: "inner", port: 0 }] }] },
			{ id: "inner", type: "jsonata-map", z: "sub", wires: [[]] },
		];
		const use = (tab: string): FlowNode => ({
			id: `${tab}-use`,
			type: "subflow:sub",
			z: tab,
			wires: [[`${tab}-push`]],
		});
		const through = (tab: string, connection: string, shopId = "") => [
			...row(tab, connection, { entry: { shopId, wires: [[`${tab}-use`]] } }),
			use(tab),
		];
		expect(found(through("1", "a"), through("2", "b"), subflow)).toEqual(both);
		const third = row("3", "a", { entry: { shopId: "s1" } });
		expect(found(through("1", "a", "s1"), through("2", "b", "s2"), third, subflow)).toEqual([]);
		const inside: FlowNode = { id: "inner", type: "erp-push", z: "sub", connection: "b", wires: [] };
		const into = row("2", "a", { entry: { wires: [["2-use"]] } });
		expect(found(row("1", "a"), into, [subflow[0] as FlowNode, inside], [use("2")])).toEqual(both);
	});

	it("ends where messages go round", () => {
		expect(found(row("1", "a", { push: { wires: [["1-map"]] } }), row("2", "b"))).toEqual(both);
	});
});

describe("doubleWords", () => {
	it("says in both languages what is so and what to do", () => {
		const { zh, en } = doubleWords(found(row("1", "a"), row("2", "b")));
		expect(zh).toMatch(/^两个入口.*请停用其中一个.*\ntab 1 › 1-in \(a\) \+ tab 2 › 2-in \(b\)$/);
		expect(en).toMatch(/^Two entries .*: disable one.*\ntab 1 › 1-in \(a\) \+ tab 2 › 2-in \(b\)$/);
	});
});
