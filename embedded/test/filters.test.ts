import { Decimal128, type Document, Double, type Filter, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

interface Item {
	_id: number;
	v?: unknown;
}

const id = new ObjectId();
const items: Item[] = [
	{ _id: 0 },
	{ _id: 1, v: null },
	{ _id: 2, v: 1 },
	{ _id: 3, v: new Double(1.5) },
	{ _id: 4, v: Long.fromNumber(2) },
	{ _id: 5, v: Decimal128.fromString("2.50") },
	{ _id: 6, v: "apple" },
	{ _id: 7, v: "Banana\nsplit" },
	{ _id: 8, v: [1, 5] },
	{ _id: 9, v: [] },
	{ _id: 10, v: [{ n: 1, m: 2 }, { n: 3 }] },
	{ _id: 11, v: { n: 3, m: 1 } },
	{ _id: 12, v: true },
	{ _id: 13, v: new Date("2026-01-01T00:00:00Z") },
	{ _id: 14, v: id },
	{ _id: 15, v: [[7, 8]] },
];

describe("filters", () => {
	let fresh: FreshDatabase;

	beforeAll(async () => {
		fresh = await freshDatabase();
		await fresh.db.collection<Item>("items").insertMany(items);
	});
	afterAll(() => fresh.drop());

	const find = async (filter: Filter<Item>): Promise<number[]> => {
		const found = await fresh.db.collection<Item>("items").find(filter).sort({ _id: 1 }).toArray();
		return found.map((item) => item._id);
	};

	it.each<[Filter<Item>, number[]]>([
		[{ v: null }, [0, 1]],
		[{ v: { $exists: false } }, [0]],
		[{ v: { $ne: null } }, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
		[{ v: 1 }, [2, 8]],
		[{ v: 2 }, [4]],
		[{ v: { $gt: 1, $lt: 2.5 } }, [3, 4, 8]],
		[{ v: { $gte: 2.5 } }, [5, 8]],
		[{ v: { $in: [1, "apple", null] } }, [0, 1, 2, 6, 8]],
		[{ v: { $nin: [1, null] } }, [3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15]],
		[{ v: [] }, [9]],
		[{ v: [1, 5] }, [8]],
		[{ v: { $size: 2 } }, [8, 10]],
		[{ v: { $all: [1, 5] } }, [8]],
		[{ v: { $elemMatch: { $gt: 1, $lt: 6 } } }, [8]],
		[{ v: { $elemMatch: { n: 1, m: 2 } } }, [10]],
		[{ v: { $elemMatch: { n: 3, m: 2 } } }, []],
		[{ "v.n": 3 }, [10, 11]],
		[{ "v.n": 3, "v.m": 2 }, [10]],
		[{ "v.0.n": 1 }, [10]],
		[{ "v.1": 5 }, [8]],
		[{ "v.0": 7 }, []],
		[{ "v.0.0": 7 }, [15]],
		[{ v: { n: 3, m: 1 } }, [11]],
		[{ v: { m: 1, n: 3 } }, []],
		[{ v: { $type: "number" } }, [2, 3, 4, 5, 8]],
		[{ v: { $type: ["objectId", "bool"] } }, [12, 14]],
		[{ v: { $type: "array" } }, [8, 9, 10, 15]],
		[{ v: /^a/ }, [6]],
		[{ v: /^s/m }, [7]],
		[{ v: { $regex: "BAN", $options: "i" } }, [7]],
		[{ v: { $not: /a/ } }, [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15]],
		[{ v: { $mod: [2, 1] } }, [2, 3, 8]],
		[{ v: { $lt: new Date("2026-06-01T00:00:00Z") } }, [13]],
		[{ v: id }, [14]],
		[{ $or: [{ v: 1 }, { v: "apple" }], _id: { $lt: 8 } }, [2, 6]],
		[{ $nor: [{ v: { $exists: true } }, { _id: 1 }] }, [0]],
		[{ $and: [{ "v.n": 3 }, { "v.m": { $exists: true } }] }, [10, 11]],
		[{ $expr: { $and: [{ $isNumber: "$v" }, { $gt: ["$v", "$_id"] }] } }, []],
		[{ $expr: { $eq: [{ $type: "$v" }, "missing"] } }, [0]],
	])("%o finds %o", async (filter, expected) => {
		expect(await find(filter)).toEqual(expected);
	});

	it.each<[Document, number[]]>([
		[{ v: { $gtt: 1 } }, [2]],
		[{ $xor: [] }, [2]],
		[{ $or: [] }, [2]],
		[{ v: { $in: 1 } }, [2]],
		[{ v: { $elemMatch: 1 } }, [2]],
		[{ v: { $mod: [0, 1] } }, [2]],
		[{ v: { $size: "x" } }, [2, 9]],
	])("%o is refused", async (filter, codes) => {
		const code = await find(filter).then(
			() => 0,
			(err: { code: number }) => err.code,
		);
		expect(codes).toContain(code);
	});

	it("treats text and numbers of a filter as values, never as code", async () => {
		expect(await find({ v: "$where" })).toEqual([]);
		expect(await find({ v: { $eq: { $gt: 0 } } })).toEqual([]);
	});
});
