import { describe, expect, it } from "vitest";
import { type Doc, Double, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { newScope } from "../expression/operator.ts";
import { compileFilter } from "../query/filter.ts";
import { runPipeline } from "./pipeline.ts";
import { countAnswer, splitPrefix } from "./prefix.ts";
import type { PipelineSource } from "./stage.ts";

const orders: Doc[] = [
	{
		_id: 1,
		shop: "a",
		fen: 100,
		lines: [
			{ sku: "x", n: 1 },
			{ sku: "y", n: 2 },
		],
	},
	{ _id: 2, shop: "b", fen: 250, lines: [] },
	{ _id: 3, shop: "a", fen: 50 },
	{ _id: 4, shop: null, fen: 900, lines: { sku: "z", n: 3 } },
];

const collections: Readonly<Record<string, Doc[]>> = {
	shops: [
		{ _id: "a", name: "甲" },
		{ _id: "b", name: "乙" },
	],
	archive: [{ _id: 9, shop: "a", fen: 1 }],
};

/** A store of two small arrays; the planner's work done by the stages themselves. */
const source: PipelineSource = {
	scan(collection, { filter, sort, skip, limit }, variables) {
		const matches = compileFilter(filter, newScope(variables));
		const found = (collections[collection] ?? []).filter((doc) => matches(doc, null));
		const rest: Value[] = [];
		if (sort) rest.push({ $sort: sort });
		if (skip) rest.push({ $skip: skip });
		if (limit) rest.push({ $limit: limit });
		return runPipeline(rest, found, source, { ...newScope(), check() {} });
	},
};

const run = (stages: Value, input: Iterable<Doc> = orders): Doc[] => [
	...runPipeline(stages, input, source, { ...newScope(), check() {} }),
];

describe("a pipeline", () => {
	it.each<[title: string, stages: Value[], expected: Doc[]]>([
		[
			"matches, sorts and cuts",
			[
				{ $match: { fen: { $gte: 100 } } },
				{ $sort: { fen: -1 } },
				{ $skip: 1 },
				{ $limit: 1 },
				{ $project: { fen: 1 } },
			],
			[{ _id: 2, fen: 250 }],
		],
		[
			"groups in order of appearance, null and missing together",
			[{ $group: { _id: "$shop", n: { $sum: 1 }, fen: { $sum: "$fen" } } }],
			[
				{ _id: "a", n: 2, fen: 150 },
				{ _id: "b", n: 1, fen: 250 },
				{ _id: null, n: 1, fen: 900 },
			],
		],
		[
			"groups 1 and 1.0 together",
			[
				{ $replaceWith: { v: { $cond: [{ $eq: ["$_id", 1] }, 1, new Double(1)] } } },
				{ $group: { _id: "$v", n: { $count: {} } } },
			],
			[{ _id: 1, n: 4 }],
		],
		[
			"accumulates",
			[
				{ $sort: { _id: 1 } },
				{
					$group: {
						_id: null,
						avg: { $avg: "$fen" },
						min: { $min: "$fen" },
						max: { $max: "$fen" },
						first: { $first: "$shop" },
						last: { $last: "$_id" },
						all: { $push: "$shop" },
						set: { $addToSet: "$shop" },
					},
				},
			],
			[
				{
					_id: null,
					avg: 325,
					min: 50,
					max: 900,
					first: "a",
					last: 4,
					all: ["a", "b", "a", null],
					set: ["a", "b", null],
				},
			],
		],
		[
			"unwinds",
			[{ $unwind: "$lines" }, { $project: { sku: "$lines.sku" } }],
			[
				{ _id: 1, sku: "x" },
				{ _id: 1, sku: "y" },
				{ _id: 4, sku: "z" },
			],
		],
		[
			"unwinds and keeps the empty ones",
			[
				{ $unwind: { path: "$lines", preserveNullAndEmptyArrays: true, includeArrayIndex: "i" } },
				{ $project: { i: 1, n: "$lines.n" } },
			],
			[
				{ _id: 1, i: 0n, n: 1 },
				{ _id: 1, i: 1n, n: 2 },
				{ _id: 2, i: null },
				{ _id: 3, i: null },
				{ _id: 4, i: null, n: 3 },
			],
		],
		[
			"adds and removes fields",
			[
				{ $match: { _id: 1 } },
				{ $set: { "lines.ok": true, yuan: { $divide: ["$fen", 100] } } },
				{ $unset: ["lines.n", "shop"] },
			],
			[
				{
					_id: 1,
					fen: 100,
					lines: [
						{ sku: "x", ok: true },
						{ sku: "y", ok: true },
					],
					yuan: 1,
				},
			],
		],
		["counts", [{ $match: { shop: "a" } }, { $count: "orders" }], [{ orders: 2 }]],
		["counts nothing to nothing", [{ $match: { shop: "z" } }, { $count: "orders" }], []],
		["sorts by count", [{ $sortByCount: "$shop" }, { $limit: 1 }], [{ _id: "a", count: 2 }]],
		[
			"puts values into buckets",
			[
				{
					$bucket: { groupBy: "$fen", boundaries: [0, 100, 500], default: "more", output: { ids: { $push: "$_id" } } },
				},
			],
			[
				{ _id: 0, ids: [3] },
				{ _id: 100, ids: [1, 2] },
				{ _id: "more", ids: [4] },
			],
		],
		[
			"runs facets side by side",
			[{ $facet: { top: [{ $sort: { fen: -1 } }, { $limit: 1 }, { $project: { fen: 1 } }], all: [{ $count: "n" }] } }],
			[{ top: [{ _id: 4, fen: 900 }], all: [{ n: 4 }] }],
		],
		[
			"joins by fields",
			[
				{ $match: { _id: { $in: [1, 4] } } },
				{ $lookup: { from: "shops", localField: "shop", foreignField: "_id", as: "shop" } },
				{ $project: { name: "$shop.name" } },
			],
			[
				{ _id: 1, name: ["甲"] },
				{ _id: 4, name: [] },
			],
		],
		[
			"joins by a pipeline with variables",
			[
				{ $match: { _id: 2 } },
				{
					$lookup: {
						from: "shops",
						let: { shop: "$shop" },
						pipeline: [{ $match: { $expr: { $ne: ["$_id", "$$shop"] } } }, { $project: { _id: 0, name: 1 } }],
						as: "others",
					},
				},
				{ $project: { others: 1 } },
			],
			[{ _id: 2, others: [{ name: "甲" }] }],
		],
		[
			"unites with another collection",
			[
				{ $project: { shop: 1 } },
				{ $unionWith: { coll: "archive", pipeline: [{ $project: { shop: 1 } }] } },
				{ $match: { shop: "a" } },
			],
			[
				{ _id: 1, shop: "a" },
				{ _id: 3, shop: "a" },
				{ _id: 9, shop: "a" },
			],
		],
		[
			"replaces the root",
			[{ $limit: 1 }, { $replaceRoot: { newRoot: { $mergeObjects: [{ x: 1 }, { id: "$_id" }] } } }],
			[{ x: 1, id: 1 }],
		],
	])("%s", (_, stages, expected) => {
		expect(JSON.stringify(run(stages), plain)).toBe(JSON.stringify(expected, plain));
	});

	it.each<[Value, number]>([
		[{}, 14],
		[[1], 14],
		[[{ $match: {}, $limit: 1 }], 40323],
		[[{ $fantasy: 1 }], 40324],
		[[{ $out: "x" }], 40324],
		[[{ $match: 1 }], 15959],
		[[{ $limit: 0 }], 15958],
		[[{ $skip: -1 }], 15956],
		[[{ $group: { n: { $sum: 1 } } }], 15955],
		[[{ $group: { _id: 1, n: { $fantasy: 1 } } }], 15952],
		[[{ $group: { _id: 1, n: 5 } }], 40234],
		[[{ $unwind: "lines" }], 28818],
		[[{ $sort: { a: 2 } }], 15975],
		[[{ $count: "a.b" }], 40156],
		[[{ $bucket: { groupBy: "$a", boundaries: [2, 1] } }], 40194],
		[[{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
		[[{ $lookup: { from: "shops", as: "x" } }], 9],
		[[{ $lookup: { from: "shops", as: "x", pipeline: [{ $fantasy: 1 }] } }], 40324],
		[[{ $replaceWith: "$fen" }], 40228],
	])("%o is refused with code %i", (stages, code) => {
		expect(() => run(stages)).toThrow(expect.objectContaining({ code }));
	});

	it("stops when its time is up", () => {
		function* endless(): Iterable<Doc> {
			for (let i = 0; ; i++) yield { _id: i };
		}
		let checks = 0;
		const check = (): void => {
			if (++checks === 5) throw new StoreError("MaxTimeMSExpired", "operation exceeded time limit");
		};
		const running = runPipeline([{ $group: { _id: null, n: { $sum: 1 } } }], endless(), source, {
			...newScope(),
			check,
		});
		expect(() => [...running]).toThrow(expect.objectContaining({ code: 50 }));
	});

	it("stops before it holds too much memory", () => {
		function* large(): Iterable<Doc> {
			const text = "x".repeat(1 << 20);
			for (let i = 0; i < 300; i++) yield { _id: i, text };
		}
		expect(() => run([{ $sort: { text: 1 } }], large())).toThrow(expect.objectContaining({ code: 292 }));
	});
});

const plain = (_: string, value: unknown): unknown =>
	typeof value === "bigint" ? `${value}n` : value instanceof Double ? value.value : value;

describe("the beginning of a pipeline", () => {
	it("is taken off for the planner", () => {
		const rest = [{ $group: { _id: 1 } }];
		const stages = [
			{ $match: { a: 1 } },
			{ $match: { b: 2 } },
			{ $sort: { a: 1 } },
			{ $skip: 2 },
			{ $limit: 3 },
			...rest,
		];
		const query = { filter: { $and: [{ a: 1 }, { b: 2 }] }, sort: { a: 1 }, skip: 2, limit: 3 };
		expect(splitPrefix(stages)).toEqual({ query, rest });
	});

	it("ends where the order of stages matters", () => {
		const stages = [{ $limit: 3 }, { $match: { a: 1 } }];
		expect(splitPrefix(stages)).toEqual({
			query: { filter: {}, sort: undefined, skip: 0, limit: 3 },
			rest: stages.slice(1),
		});
	});

	it.each<[Value[], Doc[] | undefined]>([
		[[{ $group: { _id: 1, n: { $sum: 1 } } }], [{ _id: 1, n: 7 }]],
		[[{ $count: "n" }], [{ n: 7 }]],
		[[{ $group: { _id: "$a", n: { $sum: 1 } } }], undefined],
		[[{ $group: { _id: 1, n: { $sum: "$a" } } }], undefined],
		[[{ $count: "n" }, { $limit: 1 }], undefined],
	])("%o answers %o for 7 documents", (stages, expected) => {
		expect(countAnswer(stages)?.(7)).toEqual(expected);
	});
});
