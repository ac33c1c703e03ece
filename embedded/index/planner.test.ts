import { describe, expect, it } from "vitest";
import { fuzzPlanner } from "../test/planner-fuzz.ts";

describe("planner", () => {
	it("finds the same documents, in the same order, with and without indexes", async () => {
		const { differences, ...counts } = await fuzzPlanner(20261125, 6);
		expect(differences).toEqual([]);
		expect(counts.byIndex).toBeGreaterThan(counts.queries / 2);
		expect(counts.sortedByIndex).toBeGreaterThan(50);
		expect(counts.withResults).toBeGreaterThan(counts.queries / 5);
	});
});
