import { describe, expect, it } from "vitest";
import { BSONRegExp, type Doc, Double, MaxKey, MinKey, type Value } from "../bson/values.ts";
import { newScope } from "../expression/operator.ts";
import { compileFilter } from "./filter.ts";

const matches = (filter: Doc, doc: Doc): boolean => compileFilter(filter)(doc, null);

describe("a filter", () => {
	it.each<[Doc, Doc, boolean]>([
		// null and missing
		[{ a: null }, {}, true],
		[{ a: null }, { a: null }, true],
		[{ a: null }, { a: 0 }, false],
		[{ "a.b": null }, { a: 1 }, true],
		[{ "a.b": null }, { a: [1] }, false],
		[{ "a.b": null }, { a: [{}] }, true],
		[{ a: { $exists: false } }, { a: null }, false],
		[{ a: { $gte: null } }, {}, true],
		[{ a: { $gt: null } }, { a: 1 }, false],
		// numbers of any type
		[{ a: 1 }, { a: 1n }, true],
		[{ a: { $in: [1n] } }, { a: new Double(1) }, true],
		[{ a: { $in: [2n ** 53n + 1n] } }, { a: 2 ** 53 }, false],
		[{ a: { $lt: 5 } }, { a: "4" }, false],
		[{ a: { $lt: 5 } }, { a: Number.NaN }, false],
		[{ a: { $gte: Number.NaN } }, { a: Number.NaN }, true],
		// every class
		[{ a: { $gt: new MinKey() } }, { a: "x" }, true],
		[{ a: { $lt: new MaxKey() } }, {}, false],
		// arrays
		[{ a: 1 }, { a: [1, 2] }, true],
		[{ a: [1, 2] }, { a: [1, 2] }, true],
		[{ a: [1, 2] }, { a: [[1, 2]] }, true],
		[{ a: { $ne: 1 } }, { a: [1, 2] }, false],
		[{ a: { $gt: 1, $lt: 2 } }, { a: [0, 3] }, true], // by different elements
		[{ a: { $elemMatch: { $gt: 1, $lt: 2 } } }, { a: [0, 3] }, false],
		[{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1 }, { c: 2 }] }, false],
		[{ a: { $elemMatch: { $elemMatch: { $gt: 1 } } } }, { a: [[2]] }, true],
		[{ "a.b": 1 }, { a: [{ b: 0 }, { b: [1] }] }, true],
		[{ "a.0.b": 1 }, { a: [{ b: 1 }] }, true],
		[{ "a.0": 1 }, { a: [[1]] }, false], // found by index: not searched
		[{ "a.0": 1 }, { a: [{ 0: 1 }] }, true],
		[{ a: { $all: [1, 2] } }, { a: [2, 3, 1] }, true],
		[{ a: { $all: [1] } }, { a: 1 }, true],
		[{ a: { $all: [] } }, { a: [] }, false],
		[{ a: { $size: 0 } }, { a: [] }, true],
		// documents compare field by field, in order
		[{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, false],
		[{ a: {} }, { a: {} }, true],
		[{ a: { $ref: "c", $id: 1 } }, { a: { $ref: "c", $id: 1 } }, true],
		// types
		[{ a: { $type: "number" } }, { a: 1n }, true],
		[{ a: { $type: ["string", 10] } }, { a: null }, true],
		[{ a: { $type: "array" } }, { a: [1] }, true],
		[{ a: { $type: "long" } }, { a: 1 }, false],
		// strings
		[{ a: { $regex: "^AB", $options: "i" } }, { a: ["x", "abc"] }, true],
		[{ a: new BSONRegExp("^b") }, { a: "ab" }, false],
		[{ a: { $in: [new BSONRegExp("^a"), "z"] } }, { a: "abc" }, true],
		[{ a: { $not: new BSONRegExp("^a") } }, {}, true],
		// arithmetic
		[{ a: { $mod: [3, 1] } }, { a: 7.9 }, true],
		// logic
		[{ $or: [{ a: 1 }, { b: 2 }] }, { b: 2 }, true],
		[{ $nor: [{ a: 1 }, { b: 2 }] }, { b: 2 }, false],
		[{ $and: [{ a: 1 }, { $or: [{ b: 2 }, { b: 3 }] }] }, { a: 1, b: 3 }, true],
		[{ a: { $not: { $gt: 1, $lt: 5 } } }, { a: 7 }, true],
		[{ $expr: { $gt: ["$a", "$b"] } }, { a: 2, b: 1 }, true],
		[{ $comment: "why", a: { $eq: 1, $comment: "how" } }, { a: 1 }, true],
	])("%o on %o is %s", (filter, doc, expected) => {
		expect(matches(filter, doc)).toBe(expected);
	});

	it.each<[Doc, Doc, number]>([
		[{ a: 2 }, { a: [1, 2, 2] }, 1],
		[{ a: { $elemMatch: { $gte: 2 } } }, { a: [1, 5] }, 1],
		[{ "a.b": { $gt: 1 } }, { a: [{ b: 1 }, { b: [0, 2] }] }, 1],
		[{ "a.b": { $elemMatch: { c: 1 } } }, { a: { b: [{}, { c: 1 }] } }, 1],
		[{ x: 1, a: 3 }, { x: 1, a: [1, 3] }, 1],
		[{ $and: [{ a: 3 }] }, { a: [1, 3] }, 1],
		[{ a: { $ne: 9 } }, { a: [1] }, -1],
		[{ a: 1 }, { a: 1 }, -1],
	])("%o on %o points the positional operator at %i", (filter, doc, index) => {
		const position = { index: -1 };
		expect(compileFilter(filter)(doc, position)).toBe(true);
		expect(position.index).toBe(index);
	});

	it.each<[Doc, string]>([
		[{ a: { $near: 1 } }, "unknown operator: $near"],
		[{ a: { $gt: 1, b: 2 } }, "unknown operator: b"],
		[{ $where: "1" }, "$where is not supported"],
		[{ a: { $bitsAllSet: 1 } }, "unknown operator: $bitsAllSet"],
		[{ $jsonSchema: {} }, "$jsonSchema is not supported"],
		[{ $foo: 1 }, "unknown top level operator: $foo"],
		[{ $or: [] }, "$or must be a nonempty array"],
		[{ $and: [1] }, "$and entries need to be full objects"],
		[{ a: { $in: 1 } }, "$in needs an array"],
		[{ a: { $in: [{ $gt: 1 }] } }, "cannot nest $ under $in"],
		[{ a: { $not: {} } }, "$not cannot be empty"],
		[{ a: { $not: 1 } }, "$not needs a regex or a document"],
		[{ a: { $elemMatch: 1 } }, "$elemMatch needs an Object"],
		[{ a: { $type: "text" } }, "Unknown type name alias: text"],
		[{ a: { $size: 1.5 } }, "Expected an integer from 0 on"],
		[{ a: { $mod: [0, 1] } }, "divisor cannot be 0"],
		[{ a: { $options: "i" } }, "$options needs a $regex"],
		[{ a: { $elemMatch: { $expr: 1 } } }, "$expr can only be applied to the top-level document"],
		[{ $expr: "$$other" }, "Use of undefined variable: other"],
	])("%o is refused: %s", (filter, message) => {
		expect(() => compileFilter(filter)).toThrow(message);
	});

	it("gives $expr its variables", () => {
		const filter = compileFilter({ $expr: { $eq: ["$a", "$$wanted"] } }, newScope({ wanted: 5 }));
		expect([4, 5].map((a: Value) => filter({ a }, null))).toEqual([false, true]);
	});
});
