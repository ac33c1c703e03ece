import { describe, expect, it } from "vitest";
import { differences } from "./case-diff.ts";

describe("differences", () => {
	it("finds none between equal values, whatever the order of their keys", () => {
		expect(differences({ a: 1, b: [{ c: "x" }] }, { b: [{ c: "x" }], a: 1 })).toEqual([]);
	});

	it.each([
		[{ a: 1 }, { a: 2 }, ["a: expected 1, got 2"]],
		[{ a: { b: [1, 2] } }, { a: { b: [1] } }, ["a.b.length: expected 2, got 1", "a.b[1]: expected 2, got nothing"]],
		[{ a: 1 }, {}, ["a: expected 1, got nothing"]],
		[{}, { a: 1 }, ["a: expected nothing, got 1"]],
		[[], {}, ["(all): expected [], got {}"]],
		[{ a: "1" }, { a: 1 }, ['a: expected "1", got 1']],
	])("names the place of each, %#", (expected, actual, lines) => {
		expect(differences(expected, actual)).toEqual(lines);
	});

	it("lets a partial expectation leave keys out, but no members of a list", () => {
		expect(differences({ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }], d: 3 }, true)).toEqual([]);
		expect(differences({ a: [] }, { a: [1] }, true)).toEqual(["a.length: expected 0, got 1"]);
	});
});
