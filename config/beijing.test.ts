import { describe, expect, it } from "vitest";
import { beijingMidnight, fromBeijing, toBeijing } from "./beijing.ts";

describe("Beijing time", () => {
	it.each([
		["2026-03-18 08:47:10", "2026-03-18T00:47:10.000Z"],
		["2026-01-01 00:00:00", "2025-12-31T16:00:00.000Z"],
		["2024-02-29 23:59:59", "2024-02-29T15:59:59.000Z"],
	])("%s is %s, and back", (wallClock, instant) => {
		expect(fromBeijing(wallClock)?.toISOString()).toBe(instant);
		expect(toBeijing(new Date(instant))).toBe(wallClock);
	});

	it.each(["", "2026-02-30 00:00:00", "2026-13-01 00:00:00", "2026-03-18T08:47:10", "2026-03-18", "0"])(
		"%s is no time",
		(text) => {
			expect(fromBeijing(text)).toBeNull();
		},
	);

	it("cuts milliseconds off", () => {
		expect(toBeijing(new Date("2026-03-18T00:47:10.999Z"))).toBe("2026-03-18 08:47:10");
	});

	it.each([
		["2026-03-18T00:47:10.999Z", "2026-03-17T16:00:00.000Z"],
		["2026-03-17T15:59:59.999Z", "2026-03-16T16:00:00.000Z"],
		["2026-03-17T16:00:00.000Z", "2026-03-17T16:00:00.000Z"],
	])("the day of %s began at %s", (instant, midnight) => {
		expect(beijingMidnight(new Date(instant)).toISOString()).toBe(midnight);
	});
});
