/** Inserting, finding, changing and deleting, through the official driver. Runs against any MongoDB (MONGO_URL). */
import { Binary, Decimal128, type Document, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

let database: FreshDatabase;
const orders = () => database.db.collection<Document & { _id: number | string | ObjectId }>("orders");

beforeAll(async () => {
	database = await freshDatabase();
});
beforeEach(async () => {
	await orders().deleteMany({});
});
afterAll(() => database.drop());

const error = (code: number) => expect.objectContaining({ code });

describe("insert", () => {
	it("keeps every BSON type as it was", async () => {
		const doc = {
			_id: new ObjectId(),
			int: new Int32(1),
			double: new Double(1),
			fraction: new Double(1.5),
			long: Long.fromString("9007199254740993"),
			decimal: Decimal128.fromString("1.10"),
			text: "李四 \u{1F600}",
			binary: new Binary(Buffer.from([1, 2, 3]), 128),
			date: new Date(-1),
			timestamp: new Timestamp({ t: 5, i: 6 }),
			regex: /^a.b/i,
			nothing: null,
			flags: [true, false],
			low: new MinKey(),
			high: new MaxKey(),
			nested: { list: [{ a: [] }, {}] },
		};
		await orders().insertOne(doc);
		const found = await orders().findOne({}, { promoteValues: false, bsonRegExp: false });
		expect(found).toEqual({ ...doc, text: found?.text, date: found?.date, nothing: null, flags: [true, false] });
		expect(found?.text).toBe(doc.text);
		expect(found?.double).toBeInstanceOf(Double);
		expect(found?.int).toBeInstanceOf(Int32);
	});

	it("gives documents without _id one of their own", async () => {
		const { insertedId } = await orders().insertOne({ no: 1 } as never);
		expect(await orders().findOne({ _id: insertedId })).toMatchObject({ no: 1 });
	});

	it("stops at the first duplicate when ordered", async () => {
		const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
		await expect(orders().insertMany(docs)).rejects.toThrow(error(11000));
		expect(await orders().countDocuments()).toBe(1);
	});

	it("stores all it can and reports each duplicate when unordered", async () => {
		const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }, { _id: 3 }];
		const failure = await orders()
			.insertMany(docs, { ordered: false })
			.catch((err: unknown) => err);
		expect(failure).toMatchObject({ code: 11000, insertedCount: 3 });
		expect((failure as { writeErrors: { index: number }[] }).writeErrors.map(({ index }) => index)).toEqual([1, 3]);
		expect(await orders().countDocuments()).toBe(3);
	});

	it("takes an unacknowledged write", async () => {
		await orders().insertOne({ _id: "later" }, { writeConcern: { w: 0 } });
		await expect.poll(() => orders().countDocuments({ _id: "later" })).toBe(1);
	});

	it.each([[[1, 2]], [/x/]])("refuses %o as _id", async (_id) => {
		await expect(orders().insertOne({ _id: _id as never })).rejects.toThrow();
	});
});

describe("find", () => {
	beforeEach(async () => {
		await orders().insertMany(
			Array.from({ length: 20 }, (_, no) => ({
				_id: no,
				no,
				shop: `s${no % 3}`,
				lines: [
					{ sku: `k${no % 4}`, quantity: no },
					{ sku: "gift", quantity: 1 },
				],
			})),
		);
	});

	const found = async (filter: Document, options = {}): Promise<unknown[]> =>
		(await orders().find(filter, options).toArray()).map(({ no }) => no);

	it("filters, sorts, skips and limits", async () => {
		expect(await found({ shop: "s1" }, { sort: { no: -1 }, skip: 1, limit: 3 })).toEqual([16, 13, 10]);
		expect(await found({ no: { $gte: 5, $lt: 8 } }, { sort: { no: 1 } })).toEqual([5, 6, 7]);
		expect(await found({ no: { $in: [3, 99, 1] } }, { sort: { no: 1 } })).toEqual([1, 3]);
		expect(await found({ $or: [{ no: 2 }, { shop: "s0", no: { $gt: 15 } }] }, { sort: { no: 1 } })).toEqual([2, 18]);
	});

	it("finds nothing in a collection that does not exist", async () => {
		expect(await database.db.collection("nowhere").find().toArray()).toEqual([]);
	});

	it("projects fields in and out", async () => {
		const byNo = { no: 3 } as const;
		expect(await orders().findOne(byNo, { projection: { no: 1, _id: 0 } })).toEqual({ no: 3 });
		expect(await orders().findOne(byNo, { projection: { lines: 0 } })).toEqual({ _id: 3, no: 3, shop: "s0" });
		expect(await orders().findOne(byNo, { projection: { "lines.sku": 1 } })).toEqual({
			_id: 3,
			lines: [{ sku: "k3" }, { sku: "gift" }],
		});
	});

	it("projects the array element that matched", async () => {
		const filter = { _id: 3, "lines.sku": "gift" };
		const doc = await orders().findOne(filter, { projection: { "lines.$": 1 } });
		expect(doc?.lines).toEqual([{ sku: "gift", quantity: 1 }]);
	});

	it("tells elements of one array apart by $elemMatch", async () => {
		expect(await found({ "lines.sku": "k1", "lines.quantity": 1 }, { sort: { no: 1 } })).toEqual([1, 5, 9, 13, 17]);
		expect(await found({ lines: { $elemMatch: { sku: "k1", quantity: 1 } } })).toEqual([1]);
	});

	it("counts and lists distinct values", async () => {
		expect(await orders().countDocuments({ shop: "s1" })).toBe(7);
		expect(await orders().countDocuments({ shop: "s1" }, { skip: 2, limit: 3 })).toBe(3);
		expect(await orders().estimatedDocumentCount()).toBe(20);
		expect(await orders().distinct("shop")).toEqual(["s0", "s1", "s2"]);
		expect(await orders().distinct("lines.sku", { no: { $lt: 2 } })).toEqual(["gift", "k0", "k1"]);
	});
});

