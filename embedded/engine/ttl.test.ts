import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnServer, ownServer } from "../test/own-server.ts";

let server: OwnServer;

beforeAll(async () => {
	server = await ownServer({ ttlEveryMs: 20 });
});
afterAll(() => server.close());

describe("TTL indexes", () => {
	it("let documents go once their time has come, and only those", async () => {
		const sessions = server.db.collection<{ _id: string; at?: unknown }>("sessions");
		await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
		const [past, now] = [new Date(Date.now() - 61_000), new Date()];
		await sessions.insertMany([
			{ _id: "expired", at: past },
			{ _id: "expired in a list", at: [now, past] },
			{ _id: "fresh", at: now },
			{ _id: "no date", at: "2001-01-01" },
			{ _id: "nothing" },
		]);
		await expect.poll(() => sessions.countDocuments()).toBe(3);
		expect((await sessions.distinct("_id")).sort()).toEqual(["fresh", "no date", "nothing"]);
	});

	it("only look at the documents of their partial filter", async () => {
		const events = server.db.collection<{ _id: number; at: Date; done: boolean }>("events");
		const partialFilterExpression = { done: true };
		await events.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression });
		const at = new Date(Date.now() - 120_000);
		await events.insertMany([
			{ _id: 1, at, done: true },
			{ _id: 2, at, done: false },
		]);
		await expect.poll(() => events.countDocuments()).toBe(1);
		expect(await events.distinct("_id")).toEqual([2]);
	});
});
