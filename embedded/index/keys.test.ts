import { Decimal128, Double, MaxKey, MinKey, ObjectId } from "bson";
import { describe, expect, it } from "vitest";
import { compare } from "../bson/compare.ts";
import type { Value } from "../bson/values.ts";
import { Random, randomValue } from "../test/random-documents.ts";
import { EMPTY_ARRAY, encodeKey, encodeValue, invert, prefixEnd } from "./keys.ts";

const order = (a: Value, b: Value): number => Math.sign(Buffer.compare(encodeValue(a), encodeValue(b)));

describe("encodeValue", () => {
	it.each<[Value, Value]>([
		[1, new Double(1)],
		[1, 1n],
		[new Double(1), Decimal128.fromString("1.00")],
		[9007199254740993n, Decimal128.fromString("9007199254740993")],
		[0, -0],
		[Number.NaN, Decimal128.fromString("NaN")],
	])("gives equal numbers %s and %s the same bytes", (a, b) => {
		expect(order(a, b)).toBe(0);
	});

	it.each<[Value, Value]>([
		[9007199254740992n, 9007199254740993n],
		[9007199254740993n, Decimal128.fromString("9007199254740993.5")],
		[-9007199254740993n, -9007199254740992n],
		[new MinKey(), null],
		[null, Number.NaN],
		[Number.NaN, Number.NEGATIVE_INFINITY],
		[Number.POSITIVE_INFINITY, ""],
		["a", "a\0"],
		["a\0b", "ab"],
		["\uffee", "\u{1F600}"],
		["z", {}],
		[{ a: 1 }, { a: 1, b: 1 }],
		[{ a: 2 }, { b: 1 }],
		[{ b: 1 }, { a: "x" }],
		[new ObjectId("ffffffffffffffffffffffff"), false],
		[false, true],
		[new Date(-1), new Date(0)],
		[new Date(2 ** 40), new MaxKey()],
	])("puts %o before %o", (a, b) => {
		expect(order(a, b)).toBe(-1);
		expect(Math.sign(compare(a, b))).toBe(-1);
	});

	it("orders any two values as BSON does, ascending and descending", () => {
		const random = new Random(7);
		for (let i = 0; i < 20_000; i++) {
			const [a, b] = [randomValue(random), randomValue(random)];
			const expected = Math.sign(compare(a, b));
			expect(order(a, b)).toBe(expected);
			const descending = Buffer.compare(encodeKey([a], [-1]), encodeKey([b], [-1]));
			expect(Math.sign(descending)).toBe(expected === 0 ? 0 : -expected);
		}
	});

	it("keeps an empty array apart from null, and before it", () => {
		expect(Buffer.compare(encodeValue(EMPTY_ARRAY), encodeValue(null))).toBe(-1);
	});
});

describe("prefixEnd", () => {
	it.each([
		[
			[1, 2],
			[1, 3],
		],
		[[1, 255], [2]],
		[[255, 255], null],
		[[], null],
	])("of %j is %j", (prefix, end) => {
		expect(prefixEnd(Buffer.from(prefix))).toEqual(end && Buffer.from(end));
	});
});

it("invert turns the order around", () => {
	expect(invert(Buffer.from([0, 255]))).toEqual(Buffer.from([255, 0]));
});