describe("update", () => {
	beforeEach(async () => {
		await orders().insertMany([
			{ _id: 1, status: "open", n: 1 },
			{ _id: 2, status: "open", n: 2 },
			{ _id: 3, status: "done", n: 3 },
		]);
	});

	it("tells matched from modified", async () => {
		expect(await orders().updateOne({ _id: 1 }, { $set: { status: "open" } })).toMatchObject({
			matchedCount: 1,
			modifiedCount: 0,
		});
		expect(await orders().updateMany({ status: "open" }, { $inc: { n: 10 } })).toMatchObject({
			matchedCount: 2,
			modifiedCount: 2,
		});
		expect((await orders().find().sort({ _id: 1 }).toArray()).map(({ n }) => n)).toEqual([11, 12, 3]);
	});

	it("does not meet a document again that its own change moves on", async () => {
		await orders().createIndex({ n: 1 });
		await orders().updateMany({ n: { $gt: 0 } }, { $inc: { n: 100 } });
		expect((await orders().find().sort({ _id: 1 }).toArray()).map(({ n }) => n)).toEqual([101, 102, 103]);
		await orders().dropIndex("n_1");
	});

	it("inserts when an upsert matches nothing, from the filter's equalities", async () => {
		const result = await orders().updateOne(
			{ _id: 9, status: "open", n: { $gt: 5 } },
			{ $set: { "to.city": "杭州" }, $setOnInsert: { made: true } },
			{ upsert: true },
		);
		expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 9 });
		expect(await orders().findOne({ _id: 9 })).toEqual({ _id: 9, status: "open", to: { city: "杭州" }, made: true });
	});

	it("leaves $setOnInsert alone when an upsert matches", async () => {
		await orders().updateOne({ _id: 1 }, { $set: { n: 5 }, $setOnInsert: { made: true } }, { upsert: true });
		expect(await orders().findOne({ _id: 1 })).toEqual({ _id: 1, status: "open", n: 5 });
	});

	it("replaces a document and keeps its _id", async () => {
		await orders().replaceOne({ _id: 2 }, { fresh: true });
		expect(await orders().findOne({ _id: 2 })).toEqual({ _id: 2, fresh: true });
		await expect(orders().replaceOne({ _id: 2 }, { _id: 7 } as never)).rejects.toThrow(error(66));
	});

	it("updates by a pipeline", async () => {
		await orders().updateMany({}, [{ $set: { total: { $add: ["$n", 1] } } }, { $unset: "status" }]);
		expect(await orders().findOne({ _id: 3 })).toEqual({ _id: 3, n: 3, total: 4 });
	});

	it("changes the matched element, and the elements of an array filter", async () => {
		await orders().insertOne({
			_id: 4,
			lines: [
				{ sku: "a", state: 0 },
				{ sku: "b", state: 0 },
			],
		});
		await orders().updateOne({ _id: 4, "lines.sku": "b" }, { $set: { "lines.$.state": 1 } });
		await orders().updateOne(
			{ _id: 4 },
			{ $set: { "lines.$[line].note": "x" } },
			{ arrayFilters: [{ "line.sku": "a" }] },
		);
		expect((await orders().findOne({ _id: 4 }))?.lines).toEqual([
			{ sku: "a", state: 0, note: "x" },
			{ sku: "b", state: 1 },
		]);
	});

	it("runs a bulk of mixed operations in order", async () => {
		const result = await orders().bulkWrite([
			{ insertOne: { document: { _id: 5, n: 5 } } },
			{ updateOne: { filter: { _id: 5 }, update: { $inc: { n: 1 } } } },
			{ updateOne: { filter: { _id: 6 }, update: { $set: { n: 6 } }, upsert: true } },
			{ deleteOne: { filter: { _id: 1 } } },
			{ replaceOne: { filter: { _id: 2 }, replacement: { n: 0 } } },
		]);
		expect(result).toMatchObject({ insertedCount: 1, matchedCount: 2, upsertedCount: 1, deletedCount: 1 });
		expect((await orders().find().sort({ _id: 1 }).toArray()).map(({ _id, n }) => [_id, n])).toEqual([
			[2, 0],
			[3, 3],
			[5, 6],
			[6, 6],
		]);
	});

	it("goes on after a failure in an unordered bulk", async () => {
		const failure = await orders()
			.bulkWrite(
				[
					{ updateOne: { filter: { _id: 1 }, update: { $inc: { status: 1 } } } },
					{ updateOne: { filter: { _id: 2 }, update: { $inc: { n: 1 } } } },
				],
				{ ordered: false },
			)
			.catch((err: unknown) => err);
		expect(failure).toMatchObject({ code: 14 });
		expect(await orders().findOne({ _id: 2 })).toMatchObject({ n: 3 });
	});

	it("counts right when many clients increment one document", async () => {
		await Promise.all(Array.from({ length: 50 }, () => orders().updateOne({ _id: 1 }, { $inc: { n: 1 } })));
		expect(await orders().findOne({ _id: 1 })).toMatchObject({ n: 51 });
	});
});

