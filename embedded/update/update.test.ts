import { describe, expect, it } from "vitest";
import { encode } from "../bson/encode.ts";
import { Decimal128, type Doc, Double, type Value } from "../bson/values.ts";
import { compileUpdate } from "./update.ts";
import { checkId, ensureId, upsertSeed } from "./upsert.ts";

const now = new Date("2026-01-02T03:04:05.678Z");

function apply(
	doc: Doc,
	update: Value,
	{ position = -1, insert = false, arrayFilters = undefined as Value } = {},
): Doc {
	const before = encode(doc);
	const result = compileUpdate(update, arrayFilters).apply(doc, { position, insert, now });
	expect(encode(doc).equals(before), "the given document stays as it was").toBe(true);
	return result;
}

/** With every number type told apart. */
const bytes = (doc: Doc): string => encode(doc).toString("hex");

describe("update operators", () => {
	it.each<[title: string, doc: Doc, update: Doc, expected: Doc]>([
		["$set makes what is missing on the way", {}, { $set: { "a.b.c": 1 } }, { a: { b: { c: 1 } } }],
		["$set fills an array up to the index", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
		[
			"new fields come in the order of their paths",
			{},
			{ $set: { b: 1, "a.10": 1, "a.9": 1 } },
			{ a: { 9: 1, 10: 1 }, b: 1 },
		],
		["$unset leaves null in an array", { a: [1, 2] }, { $unset: { "a.0": "" } }, { a: [null, 2] }],
		["$unset passes over dead ends", { a: 1 }, { $unset: { "a.b": "" } }, { a: 1 }],
		["$inc keeps the stronger type", { a: 1 }, { $inc: { a: 2n } }, { a: 3n }],
		["$inc widens an int", { a: 2147483647 }, { $inc: { a: 1 } }, { a: 2147483648n }],
		["$inc starts at nothing", {}, { $inc: { "n.m": new Double(2) } }, { n: { m: new Double(2) } }],
		["$mul makes a zero of its type", {}, { $mul: { a: 5n } }, { a: 0n }],
		["$min takes the smaller, across types", { a: "x" }, { $min: { a: 9 } }, { a: 9 }],
		["$max keeps the greater", { a: 5 }, { $max: { a: 4 } }, { a: 5 }],
		["$rename moves the value", { a: { b: 1 }, c: 2 }, { $rename: { "a.b": "d" } }, { a: {}, c: 2, d: 1 }],
		["$rename of nothing does nothing", { c: 2 }, { $rename: { a: "d" } }, { c: 2 }],
		["$setOnInsert waits for an insert", { a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
		["$currentDate writes dates", {}, { $currentDate: { a: true, b: { $type: "date" } } }, { a: now, b: now }],
		["$push appends", { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
		[
			"$push with all its clauses",
			{ a: [5, 1] },
			{ $push: { a: { $each: [3, 4], $position: 0, $sort: -1, $slice: 3 } } },
			{ a: [5, 4, 3] },
		],
		[
			"$push keeps the last with a negative slice",
			{ a: [1, 2] },
			{ $push: { a: { $each: [3], $slice: -2 } } },
			{ a: [2, 3] },
		],
		[
			"$push sorts documents by fields",
			{ a: [{ p: 2, q: 1 }] },
			{ $push: { a: { $each: [{ p: 1 }, { p: 2, q: 0 }], $sort: { p: -1, q: 1 } } } },
			{ a: [{ p: 2, q: 0 }, { p: 2, q: 1 }, { p: 1 }] },
		],
		[
			"$addToSet compares by value",
			{ a: [1, { x: 1 }] },
			{ $addToSet: { a: { $each: [1n, { x: 1n }, 2, 2] } } },
			{ a: [1, { x: 1 }, 2] },
		],
		["$pop takes an end", { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
		["$pull by value", { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
		["$pull by operators", { a: [1, 5, "x"] }, { $pull: { a: { $gt: 3 } } }, { a: [1, "x"] }],
		[
			"$pull by fields, others allowed",
			{ a: [{ id: 1, n: 2 }, { id: 2 }] },
			{ $pull: { a: { id: 1 } } },
			{ a: [{ id: 2 }] },
		],
		[
			"$pullAll compares whole values",
			{ a: [{ id: 1, n: 2 }, 7] },
			{ $pullAll: { a: [{ id: 1 }, 7] } },
			{ a: [{ id: 1, n: 2 }] },
		],
	])("%s", (_, doc, update, expected) => {
		expect(bytes(apply(doc, update))).toBe(bytes(expected));
	});

	it.each<[Doc, Doc]>([
		[{ a: 1 }, { $set: { a: 1 } }],
		[{ a: [1] }, { $addToSet: { a: 1n } }],
		[{ a: [1] }, { $pull: { a: 2 } }],
		[{ a: 1 }, { $unset: { b: "" } }],
		[{ a: 1 }, { $max: { a: 0 } }],
		[{ _id: 1, a: 1 }, { a: 1 }],
	])("%o is the same object after %o", (doc, update) => {
		expect(apply(doc, update)).toBe(doc);
	});

	it("takes 1 and 1.0 for a change", () => {
		const doc = { a: 1 };
		expect(apply(doc, { $set: { a: new Double(1) } })).not.toBe(doc);
	});

	it("writes to the element the filter found", () => {
		expect(apply({ a: [{ n: 1 }, { n: 2 }] }, { $inc: { "a.$.n": 5 } }, { position: 1 })).toEqual({
			a: [{ n: 1 }, { n: 7 }],
		});
	});

	it("writes to all elements, and to those an array filter accepts", () => {
		const doc = { a: [{ n: 1 }, { n: 2 }] };
		expect(apply(doc, { $inc: { "a.$[].n": 1 } })).toEqual({ a: [{ n: 2 }, { n: 3 }] });
		const arrayFilters = [{ "line.n": { $gt: 1 } }];
		expect(apply(doc, { $set: { "a.$[line].ok": true } }, { arrayFilters })).toEqual({
			a: [{ n: 1 }, { n: 2, ok: true }],
		});
	});

	it.each<[title: string, doc: Doc, update: Value, code: number, arrayFilters?: Value]>([
		["an unknown operator", {}, { $foo: { a: 1 } }, 9],
		["a field beside operators", {}, { $set: { a: 1 }, b: 1 }, 9],
		["an operand that is no document", {}, { $set: 1 }, 9],
		["an empty path", {}, { $set: { "": 1 } }, 56],
		["an empty part", {}, { $set: { "a..b": 1 } }, 56],
		["a dollar field", {}, { $set: { $a: 1 } }, 52],
		["the same path twice", {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
		["a path within another", {}, { $set: { a: 1, "a.b": 1 } }, 40],
		["a path into null", { a: null }, { $set: { "a.b": 1 } }, 28],
		["a path into a scalar for $push", { a: 1 }, { $push: { "a.b": 1 } }, 28],
		["a name in an array", { a: [1] }, { $set: { "a.b": 1 } }, 28],
		["$pull past a dead end", { a: 1 }, { $pull: { "a.b": 1 } }, 28],
		["$inc of a decimal", { a: Decimal128.fromString("1") }, { $inc: { a: 1 } }, 2],
		["$currentDate of a timestamp", {}, { $currentDate: { a: { $type: "timestamp" } } }, 2],
		["$inc of a string", { a: "1" }, { $inc: { a: 1 } }, 14],
		["$inc by a string", {}, { $inc: { a: "1" } }, 14],
		["$inc past 64 bits", { a: 2n ** 63n - 1n }, { $inc: { a: 1 } }, 2],
		["$push to a scalar", { a: 1 }, { $push: { a: 1 } }, 2],
		["$addToSet to a scalar", { a: 1 }, { $addToSet: { a: 1 } }, 2],
		["$pop of a scalar", { a: 1 }, { $pop: { a: 1 } }, 14],
		["$pop of 2", { a: [] }, { $pop: { a: 2 } }, 9],
		["$push with an unknown clause", {}, { $push: { a: { $each: [], $first: 1 } } }, 2],
		["$rename onto itself", {}, { $rename: { a: "a" } }, 2],
		["$rename within an array", { a: [{ b: 1 }] }, { $rename: { "a.0.b": "c" } }, 2],
		["$ without a match", { a: [1] }, { $set: { "a.$": 1 } }, 2],
		["$[] on a scalar", { a: 1 }, { $set: { "a.$[]": 1 } }, 2],
		["an identifier without array filter", { a: [1] }, { $set: { "a.$[x]": 1 } }, 2],
		["an unused array filter", { a: [1] }, { $set: { a: 1 } }, 9, [{ x: 1 }]],
		["an array filter on two names", { a: [1] }, { $set: { "a.$[x]": 1 } }, 9, [{ x: 1, y: 1 }]],
		["two array filters of one name", { a: [1] }, { $set: { "a.$[x]": 1 } }, 9, [{ x: 1 }, { x: 2 }]],
		["a changed _id", { _id: 1 }, { $set: { _id: 2 } }, 66],
		["a replacement with another _id", { _id: 1 }, { _id: 2 }, 66],
		["a stage that is not for updates", {}, [{ $match: {} }], 72],
	])("%s is refused", (_, doc, update, code, arrayFilters) => {
		expect(() => apply(doc, update, { arrayFilters })).toThrow(expect.objectContaining({ code }));
	});
});

describe("other forms of updates", () => {
	it("a replacement keeps _id and nothing else", () => {
		expect(Object.entries(apply({ a: 1, _id: 7, b: 2 }, { c: 3 }))).toEqual([
			["_id", 7],
			["c", 3],
		]);
	});

	it("a pipeline computes from the document", () => {
		const stages = [{ $set: { total: { $sum: "$lines.n" } } }, { $unset: "lines" }];
		expect(apply({ _id: 1, lines: [{ n: 1 }, { n: 2 }] }, stages)).toEqual({ _id: 1, total: 3 });
	});

	it("a pipeline that drops _id does not lose it", () => {
		expect(apply({ _id: 1, a: 2 }, [{ $replaceWith: { b: "$a" } }])).toEqual({ _id: 1, b: 2 });
	});
});

describe("upserts", () => {
	it.each<[Doc, Doc]>([
		[
			{ a: 1, b: { $gt: 2 }, "c.d": "x" },
			{ a: 1, c: { d: "x" } },
		],
		[{ $and: [{ a: { $eq: 1 } }, { b: { $in: [2] } }] }, { a: 1, b: 2 }],
		[{ $or: [{ a: 1 }] }, { a: 1 }],
		[{ $or: [{ a: 1 }, { a: 2 }] }, {}],
		[{ a: { $in: [1, 2] }, b: { $all: [3] } }, { b: 3 }],
	])("%o starts from %o", (filter, seed) => {
		expect(upsertSeed(filter, false)).toEqual(seed);
	});

	it("a replacement takes only _id from the filter", () => {
		expect(upsertSeed({ _id: 1, a: 2 }, true)).toEqual({ _id: 1 });
	});

	it.each<[Doc]>([[{ a: 1, $and: [{ a: 2 }] }], [{ a: { b: 1 }, "a.c": 2 }]])("%o fixes a field twice", (filter) => {
		expect(() => upsertSeed(filter, false)).toThrow(expect.objectContaining({ code: 54 }));
	});

	it("$setOnInsert counts on insert", () => {
		expect(apply({ k: 1 }, { $setOnInsert: { a: 1 }, $inc: { n: 1 } }, { insert: true })).toEqual({ k: 1, a: 1, n: 1 });
	});

	it("puts _id first and makes one where there is none", () => {
		expect(Object.keys(ensureId({ a: 1, _id: 2 }))).toEqual(["_id", "a"]);
		expect(Object.keys(ensureId({ a: 1 }))).toEqual(["_id", "a"]);
		expect(ensureId({ _id: null, a: 1 })._id).toBeNull();
	});

	it.each<[Value, number]>([
		[[1], 53],
		[{ $a: 1 }, 52],
	])("%o can't be an _id", (id, code) => {
		expect(() => checkId(id)).toThrow(expect.objectContaining({ code }));
	});
});
