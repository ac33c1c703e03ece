import { describe, expect, it } from "vitest";
import { allowed, type Health, mood, pushActions, type Row } from "./push.ts";

const push = (change: Partial<Row>): Row => ({ state: "REJECTED", number: "1", skipped: false, ...change }) as Row;

describe("what may be done about a push", () => {
	it.each([
		["sent again, asked for or given up when the ERP refused it", {}, ["retry", "verify", "skip"]],
		["only asked for once it is there", { state: "OK" }, ["verify"]],
		["only asked for while it is being sent", { state: "SENDING" }, ["verify"]],
		["taken up again when it was given up", { state: "PARKED", skipped: true }, ["retry", "verify"]],
		["not asked for without a number", { number: "" }, ["retry", "skip"]],
	] as const)("is that it is %s", (_what, change, actions) => {
		expect(pushActions.filter((action) => allowed([push(change)], action).length)).toEqual(actions);
	});
});

describe("an ERP", () => {
	const none = { PENDING: 0, SENDING: 0, OK: 0, REJECTED: 0, IN_DOUBT: 0, PARKED: 0 };
	const erp = (byState: Partial<Health["byState"]>, active = true): Health => ({
		...{ id: "c", name: "c", dialect: "qimen", active, lastOkAt: null },
		byState: { ...none, ...byState },
	});
	it.each([
		["off when its connection is switched off", erp({ REJECTED: 1 }, false), "off"],
		["quiet when nothing came to it", erp({}), "quiet"],
		["well when it took all", erp({ OK: 9 }), "good"],
		["in doubt when something waits", erp({ OK: 9, IN_DOUBT: 1 }), "doubtful"],
		["badly when it refused something", erp({ OK: 9, IN_DOUBT: 1, REJECTED: 1 }), "bad"],
	])("is %s", (_what, health, expected) => {
		expect(mood(health)).toBe(expected);
	});
});
