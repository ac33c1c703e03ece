import { describe, expect, it } from "vitest";
import { differenceLine, differences } from "./case-diff.ts";

const lines = (expected: unknown, actual: unknown, partial?: boolean): string[] =>
	differences(expected, actual, partial).map(differenceLine);

describe("differences", () => {
	it("finds none between equal values, whatever the order of their keys", () => {
		expect(lines({ a: 1, b: [{ c: "x" }] }, { b: [{ c: "x" }], a: 1 })).toEqual([]);
	});

	it.each([
		[{ a: 1 }, { a: 2 }, ["a: expected 1, got 2"]],
		[{ a: { b: [1, 2] } }, { a: { b: [1] } }, ["a.b.length: expected 2, got 1", "a.b[1]: expected 2, got nothing"]],
		[{ a: 1 }, {}, ["a: expected 1, got nothing"]],
		[{}, { a: 1 }, ["a: expected nothing, got 1"]],
		[[], {}, ["(all): expected [], got {}"]],
		[{ a: "1" }, { a: 1 }, ['a: expected "1", got 1']],
	])("names the place of each, %#", (expected, actual, told) => {
		expect(lines(expected, actual)).toEqual(told);
	});

	it("lets a partial expectation leave keys out, but no members of a list", () => {
		expect(lines({ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }], d: 3 }, true)).toEqual([]);
		expect(lines({ a: [] }, { a: [1] }, true)).toEqual(["a.length: expected 0, got 1"]);
	});

	it("keeps the values of a place apart, for who shows them in a table", () => {
		expect(differences({ a: [1] }, { a: [2] })).toEqual([{ at: "a[0]", expected: 1, actual: 2 }]);
	});
});
