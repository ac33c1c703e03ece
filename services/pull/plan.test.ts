import { describe, expect, it } from "vitest";
import type { PullRules } from "../platform/adapter.ts";
import { halfOf, lostStretch, nextWindow, windowsOf } from "./plan.ts";

const rules: PullRules = {
	windowMs: 30 * 60_000,
	lagMs: 1_000,
	overlapMs: 120_000,
	pageSize: 50,
	historyMs: 90 * 24 * 3_600_000,
	mostRows: 10_000,
	rereadOpenMs: null,
};
const at = (time: string): Date => new Date(`2026-03-18T${time}Z`);

describe("nextWindow", () => {
	it.each([
		["a moment after the last", "08:00:00", "08:00:05.900", ["07:58:00", "08:00:04"]],
		["as long as allowed after an outage", "06:00:00", "08:00:00", ["05:58:00", "06:28:00"]],
		["up to now at the end of an outage", "07:40:00", "08:00:00", ["07:38:00", "07:59:59"]],
	])("is %s", (_what, readTo, now, [from, to]) => {
		expect(nextWindow(at(readTo), rules, at(now))).toEqual({ from: at(from as string), to: at(to as string) });
	});

	it.each([
		["08:00:00", "08:00:00"],
		["08:00:00", "08:00:00.999"],
		["08:00:00", "08:00:01"], // the second that is not over yet is left alone
		["08:00:00", "07:00:00"], // the platform's clock went back
	])("is none when read to %s at %s", (readTo, now) => {
		expect(nextWindow(at(readTo), rules, at(now))).toBeNull();
	});

	it("always gets further", () => {
		let readTo = at("00:00:00");
		const now = at("12:00:00");
		let windows = 0;
		for (let next = nextWindow(readTo, rules, now); next; next = nextWindow(readTo, rules, now)) {
			expect(next.from.getTime()).toBeLessThan(readTo.getTime());
			expect(next.to.getTime()).toBeGreaterThan(readTo.getTime());
			expect(next.to.getTime() - next.from.getTime()).toBeLessThanOrEqual(rules.windowMs);
			readTo = next.to;
			windows += 1;
		}
		expect(readTo).toEqual(at("11:59:59"));
		expect(windows).toBe(26);
	});

	it("never asks for what the platform no longer keeps", () => {
		const longAgo = new Date("2025-01-01T00:00:00Z");
		const now = at("08:00:00");
		const window = nextWindow(longAgo, rules, now);
		expect(window?.from.getTime()).toBeGreaterThan(now.getTime() - rules.historyMs);
		expect(lostStretch(longAgo, rules, now)).toEqual({ from: longAgo, to: window?.from });
		expect(lostStretch(at("07:00:00"), rules, now)).toBeNull();
	});
});

describe("windowsOf", () => {
	it("cuts a range into windows without a gap", () => {
		const windows = windowsOf({ from: at("06:00:00"), to: at("07:10:00.500") }, rules);
		expect(windows).toEqual([
			{ from: at("06:00:00"), to: at("06:30:00") },
			{ from: at("06:30:00"), to: at("07:00:00") },
			{ from: at("07:00:00"), to: at("07:10:00") },
		]);
	});

	it("makes none of less than a second", () => {
		expect(windowsOf({ from: at("06:00:00"), to: at("06:00:00.900") }, rules)).toEqual([]);
	});
});

describe("halfOf", () => {
	it("cuts a window at a whole second", () => {
		const half = { from: at("06:00:00"), to: at("06:00:01") };
		expect(halfOf({ from: at("06:00:00"), to: at("06:00:03") })).toEqual(half);
	});

	it("leaves a window of one second as it is", () => {
		expect(halfOf({ from: at("06:00:00"), to: at("06:00:01") })).toBeNull();
	});
});
