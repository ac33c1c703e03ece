import { describe, expect, it } from "vitest";
import type { Doc } from "../bson/values.ts";
import { expandPaths } from "./entries.ts";
import { EMPTY_ARRAY, type KeyValue } from "./keys.ts";

const expand = (doc: Doc, ...fields: string[]) =>
	expandPaths(
		doc,
		fields.map((field) => field.split(".")),
	);

describe("expandPaths", () => {
	it.each<[string, Doc, string[], KeyValue[][], number]>([
		["a plain field", { a: 1 }, ["a"], [[1]], 0],
		["a missing field as null", {}, ["a"], [[null]], 0],
		["a field inside documents", { a: { b: { c: 1 } } }, ["a.b.c"], [[1]], 0],
		["nothing below a scalar", { a: 5 }, ["a.b"], [[null]], 0],
		["each element of an array", { a: [1, 2] }, ["a"], [[1], [2]], 1],
		["an empty array", { a: [] }, ["a"], [[EMPTY_ARRAY]], 1],
		["an array within an array as a whole", { a: [[1, 2], 3] }, ["a"], [[[1, 2]], [3]], 1],
		["a field of each element", { a: [{ b: 1 }, { b: 2 }, 7] }, ["a.b"], [[1], [2], [null]], 1],
		["no field inside an empty array", { a: [] }, ["a.b"], [[null]], 1],
		["arrays at two depths", { a: [{ b: [1, 2] }, { b: 3 }] }, ["a.b"], [[1], [2], [3]], 1],
		[
			"two fields of the same elements together",
			{
				a: [
					{ b: 1, c: 2 },
					{ b: 3, c: 4 },
				],
			},
			["a.b", "a.c"],
			[
				[1, 2],
				[3, 4],
			],
			3,
		],
		[
			"a plain field beside an array",
			{ a: [1, 2], b: 9 },
			["b", "a"],
			[
				[9, 1],
				[9, 2],
			],
			2,
		],
	])("gives %s", (_, doc, fields, values, multikey) => {
		const expanded = expand(doc, ...fields);
		expect(expanded.entries.map((entry) => entry.values)).toEqual(values);
		expect(expanded.multikey).toBe(multikey);
	});

	it("counts the fields that are not there, for sparse indexes", () => {
		expect(expand({ a: 1 }, "a", "b").entries[0]?.missing).toBe(1);
		expect(expand({ list: [{ id: 1 }, {}] }, "list.id").entries.map(({ missing }) => missing)).toEqual([0, 1]);
		expect(expand({ a: null }, "a").entries[0]?.missing).toBe(0);
	});

	it("refuses two arrays side by side, as MongoDB does", () => {
		expect(() => expand({ a: [1], b: [2] }, "a", "b")).toThrow(expect.objectContaining({ code: 171 }));
	});
});
