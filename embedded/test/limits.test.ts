/** What one command may take, and that others are served meanwhile. */
import type { Document, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnServer, ownServer } from "./own-server.ts";

let server: OwnServer;
const rows = () => server.db.collection<Document & { _id: number | string | ObjectId }>("rows");

beforeAll(async () => {
	server = await ownServer();
	await rows().insertMany(Array.from({ length: 20_000 }, (_, i) => ({ _id: i, n: i % 100, text: `row ${i}` })));
	await rows().createIndex({ n: 1 });
});
afterAll(() => server.close());

const error = (code: number) => expect.objectContaining({ code });

describe("time", () => {
	it("ends a read that exceeds its maxTimeMS", async () => {
		const crossJoin = [{ $lookup: { from: "rows", pipeline: [{ $match: { text: /never/ } }], as: "all" } }];
		await expect(rows().aggregate(crossJoin, { maxTimeMS: 200 }).toArray()).rejects.toThrow(error(50));
		await expect(rows().find({ text: /x/ }, { maxTimeMS: 1 }).sort({ text: 1 }).toArray()).rejects.toThrow(error(50));
	});

	it("ends a write that exceeds its maxTimeMS", async () => {
		const change = {
			update: "rows",
			updates: [{ q: { text: /row/ }, u: { $set: { x: 1 } }, multi: true }],
			maxTimeMS: 1,
		};
		const reply = await server.db.command(change);
		expect(reply.writeErrors).toEqual([expect.objectContaining({ code: 50 })]);
	});

	it("answers small commands while a long read runs", async () => {
		const long = rows()
			.aggregate([{ $lookup: { from: "rows", pipeline: [{ $match: { text: /never/ } }], as: "all" } }], {
				maxTimeMS: 1500,
			})
			.toArray()
			.catch((err: unknown) => err);
		const started = performance.now();
		for (let i = 0; i < 20; i++) {
			await rows().findOne({ _id: i });
			await rows().updateOne({ _id: i }, { $set: { seen: true } });
		}
		expect(performance.now() - started).toBeLessThan(1000);
		expect(await long).toMatchObject({ code: 50 });
	});

	it("survives a regular expression that never ends", { timeout: 30_000 }, async () => {
		await server.db.collection("texts").insertOne({ text: `${"a".repeat(60)}!` });
		const stuck = server.db.command({ find: "texts", filter: { text: /^(a+)+$/ }, maxTimeMS: 100 });
		const ended = expect(stuck).rejects.toThrow(error(50));
		expect(await rows().findOne({ _id: 1 })).not.toBeNull();
		await ended;
		expect(await server.db.collection("texts").countDocuments({ text: /^a*!/ })).toBe(1);
	});

	it("sees every acknowledged write in the next long read", async () => {
		for (let i = 0; i < 10; i++) {
			await rows().insertOne({ _id: `late ${i}`, text: "late" });
			expect(await rows().countDocuments({ text: "late" })).toBe(i + 1);
		}
	});
});

describe("size", () => {
	it("refuses a document over 16 MB, also one that an update would make", async () => {
		const half = "x".repeat(9 << 20);
		await rows().insertOne({ _id: "large", half });
		await expect(rows().updateOne({ _id: "large" }, [{ $set: { more: "$half" } }])).rejects.toThrow(error(10334));
		expect(Object.keys((await rows().findOne({ _id: "large" })) ?? {})).toEqual(["_id", "half"]);
	});

	it("refuses a sort that would hold more than its share of memory", { timeout: 60_000 }, async () => {
		const wide = server.db.collection("wide");
		const text = "x".repeat(1 << 20);
		for (let n = 0; n < 11; n++) await wide.insertMany(Array.from({ length: 10 }, (_, i) => ({ n: n * 10 + i, text })));
		await expect(wide.find().sort({ n: -1 }).toArray()).rejects.toThrow(error(292));
		expect(
			(
				await wide
					.find({}, { projection: { n: 1 } })
					.sort({ n: -1 })
					.limit(2)
					.toArray()
			).map(({ n }) => n),
		).toEqual([109, 108]);
	});
});

describe("what is not offered", () => {
	it.each<[number, Document]>([
		[20, { find: "rows", txnNumber: 1, lsid: { id: 1 } }],
		[72, { find: "rows", readConcern: { level: "snapshot" } }],
		[40415, { find: "rows", collation: { locale: "zh" } }],
		[40415, { find: "rows", tailable: true }],
		[40415, { find: "rows", let: { a: 1 } }],
		[40415, { aggregate: "rows", pipeline: [], cursor: {}, explain: true }],
		[40324, { aggregate: "rows", pipeline: [{ $changeStream: {} }], cursor: {} }],
		[2, { insert: "rows", documents: [{ a: 1 }], writeConcern: { w: 2 } }],
		[40415, { create: "log", capped: true, size: 1000 }],
		[40415, { create: "checked", validator: { a: { $exists: true } } }],
		[40415, { create: "seen", viewOn: "rows" }],
		[67, { createIndexes: "rows", indexes: [{ key: { text: "text" }, name: "t" }] }],
		[67, { createIndexes: "rows", indexes: [{ key: { "list.0": 1 }, name: "t" }] }],
		[197, { createIndexes: "rows", indexes: [{ key: { a: 1 }, name: "t", collation: { locale: "zh" } }] }],
		[197, { createIndexes: "rows", indexes: [{ key: { a: 1 }, name: "t", hidden: true }] }],
		[59, { commitTransaction: 1 }],
		[59, { mapReduce: "rows" }],
	])("is refused with code %i: %j", async (code, command) => {
		await expect(server.db.command(command)).rejects.toThrow(error(code));
	});
});
