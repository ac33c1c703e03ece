/** Collections and databases as wholes. Runs against any MongoDB (MONGO_URL). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

let database: FreshDatabase;

beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());

const names = async (): Promise<string[]> =>
	(await database.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();

describe("collections", () => {
	it("come into being with their first document, or by being created", async () => {
		await database.db.collection("written").insertOne({ a: 1 });
		await database.db.createCollection("created");
		await database.db.collection("indexed").createIndex({ a: 1 });
		expect(await names()).toEqual(["created", "indexed", "written"]);
		const [described] = await database.db.listCollections({ name: "written" }).toArray();
		expect(described).toMatchObject({ name: "written", type: "collection", idIndex: { key: { _id: 1 } } });
	});

	it("are listed over several batches where they are many", async () => {
		for (const name of ["one", "two", "three"]) await database.db.createCollection(name);
		const listed = await database.db.listCollections({}, { batchSize: 2 }).toArray();
		expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(["one", "two", "three"]));
		for (const name of ["one", "two", "three"]) await database.db.collection(name).drop();
	});

	it("are renamed with their documents and indexes", async () => {
		const old = database.db.collection("old");
		await old.createIndex({ a: 1 }, { unique: true });
		await old.insertOne({ a: 1 });
		const renamed = await old.rename("renamed");
		expect(await renamed.countDocuments({ a: 1 })).toBe(1);
		await expect(renamed.insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
		expect(await names()).not.toContain("old");
		await old.insertOne({ a: 2 });
		await expect(old.rename("renamed")).rejects.toMatchObject({ code: 48 });
		await old.rename("renamed", { dropTarget: true });
		expect(await renamed.distinct("a")).toEqual([2]);
	});

	it("are gone when dropped, and come back empty", async () => {
		const dropped = database.db.collection("dropped");
		await dropped.insertMany([{ a: 1 }, { a: 2 }]);
		await dropped.createIndex({ a: 1 });
		await dropped.drop();
		expect(await dropped.find({}).toArray()).toEqual([]);
		await dropped.insertOne({ a: 1 });
		expect(await dropped.indexes()).toHaveLength(1);
	});

	it("are listed by database, and dropped with it", async () => {
		const { databases } = await database.client.db().admin().listDatabases();
		expect(databases.map(({ name }) => name)).toContain(database.name);
		const other = database.client.db(`${database.name}_other`);
		await other.collection("x").insertOne({ a: 1 });
		await other.dropDatabase();
		expect(await other.listCollections().toArray()).toEqual([]);
		expect(await names()).not.toEqual([]);
	});

	it("count after inserts, deletes and failures", async () => {
		const counted = database.db.collection<{ _id: number }>("counted");
		await counted.insertMany([1, 2, 3, 4].map((_id) => ({ _id })));
		await counted.deleteOne({ _id: 2 });
		await counted.insertOne({ _id: 1 }).catch(() => undefined);
		expect(await counted.estimatedDocumentCount()).toBe(3);
		expect(await counted.countDocuments()).toBe(3);
	});
});
