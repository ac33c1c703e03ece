/** What indexes promise, through the official driver. Runs against any MongoDB (MONGO_URL). */
import type { Document, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

let database: FreshDatabase;
let round = 0;
const collection = () => database.db.collection<Document & { _id: number | string | ObjectId }>(`indexed${round}`);

beforeAll(async () => {
	database = await freshDatabase();
});
beforeEach(() => {
	round++;
});
afterAll(() => database.drop());

const error = (code: number) => expect.objectContaining({ code });

describe("unique indexes", () => {
	it("refuse a second document with the same values, and say which", async () => {
		await collection().createIndex({ platform: 1, no: 1 }, { unique: true });
		await collection().insertOne({ _id: 1, platform: "pdd", no: "A" });
		await collection().insertOne({ _id: 2, platform: "jd", no: "A" });
		const failure = await collection()
			.insertOne({ _id: 3, platform: "pdd", no: "A" })
			.catch((err: unknown) => err);
		expect(failure).toMatchObject({
			code: 11000,
			keyPattern: { platform: 1, no: 1 },
			keyValue: { platform: "pdd", no: "A" },
		});
		expect((failure as Error).message).toMatch(/E11000 duplicate key error/);
		expect(await collection().countDocuments()).toBe(2);
	});

	it("refuse an update into another document's values and change nothing", async () => {
		await collection().createIndex({ no: 1 }, { unique: true });
		await collection().createIndex({ state: 1 });
		await collection().insertMany([
			{ _id: 1, no: 1, state: "a" },
			{ _id: 2, no: 2, state: "b" },
		]);
		await expect(collection().updateOne({ _id: 2 }, { $set: { state: "c", no: 1 } })).rejects.toThrow(error(11000));
		expect(await collection().findOne({ state: "b" })).toEqual({ _id: 2, no: 2, state: "b" });
		expect(await collection().findOne({ state: "c" })).toBeNull();
	});

	it("see numbers of all types as the same value", async () => {
		await collection().createIndex({ n: 1 }, { unique: true });
		await collection().insertOne({ _id: 1, n: 5 });
		await expect(collection().insertOne({ _id: 2, n: 5n })).rejects.toThrow(error(11000));
	});

	it("let a document repeat a value in its own array, but not in another's", async () => {
		await collection().createIndex({ "outbox.id": 1 }, { unique: true, sparse: true });
		await collection().insertOne({ _id: 1, outbox: [{ id: "a" }, { id: "a" }] });
		await collection().insertMany([
			{ _id: 2, outbox: [] },
			{ _id: 3, outbox: [] },
		]);
		await expect(collection().insertOne({ _id: 4, outbox: [{ id: "b" }, { id: "a" }] })).rejects.toThrow(error(11000));
		await collection().insertOne({ _id: 5, outbox: [{ id: "b" }] });
	});

	it("count a missing field as null, unless they are sparse", async () => {
		await collection().createIndex({ a: 1 }, { unique: true });
		await collection().createIndex({ b: 1 }, { unique: true, sparse: true });
		await collection().insertOne({ _id: 1, a: 1 });
		await collection().insertOne({ _id: 2 });
		await expect(collection().insertOne({ _id: 3, a: null })).rejects.toThrow(error(11000));
	});

	it("hold only for the documents of their partial filter", async () => {
		await collection().createIndex({ key: 1 }, { unique: true, partialFilterExpression: { active: true } });
		await collection().insertMany([
			{ _id: 1, key: "k", active: true },
			{ _id: 2, key: "k", active: false },
			{ _id: 3, key: "k" },
		]);
		await expect(collection().updateOne({ _id: 2 }, { $set: { active: true } })).rejects.toThrow(error(11000));
		await collection().updateOne({ _id: 1 }, { $set: { active: false } });
		await collection().updateOne({ _id: 2 }, { $set: { active: true } });
	});

	it("are not made over documents that are not unique, and leave no trace", async () => {
		await collection().insertMany([
			{ _id: 1, n: 1 },
			{ _id: 2, n: 1 },
		]);
		await expect(collection().createIndex({ n: 1 }, { unique: true })).rejects.toThrow(error(11000));
		expect((await collection().indexes()).map(({ name }) => name)).toEqual(["_id_"]);
		await collection().insertOne({ _id: 3, n: 1 });
	});
});

describe("reading with indexes", () => {
	it("finds the same before and after they are made", async () => {
		const docs = Array.from({ length: 60 }, (_, i) => ({
			_id: i,
			status: ["open", "paid", "done"][i % 3],
			at: new Date(Date.UTC(2026, 0, 1 + (i % 20))),
			holds: i % 4 === 0 ? ["refund", "address"] : i % 4 === 1 ? ["address"] : [],
			memo: i % 5 === 0 ? undefined : `memo ${i}`,
		}));
		await collection().insertMany(docs, { ignoreUndefined: true });
		const queries: [Document, Document][] = [
			[{ status: "paid" }, { at: -1, _id: 1 }],
			[
				{ status: { $in: ["paid", "done"] }, at: { $gte: new Date("2026-01-10") } },
				{ at: 1, _id: 1 },
			],
			[{ holds: "address" }, { at: 1, _id: -1 }],
			[{ holds: { $in: ["refund", "address"] } }, { at: -1, _id: 1 }],
			[{ holds: [] }, { _id: 1 }],
			[{ memo: { $exists: true } }, { _id: 1 }],
			[{ memo: null }, { _id: 1 }],
			[{ memo: /^memo 1/ }, { _id: 1 }],
			[{ $or: [{ status: "paid" }, { holds: "refund" }] }, { _id: 1 }],
			[
				{ at: { $lt: new Date("2026-01-03") }, status: { $ne: "open" } },
				{ at: 1, _id: 1 },
			],
		];
		const run = () => Promise.all(queries.map(([filter, sort]) => collection().find(filter).sort(sort).toArray()));
		const before = await run();
		await collection().createIndex({ status: 1, at: -1, _id: 1 });
		await collection().createIndex({ holds: 1, at: 1 });
		await collection().createIndex({ memo: 1 }, { sparse: true });
		await collection().createIndex({ at: 1 });
		expect(await run()).toEqual(before);
		expect(before.every((rows) => rows.length > 0)).toBe(true);
	});

	it("takes a hint by name or by keys, and refuses one that is no index", async () => {
		await collection().insertMany([1, 2, 3].map((n) => ({ _id: n, n })));
		await collection().createIndex({ n: -1 });
		expect(await collection().find({}, { hint: "n_-1" }).toArray()).toHaveLength(3);
		expect(
			await collection()
				.find({}, { hint: { n: -1 } })
				.toArray(),
		).toHaveLength(3);
		await expect(
			collection()
				.find({}, { hint: { x: 1 } })
				.toArray(),
		).rejects.toThrow(error(2));
	});
});

describe("createIndexes", () => {
	it("lists what was asked for", async () => {
		await collection().createIndexes([
			{ key: { a: 1, b: -1 } },
			{ key: { c: 1 }, unique: true, sparse: true, name: "mine" },
			{ key: { at: 1 }, expireAfterSeconds: 60 },
		]);
		expect(await collection().indexes()).toEqual([
			expect.objectContaining({ name: "_id_", key: { _id: 1 } }),
			expect.objectContaining({ name: "a_1_b_-1", key: { a: 1, b: -1 } }),
			expect.objectContaining({ name: "mine", key: { c: 1 }, unique: true, sparse: true }),
			expect.objectContaining({ name: "at_1", key: { at: 1 }, expireAfterSeconds: 60 }),
		]);
	});

	it("does nothing when the index is there, from several clients at once", async () => {
		await Promise.all(Array.from({ length: 5 }, () => collection().createIndex({ a: 1 }, { unique: true })));
		expect(await collection().indexes()).toHaveLength(2);
	});

	it("refuses the same name for other fields and the same fields with other options", async () => {
		await collection().createIndex({ a: 1 }, { name: "taken" });
		await expect(collection().createIndex({ b: 1 }, { name: "taken" })).rejects.toThrow(error(86));
		await expect(collection().createIndex({ a: 1 }, { name: "other" })).rejects.toThrow(error(85));
	});

	it.each<[string, Document]>([
		["no fields", {}],
		["a direction of 0", { a: 0 }],
		["an unknown kind", { a: "nonsense" }],
	])("refuses %s", async (_, key) => {
		await expect(collection().createIndex(key as never, { name: "x" })).rejects.toThrow();
	});

	it("builds over existing documents while others write", async () => {
		const rows = Array.from({ length: 1500 }, (_, i) => ({ _id: i, n: i % 50, tags: [`t${i % 3}`, "all"] }));
		await collection().insertMany(rows);
		const writes = Array.from({ length: 40 }, (_, i) => collection().updateOne({ _id: i * 30 }, { $set: { n: 1000 } }));
		await Promise.all([collection().createIndex({ n: 1 }), collection().createIndex({ tags: 1 }), ...writes]);
		expect(await collection().countDocuments({ n: 1000 }, { hint: { n: 1 } })).toBe(40);
		expect(await collection().countDocuments({ n: { $gte: 0 } }, { hint: { n: 1 } })).toBe(1500);
		expect(await collection().countDocuments({ tags: "t1" }, { hint: { tags: 1 } })).toBe(500);
	});
});

describe("dropIndexes", () => {
	it("drops by name, and all but the one on _id", async () => {
		await collection().createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }, { key: { c: 1 } }]);
		await collection().dropIndex("a_1");
		expect(await collection().indexes()).toHaveLength(3);
		await collection().dropIndexes();
		expect((await collection().indexes()).map(({ name }) => name)).toEqual(["_id_"]);
		await expect(collection().dropIndex("a_1")).rejects.toThrow(error(27));
		await expect(collection().dropIndex("_id_")).rejects.toThrow();
	});
});
