import { describe, expect, it } from "vitest";
import { encode } from "../bson/encode.ts";
import { Decimal128, type Doc, Double, ObjectId, type Value } from "../bson/values.ts";
import { compileExpression } from "./expression.ts";
import { newScope } from "./operator.ts";

const evaluate = (expression: Value, doc: Doc = {}): Value => compileExpression(expression)(doc, newScope());
/** With every number type told apart. */
const bytes = (value: Value): string => encode({ value }).toString("hex");

/** For operands called "then": an object literal with that name would look like a promise. */
const json = (text: string): Value => JSON.parse(text);

const doc: Doc = {
	n: 5,
	text: "待发货 ok",
	list: [3, 1, 2],
	lines: [{ sku: "A", qty: 2 }, { sku: "B", qty: 1 }, 7, [{ sku: "C" }]],
	at: new Date("2024-02-29T23:30:15.123Z"),
};

describe("expressions", () => {
	it.each<[Value, Value]>([
		// values and paths
		["$n", 5],
		["$lines.sku", ["A", "B"]],
		["$lines.0", []],
		["$missing.deeper", undefined],
		["$$ROOT.n", 5],
		["plain", "plain"],
		[{ $literal: "$n" }, "$n"],
		[{ a: "$n", b: "$missing" }, { a: 5 }],
		[
			["$n", "$missing"],
			[5, null],
		],
		// arithmetic
		[{ $add: ["$n", 1n] }, 6n],
		[{ $add: [0.1, 0.2, 0.3] }, 0.6],
		[{ $add: ["$at", 1000] }, new Date("2024-02-29T23:30:16.123Z")],
		[{ $add: [1, null] }, null],
		[{ $subtract: ["$at", new Date("2024-02-29T23:30:15Z")] }, 123n],
		[{ $multiply: [1.5, 3] }, 4.5],
		[{ $divide: [6, 3] }, new Double(2)],
		[{ $mod: [-7, 3] }, -1],
		[{ $floor: 3n }, 3n],
		[{ $ceil: -1.5 }, new Double(-1)],
		[{ $abs: -5n }, 5n],
		// conditions
		[{ $cond: [{ $gt: ["$n", 3] }, "big", "small"] }, "big"],
		[json('{ "$cond": { "if": "", "then": 1, "else": 2 } }'), 1], // the empty string is true
		[{ $ifNull: ["$missing", null, 3] }, 3],
		[json('{ "$switch": { "branches": [{ "case": { "$eq": ["$n", 4] }, "then": 1 }], "default": 2 } }'), 2],
		[{ $eq: ["$missing", null] }, false],
		[{ $lt: ["$missing", null] }, true],
		[{ $cmp: ["a", 1] }, 1],
		[{ $let: { vars: { a: 2 }, in: { $add: ["$$a", "$n"] } } }, 7],
		// arrays
		[{ $map: { input: "$list", in: { $multiply: ["$$this", 2] } } }, [6, 2, 4]],
		[{ $filter: { input: "$list", as: "x", cond: { $gte: ["$$x", 2] } } }, [3, 2]],
		[{ $reduce: { input: "$list", initialValue: 0, in: { $add: ["$$value", "$$this"] } } }, 6],
		[{ $arrayElemAt: ["$list", -1] }, 2],
		[{ $slice: ["$list", 1, 5] }, [1, 2]],
		[{ $concatArrays: ["$list", [9]] }, [3, 1, 2, 9]],
		[{ $in: [2, "$list"] }, true],
		[{ $size: "$list" }, 3],
		[{ $sum: "$lines.qty" }, 3],
		[{ $avg: [1, 2] }, 1.5],
		[{ $max: ["$list", 2] }, [3, 1, 2]],
		// documents
		[{ $mergeObjects: [{ a: 1 }, null, { a: 2, b: 3 }] }, { a: 2, b: 3 }],
		[{ $objectToArray: { a: 1 } }, [{ k: "a", v: 1 }]],
		[{ $arrayToObject: [[["a", 1]]] }, { a: 1 }],
		// text
		[{ $concat: ["a", "$text"] }, "a待发货 ok"],
		[{ $strLenCP: "$text" }, 6],
		[{ $substrCP: ["$text", 1, 2] }, "发货"],
		[{ $indexOfCP: ["$text", "ok"] }, 4],
		[{ $split: ["$text", " "] }, ["待发货", "ok"]],
		[{ $toUpper: "$text" }, "待发货 OK"],
		[{ $trim: { input: "  a " } }, "a"],
		[{ $trim: { input: "xyaxy", chars: "yx" } }, "a"],
		// conversions
		[{ $toInt: "12" }, 12],
		[{ $toLong: 1.9 }, 1n],
		[{ $toString: { $add: [0.1, 0.2] } }, "0.3"],
		[{ $toString: new ObjectId("507f1f77bcf86cd799439011") }, "507f1f77bcf86cd799439011"],
		[{ $toDate: "2024-01-02T03:04:05+08:00" }, new Date("2024-01-01T19:04:05Z")],
		[{ $toBool: "" }, true],
		[{ $convert: { input: "x", to: "int", onError: -1 } }, -1],
		[{ $type: "$missing" }, "missing"],
	])("%o is %o", (expression, expected) => {
		expect(bytes(evaluate(expression, doc))).toBe(bytes(expected));
	});

	it.each<[Value, number]>([
		[{ $foo: 1 }, 168],
		[{ $add: 1, $subtract: 2 }, 15983],
		["$$nobody", 17276],
		["$a.", 40353],
		["$a..b", 15998],
		[{ $divide: [1, 0] }, 2],
		[{ $add: [1, "x"] }, 14],
		[{ $subtract: [1] }, 16020],
		[json('{ "$cond": { "if": 1, "then": 2 } }'), 9],
		[{ $size: "x" }, 17124],
		[{ $arrayElemAt: [1, 0] }, 28689],
		[{ $concat: [1] }, 16702],
		[{ $toInt: "1.5" }, 241],
		[{ $toInt: 3e9 }, 241],
		[{ $dateToString: { date: "$at", timezone: "Asia/Shanghai" } }, 40485],
		[{ $add: [Decimal128.fromString("1"), 1] }, 2],
		[json('{ "$switch": { "branches": [{ "case": false, "then": 1 }] } }'), 40066],
		[{ $map: { input: [], as: "UPPER", in: 1 } }, 9],
	])("%o is refused with code %i", (expression, code) => {
		expect(() => evaluate(expression, doc)).toThrow(expect.objectContaining({ code }));
	});
});

