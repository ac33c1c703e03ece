import { describe, expect, it } from "vitest";
import { type HourState, lagColour, runsOf, spanWords } from "./readings.ts";

const hours = (...states: HourState[]) => states.map((state, at) => ({ at: `2026-01-01T0${at}:00:00Z`, state }));

describe("what was read of each hour", () => {
	it("is told in runs of hours that are alike", () => {
		expect(runsOf(hours("NONE", "DONE", "DONE", "GAP", "DONE"))).toEqual([
			{ state: "NONE", from: "2026-01-01T00:00:00Z", hours: 1 },
			{ state: "DONE", from: "2026-01-01T01:00:00Z", hours: 2 },
			{ state: "GAP", from: "2026-01-01T03:00:00Z", hours: 1 },
			{ state: "DONE", from: "2026-01-01T04:00:00Z", hours: 1 },
		]);
		expect(runsOf([])).toEqual([]);
	});

	it.each([
		[null, 30, "grey"],
		[40, 30, "green"],
		[901, 30, "orange"],
		[901, 3_600, "green"],
		[3_601, 30, "red"],
		[100_000, 3_600, "red"],
	])("%s s behind at a pace of %i s is %s", (lag, every, colour) => {
		expect(lagColour(lag, every)).toBe(colour);
	});

	it.each([
		[0, "0 秒"],
		[119, "119 秒"],
		[420, "7 分"],
		[10_800, "3 小时"],
		[300_000, "3 天"],
	])("%i seconds read as %s", (seconds, words) => {
		expect(spanWords(seconds)[0]).toBe(words);
	});
});
