import { describe, expect, it } from "vitest";
import { encode } from "../bson/encode.ts";
import { BSONRegExp, Decimal128, type Doc, Double, ObjectId, type Value } from "../bson/values.ts";
import { compileExpression } from "./expression.ts";
import { newScope } from "./operator.ts";

const decimal = (text: string) => Decimal128.fromString(text);
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
		[{ $multiply: [decimal("1.10"), 3] }, decimal("3.30")],
		[{ $divide: [6, 3] }, new Double(2)],
		[{ $mod: [-7, 3] }, -1],
		[{ $round: [2.5] }, new Double(2)],
		[{ $round: [1.005, 2] }, new Double(1)],
		[{ $round: [1250, -2] }, 1200],
		[{ $trunc: [decimal("-1.55"), 1] }, decimal("-1.5")],
		[{ $ceil: -1.5 }, new Double(-1)],
		[{ $abs: -5n }, 5n],
		[{ $pow: [2, 40] }, 2n ** 40n],
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
		[{ $filter: { input: "$list", as: "x", cond: { $gte: ["$$x", 2] }, limit: 1 } }, [3]],
		[{ $reduce: { input: "$list", initialValue: 0, in: { $add: ["$$value", "$$this"] } } }, 6],
		[{ $arrayElemAt: ["$list", -1] }, 2],
		[{ $slice: ["$list", 1, 5] }, [1, 2]],
		[{ $concatArrays: ["$list", [9]] }, [3, 1, 2, 9]],
		[{ $range: [0, 5, 2] }, [0, 2, 4]],
		[{ $in: [2, "$list"] }, true],
		[{ $indexOfArray: ["$list", 2] }, 2],
		[{ $sortArray: { input: "$list", sortBy: -1 } }, [3, 2, 1]],
		[{ $size: "$list" }, 3],
		[{ $setUnion: ["$list", [2, 4]] }, [1, 2, 3, 4]],
		[{ $setDifference: ["$list", [1]] }, [3, 2]],
		[{ $setIsSubset: [[1], "$list"] }, true],
		[{ $sum: "$lines.qty" }, 3],
		[{ $avg: [1, 2] }, 1.5],
		[{ $max: ["$list", 2] }, [3, 1, 2]],
		// documents
		[{ $mergeObjects: [{ a: 1 }, null, { a: 2, b: 3 }] }, { a: 2, b: 3 }],
		[{ $objectToArray: { a: 1 } }, [{ k: "a", v: 1 }]],
		[{ $arrayToObject: [[["a", 1]]] }, { a: 1 }],
		[{ $getField: { field: "a.b", input: { $setField: { field: "a.b", input: {}, value: 1 } } } }, 1],
		[{ $unsetField: { field: "a", input: { a: 1, b: 2 } } }, { b: 2 }],
		// text
		[{ $concat: ["a", "$text"] }, "a待发货 ok"],
		[{ $strLenCP: "$text" }, 6],
		[{ $strLenBytes: "$text" }, 12],
		[{ $substrCP: ["$text", 1, 2] }, "发货"],
		[{ $substrBytes: ["$text", 0, 3] }, "待"],
		[{ $indexOfCP: ["$text", "ok"] }, 4],
		[{ $split: ["$text", " "] }, ["待发货", "ok"]],
		[{ $toUpper: "$text" }, "待发货 OK"],
		[{ $trim: { input: "  a " } }, "a"],
		[{ $replaceAll: { input: "aXbX", find: "X", replacement: { $literal: "$&" } } }, "a$&b$&"],
		[{ $regexMatch: { input: "$text", regex: new BSONRegExp("OK$", "i") } }, true],
		[{ $regexFind: { input: "$text", regex: "(o)(k)(z)?" } }, { match: "ok", idx: 4, captures: ["o", "k", null] }],
		// conversions
		[{ $toInt: "12" }, 12],
		[{ $toLong: 1.9 }, 1n],
		[{ $toDecimal: 0.1 }, decimal("0.100000000000000")],
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
		[{ $range: [0, 1e9] }, 146],
		[{ $concat: [1] }, 16702],
		[{ $toInt: "1.5" }, 241],
		[{ $toInt: 3e9 }, 241],
		[{ $dateToString: { date: "$at", timezone: "Mars/Base" } }, 40485],
		[json('{ "$switch": { "branches": [{ "case": false, "then": 1 }] } }'), 40066],
		[{ $map: { input: [], as: "UPPER", in: 1 } }, 9],
	])("%o is refused with code %i", (expression, code) => {
		expect(() => evaluate(expression, doc)).toThrow(expect.objectContaining({ code }));
	});
});

