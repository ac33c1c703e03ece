/** Which plans are chosen: what the hub's pages rely on to be fast. */
import type { Document, Filter } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnServer, ownServer } from "./own-server.ts";

interface Order {
	_id: number;
	status: string;
	shop: string;
	buyer: string;
	at: Date;
	holds: { reason: string }[];
	outbox: { id: string }[];
	state: string;
}

const COUNT = 4000;
let server: OwnServer;
const orders = () => server.db.collection<Order>("orders");

beforeAll(async () => {
	server = await ownServer();
	await orders().createIndexes([
		{ key: { status: 1, at: -1 } },
		{ key: { shop: 1, status: 1, at: -1 } },
		{ key: { "holds.reason": 1, at: -1 } },
		{ key: { "outbox.id": 1 }, sparse: true },
		{ key: { at: 1 }, name: "pending", partialFilterExpression: { state: "PENDING" } },
		{ key: { at: -1 } },
		{ key: { buyer: 1 } },
	]);
	await orders().insertMany(
		Array.from({ length: COUNT }, (_, i) => ({
			_id: i,
			status: ["open", "paid", "done"][i % 3] as string,
			shop: `s${i % 7}`,
			buyer: `b${i % 400}`,
			at: new Date(1_760_000_000_000 + ((i * 7919) % COUNT) * 60_000),
			holds: i % 4 === 0 ? [{ reason: "REFUND" }, { reason: "ADDRESS" }] : [],
			outbox: i % 1000 === 0 ? [{ id: `e${i}` }] : [],
			state: i % 100 === 0 ? "PENDING" : "OK",
		})),
	);
});
afterAll(() => server.close());

async function explain(filter: Filter<Order>, sort: Document = {}, limit = 50) {
	const { queryPlanner, executionStats } = await orders()
		.find(filter)
		.sort(sort)
		.limit(limit)
		.explain("executionStats");
	const stages = JSON.stringify(queryPlanner.winningPlan);
	return {
		stages: [...stages.matchAll(/"stage":"(\w+)"/g)].map(([, stage]) => stage),
		index: /"indexName":"([^"]+)"/.exec(stages)?.[1],
		examined: executionStats.totalDocsExamined as number,
		returned: executionStats.nReturned as number,
	};
}

describe("a page of 50", () => {
	it.each<[string, Filter<Order>, string]>([
		["by status", { status: "paid" }, "status_1_at_-1"],
		["by status from a day on", { status: "paid", at: { $lt: new Date(1_760_100_000_000) } }, "status_1_at_-1"],
		["by shop and status", { shop: "s1", status: "open" }, "shop_1_status_1_at_-1"],
		["by a hold, though it is in an array", { "holds.reason": "REFUND" }, "holds.reason_1_at_-1"],
		["of everything", {}, "at_-1"],
	])("%s reads 50 documents, newest first", async (_, filter, index) => {
		expect(await explain(filter, { at: -1 })).toEqual({
			stages: ["FETCH", "IXSCAN"],
			index,
			examined: 50,
			returned: 50,
		});
		expect(await explain(filter, { at: 1 })).toMatchObject({ stages: ["FETCH", "IXSCAN"], returned: 50 });
	});

	it.each<[string, Filter<Order>]>([
		["several statuses", { status: { $in: ["paid", "open"] } }],
		["several shops and statuses", { shop: { $in: ["s1", "s2", "s3"] }, status: { $in: ["paid", "open"] } }],
		["several holds", { "holds.reason": { $in: ["REFUND", "ADDRESS"] } }],
	])("by %s merges their ranges instead of sorting", async (_, filter) => {
		const plan = await explain(filter, { at: -1 });
		expect(plan.stages).toEqual(["FETCH", "SORT_MERGE", "IXSCAN"]);
		expect(plan.examined).toBeLessThanOrEqual(110);
	});

	it("of one buyer's few orders sorts them rather than searching all by time", async () => {
		expect(await explain({ buyer: "b7" }, { at: -1 })).toMatchObject({ index: "buyer_1", examined: 10, returned: 10 });
	});
});

describe("background work", () => {
	it("finds waiting events by the sparse index", async () => {
		const plan = await explain({ "outbox.id": { $exists: true } });
		expect(plan).toMatchObject({ index: "outbox.id_1", examined: 4, returned: 4 });
	});

	it("uses a partial index where the filter implies it, and only there", async () => {
		const pending = { state: "PENDING", at: { $gte: new Date(0) } };
		expect(await explain(pending, { at: 1 }, 0)).toMatchObject({ index: "pending", examined: 40, returned: 40 });
		expect((await explain({ at: { $gte: new Date(0) } }, { at: 1 })).index).toBe("at_-1");
		expect((await explain({ state: "OK", buyer: "b1" })).index).toBe("buyer_1");
	});

	it("finds by a long list of ids without reading the rest", async () => {
		const ids = Array.from({ length: 3000 }, (_, i) => i);
		expect(await explain({ _id: { $in: ids } }, {}, 0)).toMatchObject({
			index: "_id_",
			examined: 3000,
			returned: 3000,
		});
	});

	it("serves every branch of an $or with its own index", async () => {
		const plan = await explain({ $or: [{ buyer: "b1" }, { "outbox.id": "e0" }] }, {}, 0);
		expect(plan).toMatchObject({ stages: ["FETCH", "OR", "IXSCAN", "IXSCAN"], returned: 11 });
	});
});
