import type { Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

const orders = [
	{
		_id: 1,
		shop: "a",
		status: "PAID",
		fen: 1990,
		at: new Date("2026-01-31T15:59:00Z"),
		lines: [
			{ sku: "x", n: 1 },
			{ sku: "y", n: 2 },
		],
	},
	{ _id: 2, shop: "b", status: "PAID", fen: 500, at: new Date("2026-01-31T16:01:00Z"), lines: [{ sku: "x", n: 3 }] },
	{ _id: 3, shop: "a", status: "SHIPPED", fen: 10, at: new Date("2026-02-01T03:00:00Z"), lines: [] },
	{ _id: 4, shop: "c", status: "CLOSED", fen: 900, at: new Date("2026-02-02T03:00:00Z") },
];
const shops = [
	{ _id: "a", name: "甲", tags: ["big", "old"] },
	{ _id: "b", name: "乙", tags: [] },
];

describe("aggregation", () => {
	let fresh: FreshDatabase;

	beforeAll(async () => {
		fresh = await freshDatabase();
		await fresh.db.collection<{ _id: number }>("orders").insertMany(orders);
		await fresh.db.collection<{ _id: string }>("shops").insertMany(shops);
	});
	afterAll(() => fresh.drop());

	const aggregate = (stages: Document[]): Promise<Document[]> =>
		fresh.db.collection("orders").aggregate(stages).toArray();

	it.each<[title: string, stages: Document[], expected: Document[]]>([
		[
			"groups by status",
			[{ $group: { _id: "$status", n: { $sum: 1 }, fen: { $sum: "$fen" } } }, { $sort: { _id: 1 } }],
			[
				{ _id: "CLOSED", n: 1, fen: 900 },
				{ _id: "PAID", n: 2, fen: 2490 },
				{ _id: "SHIPPED", n: 1, fen: 10 },
			],
		],
		[
			"groups by Beijing day",
			[
				{
					$group: {
						_id: { $dateToString: { date: "$at", format: "%Y-%m-%d", timezone: "+08:00" } },
						n: { $sum: 1 },
					},
				},
				{ $sort: { _id: 1 } },
			],
			[
				{ _id: "2026-01-31", n: 1 },
				{ _id: "2026-02-01", n: 2 },
				{ _id: "2026-02-02", n: 1 },
			],
		],
		[
			"groups by two fields",
			[
				{ $group: { _id: { shop: "$shop", status: "$status" }, max: { $max: "$fen" } } },
				{ $sort: { "_id.shop": 1, "_id.status": 1 } },
				{ $limit: 2 },
			],
			[
				{ _id: { shop: "a", status: "PAID" }, max: 1990 },
				{ _id: { shop: "a", status: "SHIPPED" }, max: 10 },
			],
		],
		[
			"counts lines by SKU",
			[{ $unwind: "$lines" }, { $group: { _id: "$lines.sku", n: { $sum: "$lines.n" } } }, { $sort: { _id: 1 } }],
			[
				{ _id: "x", n: 4 },
				{ _id: "y", n: 2 },
			],
		],
		[
			"keeps orders without lines",
			[
				{ $unwind: { path: "$lines", preserveNullAndEmptyArrays: true, includeArrayIndex: "i" } },
				{ $sort: { _id: 1, i: 1 } },
				{ $project: { i: 1 } },
			],
			[
				{ _id: 1, i: 0 },
				{ _id: 1, i: 1 },
				{ _id: 2, i: 0 },
				{ _id: 3, i: null },
				{ _id: 4, i: null },
			],
		],
		[
			"computes fields",
			[
				{ $match: { _id: 1 } },
				{ $project: { _id: 0, yuan: { $divide: ["$fen", 100] }, skus: "$lines.sku", rush: { $gt: ["$fen", 1000] } } },
			],
			[{ yuan: 19.9, skus: ["x", "y"], rush: true }],
		],
		[
			"adds and unsets fields",
			[
				{ $match: { _id: 2 } },
				{ $addFields: { "lines.ok": true, n: { $size: "$lines" } } },
				{ $unset: ["at", "status", "shop", "fen"] },
			],
			[{ _id: 2, lines: [{ sku: "x", n: 3, ok: true }], n: 1 }],
		],
		[
			"joins shops",
			[
				{ $match: { _id: { $in: [1, 4] } } },
				{ $lookup: { from: "shops", localField: "shop", foreignField: "_id", as: "shop" } },
				{ $sort: { _id: 1 } },
				{ $project: { name: "$shop.name" } },
			],
			[
				{ _id: 1, name: ["甲"] },
				{ _id: 4, name: [] },
			],
		],
		[
			"joins with variables",
			[
				{ $match: { _id: 3 } },
				{
					$lookup: {
						from: "shops",
						let: { s: "$shop" },
						pipeline: [{ $match: { $expr: { $ne: ["$_id", "$$s"] } } }, { $project: { name: 1, _id: 0 } }],
						as: "others",
					},
				},
				{ $project: { others: 1 } },
			],
			[{ _id: 3, others: [{ name: "乙" }] }],
		],
		[
			"runs facets",
			[
				{
					$facet: {
						page: [{ $sort: { fen: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }],
						total: [{ $count: "n" }],
					},
				},
			],
			[{ page: [{ _id: 4 }], total: [{ n: 4 }] }],
		],
		["sorts by count", [{ $sortByCount: "$shop" }, { $limit: 1 }], [{ _id: "a", count: 2 }]],
		[
			"puts amounts into buckets",
			[{ $bucket: { groupBy: "$fen", boundaries: [0, 100, 1000], default: "more" } }],
			[
				{ _id: 0, count: 1 },
				{ _id: 100, count: 2 },
				{ _id: "more", count: 1 },
			],
		],
		[
			"replaces the root",
			[
				{ $match: { _id: 1 } },
				{ $replaceRoot: { newRoot: { $mergeObjects: [{ id: "$_id" }, { $arrayElemAt: ["$lines", -1] }] } } },
			],
			[{ id: 1, sku: "y", n: 2 }],
		],
		[
			"unites collections",
			[
				{ $match: { _id: 4 } },
				{ $project: { name: "$shop" } },
				{ $unionWith: { coll: "shops", pipeline: [{ $match: { tags: "old" } }, { $project: { name: 1 } }] } },
			],
			[
				{ _id: 4, name: "c" },
				{ _id: "a", name: "甲" },
			],
		],
		["counts", [{ $match: { shop: { $in: ["a", "b"] } } }, { $count: "n" }], [{ n: 3 }]],
		["gives nothing for no document", [{ $match: { shop: "z" } }, { $group: { _id: null, n: { $sum: 1 } } }], []],
		[
			"pages by sort, skip and limit",
			[{ $sort: { fen: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { fen: 1 } }],
			[
				{ _id: 4, fen: 900 },
				{ _id: 2, fen: 500 },
			],
		],
	])("%s", async (_, stages, expected) => {
		expect(await aggregate(stages)).toEqual(expected);
	});

	it("gathers values", async () => {
		const [all] = await aggregate([
			{ $sort: { _id: 1 } },
			{
				$group: {
					_id: null,
					avg: { $avg: "$fen" },
					first: { $first: "$_id" },
					last: { $last: "$_id" },
					ids: { $push: "$_id" },
					shops: { $addToSet: "$shop" },
				},
			},
		]);
		expect(all).toMatchObject({ _id: null, avg: 850, first: 1, last: 4, ids: [1, 2, 3, 4] });
		expect(all?.shops.toSorted()).toEqual(["a", "b", "c"]);
	});

	it("counts documents as the driver asks for it", async () => {
		const collection = fresh.db.collection("orders");
		expect(await collection.countDocuments()).toBe(4);
		expect(await collection.countDocuments({ shop: "a" })).toBe(2);
		expect(await collection.countDocuments({ shop: "z" })).toBe(0);
		expect(await collection.countDocuments({}, { skip: 1, limit: 2 })).toBe(2);
	});

	it.each<[Document[]]>([
		[[{ $fantasy: 1 }]],
		[[{ $project: { a: { $fantasy: 1 } } }]],
		[[{ $group: { _id: 1, a: { $fantasy: 1 } } }]],
		[[{ $project: { a: { $add: ["$$nobody", 1] } } }]],
		[[{ $match: {}, $limit: 1 }]],
		[[{ $limit: 0 }]],
		[[{ $project: { a: { $divide: ["$fen", 0] } } }]],
	])("%o is refused", async (stages) => {
		await expect(aggregate(stages)).rejects.toMatchObject({ name: "MongoServerError" });
	});
});