describe("findAndModify", () => {
	beforeEach(async () => {
		await orders().insertMany([1, 2, 3].map((n) => ({ _id: n, n, state: "new" })));
	});

	it("answers with the document before or after", async () => {
		expect(await orders().findOneAndUpdate({ _id: 1 }, { $inc: { n: 5 } })).toMatchObject({ n: 1 });
		expect(await orders().findOneAndUpdate({ _id: 1 }, { $inc: { n: 5 } }, { returnDocument: "after" })).toMatchObject({
			n: 11,
		});
		expect(await orders().findOneAndUpdate({ _id: 99 }, { $set: { n: 0 } })).toBeNull();
	});

	it("takes the first in the order of the sort, and projects it", async () => {
		const options = { sort: { n: -1 }, projection: { state: 1 }, returnDocument: "after" } as const;
		expect(await orders().findOneAndUpdate({ state: "new" }, { $set: { state: "taken" } }, options)).toEqual({
			_id: 3,
			state: "taken",
		});
	});

	it("makes the document when told to", async () => {
		const options = { upsert: true, returnDocument: "after", includeResultMetadata: true } as const;
		expect(await orders().findOneAndUpdate({ _id: 7 }, { $set: { n: 7 } }, options)).toMatchObject({
			value: { _id: 7, n: 7 },
			lastErrorObject: { n: 1, updatedExisting: false, upserted: 7 },
		});
	});

	it("gives each of many competing workers another job", async () => {
		const taken = await Promise.all(
			Array.from({ length: 5 }, () =>
				orders().findOneAndUpdate({ state: "new" }, { $set: { state: "taken" } }, { sort: { n: 1 } }),
			),
		);
		expect(taken.map((doc) => doc?._id ?? null).sort()).toEqual([1, 2, 3, null, null].sort());
	});

	it("replaces and deletes", async () => {
		expect(await orders().findOneAndReplace({ _id: 2 }, { x: 1 }, { returnDocument: "after" })).toEqual({
			_id: 2,
			x: 1,
		});
		expect(await orders().findOneAndDelete({}, { sort: { _id: -1 } })).toMatchObject({ _id: 3 });
		expect(await orders().countDocuments()).toBe(2);
	});
});

describe("delete", () => {
	it("removes one, several or all", async () => {
		await orders().insertMany([1, 2, 3, 4].map((n) => ({ _id: n, odd: n % 2 === 1 })));
		expect((await orders().deleteOne({ odd: true })).deletedCount).toBe(1);
		expect((await orders().deleteMany({ odd: false })).deletedCount).toBe(2);
		expect((await orders().deleteMany({})).deletedCount).toBe(1);
		expect(await orders().countDocuments()).toBe(0);
	});
});
