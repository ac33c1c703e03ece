/** What is wrong is refused with MongoDB's code. Runs against any MongoDB (MONGO_URL). */
import { type Document, Long, type ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

let database: FreshDatabase;

beforeAll(async () => {
	database = await freshDatabase();
	await database.db
		.collection<Document & { _id: number | string | ObjectId }>("things")
		.insertOne({ _id: 1, text: "a", list: [1] });
});
afterAll(() => database.drop());

describe("a command", () => {
	it.each<[number, Document]>([
		[59, { noSuchCommand: 1 }],
		[73, { find: "" }],
		[73, { find: 5 }],
		[14, { find: "things", filter: 5 }],
		[14, { find: "things", sort: 5 }],
		[2, { find: "things", filter: { $nonsense: 1 } }],
		[2, { find: "things", filter: { a: { $nonsense: 1 } } }],
		[14, { count: "things", query: 5 }],
		[14, { distinct: "things", key: 5 }],
		[40415, { update: "things", updates: [{ q: {}, u: { $set: { a: 1 } }, nonsense: 1 }] }],
		[16, { insert: "things", documents: [] }],
		[9, { delete: "things", deletes: [{ q: {}, limit: 2 }] }],
		[9, { findAndModify: "things", query: {} }],
		[9, { findAndModify: "things", query: {}, remove: true, update: { $set: { a: 1 } } }],
		[9, { aggregate: "things", pipeline: [] }],
		[40324, { aggregate: "things", pipeline: [{ $nonsense: 1 }], cursor: {} }],
		[43, { getMore: Long.fromNumber(12345), collection: "things" }],
		[26, { listIndexes: "nowhere" }],
		[26, { dropIndexes: "nowhere", index: "x" }],
		[27, { dropIndexes: "things", index: "x" }],
		[72, { dropIndexes: "things", index: "_id_" }],
		[67, { createIndexes: "things", indexes: [{ key: {}, name: "x" }] }],
		[67, { createIndexes: "things", indexes: [{ key: { a: 0 }, name: "x" }] }],
		[67, { createIndexes: "things", indexes: [{ key: { a: 1 }, name: "x", expireAfterSeconds: "x" }] }],
		[9, { createIndexes: "things", indexes: [{ key: { a: 1 } }] }],
		[197, { createIndexes: "things", indexes: [{ key: { a: 1 }, name: "x", nonsense: 1 }] }],
	])("fails with code %i: %j", async (code, command) => {
		await expect(database.db.command(command)).rejects.toMatchObject({ code });
	});

	it("may be repeated where that changes nothing", async () => {
		await database.db.command({ create: "things" });
		await database.db.command({ drop: "nowhere" });
	});
});

describe("a statement of a write", () => {
	it.each<[number, Document]>([
		[40, { q: {}, u: { $set: { a: 1 }, $inc: { a: 1 } } }],
		[9, { q: {}, u: { a: 1 }, multi: true }],
		[14, { q: {}, u: { $inc: { text: 1 } } }],
		[2, { q: {}, u: { $push: { text: 1 } } }],
		[9, { q: {}, u: { $nonsense: { a: 1 } } }],
		[66, { q: { _id: 1 }, u: { $set: { _id: 2 } } }],
		[28, { q: {}, u: { $set: { "text.inner": 1 } } }],
	])("fails with code %i and leaves the others: %j", async (code, statement) => {
		const wanted = { q: { _id: 1 }, u: { $inc: { reached: 1 } } };
		const reply = await database.db.command({ update: "things", updates: [statement, wanted], ordered: false });
		expect(reply.writeErrors).toEqual([expect.objectContaining({ index: 0, code })]);
		expect(reply).toMatchObject({ ok: 1, nModified: 1 });
	});
});
