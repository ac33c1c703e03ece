import { describe, expect, it } from "vitest";
import { compare, identical } from "./compare.ts";
import { add, divide, multiply, subtract, toInteger, truncate } from "./number.ts";
import { typeName } from "./types.ts";
import { Binary, Decimal128, Double, MaxKey, MinKey, type Numeric, ObjectId, Timestamp, type Value } from "./values.ts";

const decimal = (text: string) => Decimal128.fromString(text);

/** Each line is greater than the one before it; values on a line are equal. */
const ascending: Value[][] = [
	[new MinKey()],
	[null, undefined],
	[Number.NaN, decimal("NaN")],
	[-Infinity, decimal("-Infinity")],
	[-(2n ** 63n)],
	[-1, -1n, new Double(-1), decimal("-1.0")],
	[0, -0, 0n, new Double(0), decimal("0E+3")],
	[decimal("0.1")],
	[0.1], // the double is a little more than one tenth
	[1],
	[2 ** 53, 2n ** 53n],
	[2n ** 53n + 1n],
	[decimal("9007199254740993.5")],
	[decimal("1E+6000")],
	[Infinity, decimal("Infinity")],
	[""],
	["A"],
	["a"],
	["a\0"],
	["ab"],
	["\u{e000}"],
	["\u{10000}"],
	[{}],
	[{ a: 1 }, { a: 1n }],
	[{ a: 1, b: 1 }],
	[{ b: 1 }],
	[{ a: "x" }],
	[[]],
	[[1]],
	[[1, 2]],
	[[2]],
	[new Binary(Buffer.from([9]), 0)],
	[new Binary(Buffer.from([1]), 1)],
	[new Binary(Buffer.from([1, 1]), 0)],
	[new ObjectId("507f1f77bcf86cd799439011")],
	[new ObjectId("507f1f77bcf86cd799439012")],
	[false],
	[true],
	[new Date(-1)],
	[new Date(1)],
	[new Timestamp({ t: 1, i: 2 })],
	[new Timestamp({ t: 4_000_000_000, i: 1 })],
	[new MaxKey()],
];

describe("compare", () => {
	it("orders values of every type as MongoDB does", () => {
		const flat = ascending.flatMap((line, rank) => line.map((value) => ({ value, rank })));
		for (const a of flat) {
			for (const b of flat) expect(Math.sign(compare(a.value, b.value))).toBe(Math.sign(a.rank - b.rank));
		}
	});

	it.each<[Value, Value, boolean]>([
		[1, new Double(1), false],
		[1, 1n, false],
		[0, -0, false],
		[decimal("1.0"), decimal("1.00"), false],
		[decimal("1.0"), decimal("1.0"), true],
		[null, undefined, false],
		[{ a: 1, b: 2 }, { b: 2, a: 1 }, false],
		[[1, { a: "x" }], [1, { a: "x" }], true],
		[Number.NaN, Number.NaN, true],
	])("%o and %o are identical: %s", (a, b, same) => {
		expect(identical(a, b)).toBe(same);
	});
});

describe("arithmetic", () => {
	const int = 2147483647;
	const long = 2n ** 63n - 1n;
	it.each<[string, (a: Numeric, b: Numeric) => Numeric, Numeric, Numeric, Numeric]>([
		["int + int", add, 1, 2, 3],
		["int + int past 32 bits becomes long", add, int, 1, 2147483648n],
		["int - int past 32 bits becomes long", subtract, -int, 2, -2147483649n],
		["int + long", add, 1, 2n, 3n],
		["long + long past 64 bits becomes double", add, long, 1n, 2 ** 63],
		["int + double", add, 1, 0.5, 1.5],
		["a whole sum of doubles stays a double", add, 0.5, 0.5, new Double(1)],
		["doubles beyond int stay doubles", add, 3e9, 1, 3_000_000_001],
		["int * int past 32 bits becomes long", multiply, int, 2, 4294967294n],
		["long * long past 64 bits becomes double", multiply, long, 2n, 2 ** 64],
		["division is a double", divide, 6, 3, new Double(2)],
	])("%s", (_, operation, a, b, expected) => {
		const result = operation(a, b);
		expect([typeName(result), String(result)]).toEqual([typeName(expected), String(expected)]);
	});

	it("refuses decimals", () => {
		for (const operation of [add, subtract, multiply, divide]) {
			expect(() => operation(decimal("1.1"), 1)).toThrow(expect.objectContaining({ code: 2 }));
		}
	});

	it.each<[Numeric, bigint | undefined, bigint | undefined]>([
		[1.5, undefined, 1n],
		[-1.5, undefined, -1n],
		[new Double(3), 3n, 3n],
		[decimal("3.0"), 3n, 3n],
		[decimal("3.7"), undefined, 3n],
		[1e300, undefined, undefined],
		[Number.NaN, undefined, undefined],
		[decimal("1E+6000"), undefined, undefined],
	])("%s is the integer %s and truncates to %s", (value, whole, truncated) => {
		expect(toInteger(value)).toBe(whole);
		expect(truncate(value)).toBe(truncated);
	});
});
