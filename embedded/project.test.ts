import { describe, expect, it } from "vitest";
import type { Doc, Value } from "./bson/values.ts";
import { compileProjection } from "./project.ts";

const doc: Doc = {
	_id: 1,
	a: 1,
	b: { c: 2, d: 3 },
	list: [1, 2, 3],
	lines: [{ sku: "A", qty: 2 }, { sku: "B", qty: 1 }, 5],
};

/** Entries, so that the order of fields counts. */
const entries = (value: Value): unknown => JSON.stringify(value);

describe("a projection of find", () => {
	it.each<[Doc, Doc]>([
		[{ a: 1 }, { _id: 1, a: 1 }],
		[{ a: 1, _id: 0 }, { a: 1 }],
		[{ _id: 1 }, { _id: 1 }],
		[{ "b.c": 1, _id: 0 }, { b: { c: 2 } }],
		[{ b: { c: 1 }, _id: 0 }, { b: { c: 2 } }],
		[{ "lines.sku": 1, _id: 0 }, { lines: [{ sku: "A" }, { sku: "B" }] }],
		[
			{ lines: 0, list: 0, "b.d": 0 },
			{ _id: 1, a: 1, b: { c: 2 } },
		],
		[
			{ "lines.qty": 0, a: 0, b: 0, list: 0 },
			{ _id: 1, lines: [{ sku: "A" }, { sku: "B" }, 5] },
		],
		[
			{ list: { $slice: -2 }, b: 0, lines: 0 },
			{ _id: 1, a: 1, list: [2, 3] },
		],
		[
			{ list: { $slice: [1, 1] }, a: 1 },
			{ _id: 1, a: 1, list: [2] },
		],
		[{ lines: { $elemMatch: { qty: 1 } } }, { _id: 1, lines: [{ sku: "B", qty: 1 }] }],
		[{ lines: { $elemMatch: { qty: 9 } } }, { _id: 1 }],
		[
			{ sum: { $add: ["$a", "$b.c"] }, a: 1 },
			{ _id: 1, a: 1, sum: 3 },
		],
		[{ x: "$b.c", _id: 0 }, { x: 2 }],
		[{ nothing: 1 }, { _id: 1 }],
	])("%o", (spec, expected) => {
		expect(entries(compileProjection(spec, "find")(doc))).toBe(entries(expected));
	});

	it("takes the element the filter found", () => {
		const project = compileProjection({ "lines.$": 1 }, "find");
		expect(project(doc, 1)).toEqual({ _id: 1, lines: [{ sku: "B", qty: 1 }] });
		expect(() => project(doc)).toThrow(expect.objectContaining({ code: 51246 }));
	});

	it.each<[Doc, number]>([
		[{ a: 1, b: 0 }, 31254],
		[{ a: 0, b: 1 }, 31253],
		[{ a: 1, "a.b": 1 }, 31249],
		[{ "a.b": 1, a: 1 }, 31250],
		[{ a: 0, b: "$a" }, 31252],
		[{ a: { $meta: "textScore" } }, 31325],
		[{ a: {} }, 51270],
		[{ "a..b": 1 }, 40352],
		[{ a: { $fantasy: 1 } }, 31325],
	])("%o is refused with code %i", (spec, code) => {
		expect(() => compileProjection(spec, "find")).toThrow(expect.objectContaining({ code }));
	});
});

describe("$project", () => {
	it("knows no $slice of find, but the expression of that name", () => {
		const project = compileProjection({ _id: 0, list: { $slice: ["$list", 1] } }, "aggregate");
		expect(project(doc)).toEqual({ list: [1] });
	});

	it("computes within every element of an array", () => {
		const project = compileProjection({ _id: 0, "lines.n": "$a" }, "aggregate");
		expect(project(doc)).toEqual({ lines: [{ n: 1 }, { n: 1 }, { n: 1 }] });
	});

	it("refuses an empty specification", () => {
		expect(() => compileProjection({}, "aggregate")).toThrow(expect.objectContaining({ code: 51272 }));
	});
});
