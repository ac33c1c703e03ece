import { expect, it } from "vitest";
import { flowDifference } from "./flow-difference.ts";

it("tells which nodes came, went and changed, setting by setting", () => {
	const map = { id: "map", type: "jsonata-map", z: "tab", name: "to ERP", file: "qimen/order", wires: [["push"]] };
	const before = [{ id: "tab", type: "tab", label: "orders" }, map, { id: "old", type: "debug", z: "tab" }];
	const after = [before[0] ?? map, { ...map, file: "wdt/order" }, { id: "new", type: "ack", z: "tab" }];
	expect(flowDifference(before, after)).toEqual([
		"+ ack new on tab",
		"- debug old on tab",
		'~ jsonata-map map on tab "to ERP": file: "qimen/order" → "wdt/order"',
	]);
	expect(flowDifference(after, after)).toEqual([]);
});
