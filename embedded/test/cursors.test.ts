/** Reading more than fits one answer. Runs against any MongoDB (MONGO_URL). */
import type { Document, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

const COUNT = 2500;
let database: FreshDatabase;
const rows = () => database.db.collection<Document & { _id: number | string | ObjectId }>("rows");

beforeAll(async () => {
	database = await freshDatabase();
	await rows().insertMany(Array.from({ length: COUNT }, (_, n) => ({ _id: n, n, kind: n % 2 ? "odd" : "even" })));
	await rows().createIndex({ kind: 1, n: -1 });
});
afterAll(() => database.drop());

describe("cursors", () => {
	it.each([[1], [7], [1000], [COUNT], [undefined]])("give everything once with batches of %s", async (batchSize) => {
		const limit = batchSize === 1 ? 200 : COUNT;
		const seen = await rows().find({}, { batchSize, limit }).sort({ _id: 1 }).toArray();
		expect(seen.map(({ n }) => n)).toEqual(Array.from({ length: limit }, (_, n) => n));
	});

	it("keep an index's order over many batches", async () => {
		const seen = await rows().find({ kind: "odd" }, { batchSize: 100 }).sort({ n: -1 }).toArray();
		expect(seen.map(({ n }) => n)).toEqual(Array.from({ length: COUNT / 2 }, (_, i) => COUNT - 1 - 2 * i));
	});

	it("sort in memory what no index sorts", async () => {
		const seen = await rows().find({}, { batchSize: 500 }).sort({ kind: -1, _id: 1 }).toArray();
		expect(seen).toHaveLength(COUNT);
		expect([seen[0]?.n, seen[COUNT / 2]?.n]).toEqual([1, 0]);
	});

	it("serve aggregations, too", async () => {
		const seen = await rows()
			.aggregate([{ $match: { n: { $gte: 100 } } }, { $project: { n: 1, _id: 0 } }], { batchSize: 300 })
			.toArray();
		expect(seen).toHaveLength(COUNT - 100);
		expect(seen[0]).toEqual({ n: 100 });
	});

	it("go on while documents are written and removed", async () => {
		const copy = database.db.collection<Document & { _id: number | string | ObjectId }>("copy");
		await copy.insertMany(Array.from({ length: 500 }, (_, n) => ({ _id: n })));
		const cursor = copy.find({}, { batchSize: 50 }).sort({ _id: 1 });
		const seen: unknown[] = [];
		for await (const { _id } of cursor) {
			seen.push(_id);
			if (_id === 10) await copy.deleteMany({ _id: { $gte: 400 } });
		}
		expect(seen.slice(0, 400)).toEqual(Array.from({ length: 400 }, (_, n) => n));
		expect(new Set(seen).size).toBe(seen.length);
	});

	it("can be given up early", async () => {
		const cursor = rows().find({}, { batchSize: 10 });
		expect(await cursor.next()).toMatchObject({ n: expect.any(Number) });
		const id = cursor.id;
		await cursor.close();
		await expect(database.db.command({ getMore: id, collection: "rows" })).rejects.toMatchObject({ code: 43 });
	});

	it("are unknown once they are used up or killed", async () => {
		await expect(database.db.command({ getMore: 4711n, collection: "rows" })).rejects.toMatchObject({ code: 43 });
		const { cursor } = await database.db.command({ find: "rows", batchSize: 2 });
		expect(cursor.firstBatch).toHaveLength(2);
		const killed = await database.db.command({ killCursors: "rows", cursors: [cursor.id] });
		expect(killed.cursorsKilled).toHaveLength(1);
		await expect(database.db.command({ getMore: cursor.id, collection: "rows" })).rejects.toMatchObject({ code: 43 });
	});

	it("split batches that would outgrow a message", async () => {
		const large = database.db.collection("large");
		const text = "x".repeat(3 << 20);
		for (let n = 0; n < 6; n++) await large.insertOne({ n, text });
		const sizes = await large.find({}, { batchSize: 1000 }).sort({ _id: 1 }).toArray();
		expect(sizes.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5]);
	});
});