describe("date expressions", () => {
	const beijing = "+08:00";
	it.each<[Value, Value]>([
		[{ $dayOfMonth: { date: "$at", timezone: beijing } }, 1],
		[{ $hour: { date: "$at", timezone: "+0530" } }, 5],
		[{ $month: "$missing" }, null],
		[{ $dayOfWeek: "$at" }, 5],
		[{ $dayOfYear: "$at" }, 60],
		[
			{ $dateToString: { date: "$at", format: "%Y-%m-%d %H:%M:%S.%L%z", timezone: beijing } },
			"2024-03-01 07:30:15.123+0800",
		],
		[{ $dateToString: { date: "$at" } }, "2024-02-29T23:30:15.123Z"],
		[{ $dateToString: { date: "$missing", onNull: "-" } }, "-"],
		[{ $dateToString: { date: "$at", timezone: null, onNull: "-" } }, null],
		[{ $convert: { input: "2024-02-30", to: "date", onError: null } }, null],
		[{ $toDate: "2024-02-29" }, new Date("2024-02-29")],
		[{ $toDate: "2024-02-29T23:30:15.1+08:00" }, new Date("2024-02-29T15:30:15.100Z")],
	])("%o is %o", (expression, expected) => {
		expect(bytes(evaluate(expression, doc))).toBe(bytes(expected));
	});
});
