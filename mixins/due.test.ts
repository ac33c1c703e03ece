import type { ServiceBroker } from "moleculer";
import { Schema } from "mongoose";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startBroker } from "../test/broker.ts";
import { database, ownsModels } from "./database.ts";
import { type Due, due, dueFields, dueIndex, wake } from "./due.ts";

interface Chore extends Due {
	done: number;
}
const schema = new Schema<Chore>(
	{ _id: String, done: { type: Number, default: 0 }, ...dueFields },
	{ strict: "throw" },
);
schema.index(...dueIndex);
const ChoreModel = database.model("chore", schema, "chores");

const long = 60_000; // the loop's own rhythm is out of the way
let keeper: ServiceBroker; // holds the database open
const workers = new Set<ServiceBroker>();

async function worker(handle: (chore: Chore) => Promise<void>, { concurrency = 4, leaseMs = long } = {}) {
	const works = due<Chore>(ChoreModel, {
		concurrency,
		leaseMs,
		everyMs: long,
		handle: (_service, chore) => handle(chore),
	});
	const broker = await startBroker({ name: "chore", mixins: [works, ownsModels(ChoreModel)] });
	workers.add(broker);
	const stop = async (): Promise<void> => {
		if (workers.delete(broker)) await broker.stop();
	};
	return { stop, wake: () => wake(broker.getLocalService("chore")) };
}
const finish = async ({ _id, turn }: Chore): Promise<void> => {
	await ChoreModel.updateOne({ _id, turn }, { $unset: { nextAt: 1 }, $inc: { turn: 1, done: 1 } });
};
const isDone = (count: number): Promise<void> =>
	vi.waitFor(async () => expect(await ChoreModel.countDocuments({ done: 1 })).toBe(count), { timeout: 10_000 });
const dueNow = (count: number): object[] =>
	Array.from({ length: count }, (_, n) => ({ _id: String(n), nextAt: new Date(0) }));

beforeAll(async () => {
	keeper = await startBroker({ name: "keeper", mixins: [ownsModels(ChoreModel)] });
});
afterAll(() => keeper.stop());
afterEach(async () => {
	for (const broker of workers) await broker.stop();
	workers.clear();
	await ChoreModel.deleteMany({});
});

describe("due", () => {
	it("takes what became due at the next turn or when woken, and leaves the rest", async () => {
		const { wake } = await worker(finish);
		await ChoreModel.create([...dueNow(2), { _id: "rests" }, { _id: "later", nextAt: new Date(Date.now() + long) }]);
		wake();
		await isDone(2);
		expect(await ChoreModel.countDocuments({ done: 0 })).toBe(2);
	});

	it("gives each document to one taker", async () => {
		const takers = [await worker(finish), await worker(finish)];
		await ChoreModel.create(dueNow(40));
		for (const { wake } of takers) wake();
		await isDone(40);
		expect(await ChoreModel.countDocuments({ turn: { $ne: 2 } })).toBe(0);
	});

	it("has no more in hand than it may", async () => {
		let inHand = 0;
		let most = 0;
		const { promise: threeInHand, resolve } = Promise.withResolvers<void>();
		const { wake } = await worker(
			async (chore) => {
				most = Math.max(most, ++inHand);
				if (inHand === 3) resolve();
				await threeInHand;
				await finish(chore);
				inHand -= 1;
			},
			{ concurrency: 3 },
		);
		await ChoreModel.create(dueNow(20));
		wake();
		await isDone(20);
		expect(most).toBe(3);
	});

	it("gives what a taker left behind to the next one when its lease has run out", async () => {
		let failed = false;
		const { wake } = await worker(
			async (chore) => {
				if (failed) return finish(chore);
				failed = true;
				throw new Error("out of luck");
			},
			{ leaseMs: 50 },
		);
		await ChoreModel.create(dueNow(1));
		await vi.waitFor(async () => {
			wake();
			expect(await ChoreModel.countDocuments({ done: 1 })).toBe(1);
		});
		expect(failed).toBe(true);
	});

	it("waits for what is in hand when the service stops", async () => {
		const { promise: mayFinish, resolve: letFinish } = Promise.withResolvers<void>();
		const { promise: taken, resolve: tellTaken } = Promise.withResolvers<void>();
		const { stop, wake } = await worker(async (chore) => {
			tellTaken();
			await mayFinish;
			await finish(chore);
		});
		await ChoreModel.create(dueNow(1));
		wake();
		await taken;
		const stopped = stop();
		letFinish();
		await stopped;
		expect(await ChoreModel.countDocuments({ done: 1 })).toBe(1);
	});
});
