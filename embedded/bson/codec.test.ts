import { BSONSymbol, Code, serialize } from "bson";
import { describe, expect, it } from "vitest";
import { identical } from "./compare.ts";
import { decode, firstFieldName } from "./decode.ts";
import { encode } from "./encode.ts";
import {
	Binary,
	BSONRegExp,
	copyFields,
	Decimal128,
	Double,
	isPlain,
	MaxKey,
	MinKey,
	ObjectId,
	RawDocument,
	Timestamp,
	type Value,
} from "./values.ts";

const values: [string, Value][] = [
	["int32", 7],
	["the smallest int32", -2147483648],
	["an integral double", new Double(7)],
	["a double beyond int32", 2147483648],
	["negative zero", -0],
	["NaN", Number.NaN],
	["int64", 7n],
	["the smallest int64", -(2n ** 63n)],
	["decimal with trailing zeros", Decimal128.fromString("1.00")],
	["short string", "status"],
	["Chinese string", "待发货"],
	["long string with a zero byte", `${"x".repeat(100)}\0é`],
	["null", null],
	["boolean", true],
	["date before 1970", new Date(-1)],
	["ObjectId", new ObjectId("507f1f77bcf86cd799439011")],
	["binary", new Binary(Buffer.from([1, 2, 3]), 4)],
	["binary of the old subtype", new Binary(Buffer.from([1, 2, 3]), 2)],
	["timestamp", new Timestamp({ t: 4_000_000_000, i: 4_000_000_001 })],
	["regex", new BSONRegExp("^a", "i")],
	["MinKey", new MinKey()],
	["MaxKey", new MaxKey()],
	["array", [1, [null, "x"], {}]],
	["document", { b: 1, a: { constructor: 2 } }],
];

describe("the codec", () => {
	it.each(values)("gives back %s as it was", (_, value) => {
		const bytes = encode({ before: 1, value, after: "x" });
		const decoded = decode(bytes);
		expect(identical(decoded.value, value)).toBe(true);
		expect(decoded.after).toBe("x");
		expect(encode(decoded).equals(bytes)).toBe(true);
	});

	it("writes the same bytes as the official package", () => {
		const doc = { a: 1, b: 1.5, c: "é", d: new Date(5), e: [true, null], f: { g: "x" } };
		expect(encode(doc).equals(serialize(doc))).toBe(true);
	});

	it("writes raw documents as they are", () => {
		const raw = new RawDocument(encode({ a: 1 }));
		expect(decode(encode({ list: [raw] }))).toEqual({ list: [{ a: 1 }] });
	});

	it("leaves undefined fields out and makes undefined elements null", () => {
		expect(decode(encode({ a: undefined, b: [undefined] }))).toEqual({ b: [null] });
	});

	it("takes __proto__, constructor and _bsontype for ordinary fields", () => {
		const doc = decode(encode(copyFields(JSON.parse('{"__proto__":1,"constructor":2,"_bsontype":"ObjectId"}'))));
		expect(Object.keys(doc)).toEqual(["__proto__", "constructor", "_bsontype"]);
		expect(isPlain(doc)).toBe(true);
		expect(Object.keys(copyFields(doc))).toEqual(["__proto__", "constructor", "_bsontype"]);
	});

	it("tells the first field's name", () => {
		expect(firstFieldName(encode({ find: "orders", filter: {} }))).toBe("find");
		expect(firstFieldName(encode({}))).toBe("");
	});

	it("refuses every document cut short", () => {
		const bytes = encode(Object.fromEntries(values));
		for (let length = 0; length < bytes.length; length++) {
			expect(() => decode(Buffer.from(bytes.subarray(0, length)))).toThrow("Invalid BSON");
		}
	});

	it("survives any single changed byte", () => {
		const bytes = encode(Object.fromEntries(values));
		for (let at = 0; at < bytes.length; at++) {
			const damaged = Buffer.from(bytes);
			damaged[at] = (damaged[at] ?? 0) ^ 0xff;
			expect(() => {
				try {
					decode(damaged);
				} catch (err) {
					if ((err as Error).name !== "StoreError") throw err;
				}
			}).not.toThrow();
		}
	});

	it("refuses code and the deprecated types", () => {
		for (const value of [new Code("f()"), new Code("f()", {}), new BSONSymbol("s")]) {
			expect(() => decode(Buffer.from(serialize({ value })))).toThrow("not supported by the embedded store");
		}
	});

	it("refuses bottomless nesting", () => {
		let doc: Value = {};
		for (let i = 0; i < 300; i++) doc = { a: doc };
		expect(() => decode(encode({ doc }))).toThrow("nested deeper");
	});
});
