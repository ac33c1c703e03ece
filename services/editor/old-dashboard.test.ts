import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { FlowNode } from "./flow-files.ts";
import { withTodaysDashboard } from "./old-dashboard.ts";

const shipped = JSON.parse(
	readFileSync(path.resolve(import.meta.dirname, "../../flows/dashboard.json"), "utf8"),
) as FlowNode[];
const own: FlowNode[] = [
	{ id: "mine", type: "tab", label: "mine" },
	{ id: "mine-1", type: "comment", z: "mine" },
];
const old: FlowNode[] = [
	{ id: "dashboard", type: "tab", label: "工作台" },
	{ id: "dashboard-base", type: "ui-base" },
	{ id: "dashboard-page", type: "ui-page", ui: "dashboard-base" },
	{ id: "dashboard-desk", type: "desk", z: "dashboard" },
	{ id: "dashboard-cards", type: "ui-template", z: "dashboard" },
];

describe("a data folder with the dashboard of before", () => {
	it("gets today's pages, and keeps every other flow", () => {
		expect(withTodaysDashboard([...old, ...own], shipped)).toEqual([...own, ...shipped]);
	});

	it("keeps no node of the type that is gone, wherever it was put", () => {
		const elsewhere = { id: "mine-2", type: "desk", z: "mine" };
		const now = withTodaysDashboard([...own, elsewhere], shipped) ?? [];
		expect(now.map(({ type }) => type)).not.toContain("desk");
		expect(now).toEqual(expect.arrayContaining(own));
	});

	it("is left alone when it has today's", () => {
		expect(withTodaysDashboard([...own, ...shipped], shipped)).toBeNull();
	});
});