describe("date expressions", () => {
	const shanghai = "Asia/Shanghai";
	const newYork = "America/New_York";
	it.each<[Value, Value]>([
		[{ $dayOfMonth: { date: "$at", timezone: shanghai } }, 1],
		[{ $hour: { date: "$at", timezone: "+05:30" } }, 5],
		[{ $dayOfWeek: "$at" }, 5],
		[{ $isoWeek: new Date("2021-01-03") }, 53],
		[{ $isoWeekYear: new Date("2021-01-03") }, 2020n],
		[{ $week: new Date("2023-01-01") }, 1],
		[{ $dayOfYear: "$at" }, 60],
		[
			{ $dateToString: { date: "$at", format: "%Y-%m-%d %H:%M:%S.%L%z", timezone: shanghai } },
			"2024-03-01 07:30:15.123+0800",
		],
		[{ $dateToString: { date: "$at" } }, "2024-02-29T23:30:15.123Z"],
		[{ $dateToString: { date: "$missing", onNull: "-" } }, "-"],
		[{ $dateTrunc: { date: "$at", unit: "day", timezone: shanghai } }, new Date("2024-02-29T16:00:00Z")],
		[{ $dateTrunc: { date: "$at", unit: "month", timezone: shanghai } }, new Date("2024-02-29T16:00:00Z")],
		[{ $dateTrunc: { date: "$at", unit: "week", startOfWeek: "monday" } }, new Date("2024-02-26T00:00:00Z")],
		[{ $dateTrunc: { date: "$at", unit: "hour", binSize: 6 } }, new Date("2024-02-29T18:00:00Z")],
		[{ $dateAdd: { startDate: new Date("2024-01-31"), unit: "month", amount: 1 } }, new Date("2024-02-29")],
		// The clocks of New York go forward on 10 March: a day later is 23 hours later.
		[
			{ $dateAdd: { startDate: new Date("2024-03-09T12:00:00Z"), unit: "day", amount: 1, timezone: newYork } },
			new Date("2024-03-10T11:00:00Z"),
		],
		[
			{
				$dateDiff: {
					startDate: new Date("2023-12-31T23:59:59Z"),
					endDate: new Date("2024-01-01T00:00:00Z"),
					unit: "year",
				},
			},
			1n,
		],
		[
			{
				$dateDiff: {
					startDate: new Date("2024-01-01T15:59:00Z"),
					endDate: new Date("2024-01-01T16:01:00Z"),
					unit: "day",
					timezone: shanghai,
				},
			},
			1n,
		],
		[{ $dateFromString: { dateString: "2024-01-02T03:04:05", timezone: shanghai } }, new Date("2024-01-01T19:04:05Z")],
		[{ $dateFromString: { dateString: "2024-02-30", onError: null } }, null],
		[{ $dateFromParts: { year: 2024, month: 13, day: 1, timezone: shanghai } }, new Date("2024-12-31T16:00:00Z")],
		[
			{ $dateToParts: { date: "$at", timezone: shanghai } },
			{ year: 2024, month: 3, day: 1, hour: 7, minute: 30, second: 15, millisecond: 123 },
		],
	])("%o is %o", (expression, expected) => {
		expect(bytes(evaluate(expression, doc))).toBe(bytes(expected));
	});
});
