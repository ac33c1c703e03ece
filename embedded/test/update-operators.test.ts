import { type Collection, type Document, Long, type UpdateFilter, type UpdateOptions } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

interface Order extends Document {
	_id: string;
}

describe("update operators", () => {
	let fresh: FreshDatabase;
	let orders: Collection<Order>;

	beforeAll(async () => {
		fresh = await freshDatabase();
		orders = fresh.db.collection<Order>("orders");
	});
	beforeEach(() => orders.deleteMany({}));
	afterAll(() => fresh.drop());

	/** Stores a document, updates it, and gives back what is stored then. */
	async function updated(
		doc: Document,
		update: UpdateFilter<Order> | Document[],
		filter: Document = {},
		options: UpdateOptions = {},
	): Promise<Document> {
		await orders.insertOne({ _id: "1", ...doc });
		await orders.updateOne({ _id: "1", ...filter }, update, options);
		const { _id, ...rest } = (await orders.findOne({ _id: "1" })) ?? { _id: "" };
		return rest;
	}

	it.each<[title: string, doc: Document, update: Document, expected: Document]>([
		["$set, deep and in arrays", { a: [{ b: 1 }] }, { $set: { "a.0.b": 2, "c.d": 3 } }, { a: [{ b: 2 }], c: { d: 3 } }],
		["$unset", { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: "", "b.c": "", x: "" } }, { b: { d: 2 } }],
		["$inc", { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
		["$mul", { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
		["$min and $max", { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 3 } }, { a: 3, b: 5 }],
		["$rename", { a: 1 }, { $rename: { a: "b.c" } }, { b: { c: 1 } }],
		["$push", { a: [1] }, { $push: { a: { $each: [4, 2], $sort: 1, $slice: -2 } } }, { a: [2, 4] }],
		["$push at a position", { a: [1, 2] }, { $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 9, 2] }],
		["$addToSet", { a: [1] }, { $addToSet: { a: { $each: [1, 2] } } }, { a: [1, 2] }],
		["$pop", { a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
		["$pull with a condition", { a: [{ n: 1 }, { n: 5 }] }, { $pull: { a: { n: { $gt: 3 } } } }, { a: [{ n: 1 }] }],
		["$pullAll", { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
		[
			"a mix",
			{ n: 1, log: [] },
			{ $inc: { n: 1 }, $push: { log: "x" }, $set: { at: null } },
			{ n: 2, log: ["x"], at: null },
		],
	])("%s", async (_, doc, update, expected) => {
		expect(await updated(doc, update)).toEqual(expected);
	});

	it("$currentDate writes the server's time", async () => {
		const before = Date.now();
		const { at } = await updated({}, { $currentDate: { at: true } });
		expect(Math.abs((at as Date).getTime() - before)).toBeLessThan(60_000);
	});

	it("$ is the element the filter found", async () => {
		const lines = [
			{ sku: "A", n: 1 },
			{ sku: "B", n: 2 },
		];
		const doc = await updated({ lines }, { $inc: { "lines.$.n": 10 } }, { "lines.sku": "B" });
		expect(doc.lines).toEqual([lines[0], { sku: "B", n: 12 }]);
	});

	it("$[] and array filters reach many elements", async () => {
		const lines = [{ n: 1 }, { n: 5 }, { n: 9 }];
		const update = { $inc: { "lines.$[].n": 1 }, $set: { any: true } };
		expect((await updated({ lines }, update)).lines).toEqual([{ n: 2 }, { n: 6 }, { n: 10 }]);
		const big = { $set: { "lines.$[big].big": true } };
		await orders.updateOne({ _id: "1" }, big, { arrayFilters: [{ "big.n": { $gte: 6 } }] });
		expect((await orders.findOne({ _id: "1" }))?.lines).toEqual([{ n: 2 }, { n: 6, big: true }, { n: 10, big: true }]);
	});

	it("a pipeline computes from the document", async () => {
		const doc = await updated({ lines: [{ fen: 5 }, { fen: 7 }] }, [
			{ $set: { totalFen: { $sum: "$lines.fen" } } },
			{ $unset: "lines" },
		]);
		expect(doc).toEqual({ totalFen: 12 });
	});

	it("reports what was matched and what was changed", async () => {
		await orders.insertMany([
			{ _id: "1", a: 1 },
			{ _id: "2", a: 2 },
		]);
		expect(await orders.updateMany({}, { $set: { a: 2 } })).toMatchObject({ matchedCount: 2, modifiedCount: 1 });
		expect(await orders.updateOne({ _id: "9" }, { $set: { a: 2 } })).toMatchObject({
			matchedCount: 0,
			modifiedCount: 0,
		});
	});

	it("an upsert starts from what the filter fixes", async () => {
		const filter = { platform: "jd", "buyer.id": { $eq: 7 }, n: { $gt: 1 } };
		const update = { $set: { a: 1 }, $setOnInsert: { b: 2 } };
		const result = await orders.updateOne(filter, update, { upsert: true });
		expect(result.upsertedCount).toBe(1);
		const { _id, ...doc } = (await orders.findOne({})) ?? { _id: "" };
		expect(_id).toEqual(result.upsertedId);
		expect(doc).toEqual({ platform: "jd", buyer: { id: 7 }, a: 1, b: 2 });
		await orders.updateOne({ platform: "jd" }, { $setOnInsert: { b: 9 }, $inc: { a: 1 } }, { upsert: true });
		expect(await orders.findOne({})).toMatchObject({ a: 2, b: 2 });
	});

	it("keeps 64-bit integers exact", async () => {
		const large = Long.fromString("9007199254740993");
		await orders.insertOne({ _id: "1", n: large });
		await orders.updateOne({ _id: "1" }, { $inc: { n: 2 } });
		const stored = await orders.findOne({ _id: "1" }, { promoteLongs: false });
		expect(String(stored?.n)).toBe("9007199254740995");
	});

	it.each<[title: string, doc: Document, update: Document, code: number]>([
		["an unknown operator", {}, { $foo: { a: 1 } }, 9],
		["two operators on one path", {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
		["$inc of text", { a: "x" }, { $inc: { a: 1 } }, 14],
		["$push to a number", { a: 1 }, { $push: { a: 1 } }, 2],
		["a path through text", { a: "x" }, { $set: { "a.b": 1 } }, 28],
		["a changed _id", {}, { $set: { _id: "2" } }, 66],
		["$ without a position", { a: [1] }, { $set: { "a.$": 1 } }, 2],
		["an identifier without a filter", { a: [1] }, { $set: { "a.$[x]": 1 } }, 2],
	])("%s is refused and changes nothing", async (_, doc, update, code) => {
		await expect(updated(doc, update)).rejects.toMatchObject({ code });
		expect(await orders.findOne({})).toEqual({ _id: "1", ...doc });
	});
});
