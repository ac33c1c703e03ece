import { describe, expect, it } from "vitest";
import { daysOf } from "./day-by-day.ts";

const shown = (from: string, to: string): string[] =>
	daysOf({ from: new Date(from), to: new Date(to) }).map((day) => `${day.from.toISOString()} ${day.to.toISOString()}`);

describe("the Beijing days of a stretch", () => {
	it("are whole, from the one it begins in to the one it ends in", () => {
		expect(shown("2026-01-01T15:59:59Z", "2026-01-01T16:00:01Z")).toEqual([
			"2025-12-31T16:00:00.000Z 2026-01-01T16:00:00.000Z",
			"2026-01-01T16:00:00.000Z 2026-01-02T16:00:00.000Z",
		]);
	});

	it("do not hold one that begins when it ends", () => {
		expect(shown("2026-01-01T16:00:00Z", "2026-01-02T16:00:00Z")).toHaveLength(1);
	});
});
