import { readFileSync } from "node:fs";
import path from "node:path";
import type { Node, NodeAPI } from "node-red";
import { describe, expect, it } from "vitest";
import { pages } from "../../dashboard/pages.ts";
import register from "./ui-hub-page.ts";

const read = (...parts: string[]): string => readFileSync(path.join(import.meta.dirname, ...parts), "utf8");
const flow = JSON.parse(read("../../flows/dashboard.json")) as Record<string, unknown>[];

/** The node's constructor as Node-RED calls it, with one group there. */
function placed(group: string): { registered: unknown[]; status: unknown } {
	const found: { registered: unknown[]; status: unknown } = { registered: [], status: undefined };
	let make: ((this: Node, def: object) => void) | undefined;
	const there = { register: (_widget: unknown, def: unknown) => found.registered.push(def) };
	register({
		nodes: {
			createNode: () => undefined,
			getNode: (id: string) => (id === "there" ? there : null),
			registerType: (_type: string, maker: typeof make) => {
				make = maker;
			},
		},
	} as unknown as NodeAPI);
	const node = { status: (shown: unknown) => (found.status = shown) } as unknown as Node;
	make?.call(node, { id: "1", group, page: "orders" });
	return found;
}

describe("ui-hub-page", () => {
	it("puts its page into its group", () => {
		expect(placed("there")).toMatchObject({ registered: [{ page: "orders" }], status: undefined });
	});

	it("says on itself that it has no group", () => {
		expect(placed("elsewhere")).toMatchObject({ registered: [], status: { fill: "red" } });
	});

	it("offers every page there is, and the shipped flow has each at its address", () => {
		const names = pages.map(({ name }) => name);
		const offered = [...read("ui-hub-page.html").matchAll(/^\t{4}"(\w+)",$/gm)].map(([, name]) => name);
		expect(offered).toEqual(names);
		const addresses = new Map(flow.map((node) => [node.id, node]));
		const shipped = flow
			.filter(({ type }) => type === "ui-hub-page")
			.map(({ page, group }) => [page, addresses.get(addresses.get(group)?.page)?.path]);
		expect(shipped).toEqual(names.map((name) => [name, `/${name}`]));
	});
});
