import { describe, expect, it } from "vitest";
import { routes } from "../../config/roles.ts";
import { type ActionName, actionNames, actions, isPossible } from "./actions.ts";
import type { OrderRow } from "./order.ts";
import { sampleRow } from "./sample-order.ts";

const at = "2026-11-11T00:00:06.000Z";
const erp = (state: OrderRow["erp"]["state"]) => ({ ...sampleRow().erp, state });
const held = (reason: OrderRow["holds"][number]["reason"], by: string): Partial<OrderRow> => ({
	ready: false,
	holds: [{ reason, at, by }],
});

describe("what may be done with an order", () => {
	it.each(actionNames)("%s has a route", (name) => {
		const [method, path] = actions[name].route;
		expect(routes.some((each) => each.method === method && each.path === path)).toBe(true);
	});

	it.each<[string, Partial<OrderRow>, ActionName[]]>([
		["waits to be pushed", {}, ["repush", "ship", "hold", "remark", "tag", "close"]],
		["was stopped by a rule", held("MANUAL", "rule:大额"), ["audit", "hold", "remark", "tag", "close"]],
		["is held by a person", held("MANUAL", "user:admin"), ["release", "hold", "remark", "tag", "close"]],
		["has a SKU that nobody linked", held("SKU_UNMATCHED", "platform"), ["rematch", "hold", "remark", "tag", "close"]],
		["has a refund that its buyer applied for", held("REFUND_APPLIED", "platform"), ["hold", "remark", "tag", "close"]],
		["goes to another address now", held("ADDRESS_CHANGED", "platform"), ["release", "hold", "remark", "tag", "close"]],
		["is in the ERP", { erp: erp("OK") }, ["ship", "hold", "remark", "tag"]],
		["may be in the ERP", { erp: erp("IN_DOUBT") }, ["verify", "repush", "ship", "hold", "remark", "tag"]],
		["has a tag", { status: "SHIPPED", ready: false, tags: ["加急"] }, ["remark", "tag", "untag"]],
		["is shipped", { status: "SHIPPED", ready: false }, ["remark", "tag"]],
		[
			"was given up in the hub",
			{ ...held("MANUAL", "user:admin"), closedInHub: { at, by: "user:admin" } },
			["remark", "tag", "reopen"],
		],
	])("that %s", (_name, change, expected) => {
		const order = sampleRow(change);
		expect(actionNames.filter((name) => isPossible(name, order))).toEqual(expected);
	});
});
