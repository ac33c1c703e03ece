/** Jobs of agenda: locking, repeating, competing workers. Runs against any MongoDB (MONGO_URL). */
import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../test/fresh.ts";

let database: FreshDatabase;
const started: Agenda[] = [];

beforeAll(async () => {
	database = await freshDatabase();
});
afterEach(async () => {
	for (const agenda of started.splice(0)) await agenda.stop();
});
afterAll(() => database.drop());

async function agendaOn(collection: string): Promise<Agenda> {
	const agenda = new Agenda({
		backend: new MongoBackend({ mongo: database.db as never, collection }),
		processEvery: 100,
		defaultLockLifetime: 5_000,
	});
	started.push(agenda);
	return agenda;
}

describe("agenda", () => {
	it("runs a job once although two workers look for it", async () => {
		const runs: string[] = [];
		for (const worker of ["a", "b"]) {
			const agenda = await agendaOn("once");
			agenda.define("pull", async (job) => {
				runs.push(`${worker}${(job.attrs.data as { shop: string }).shop}`);
			});
			await agenda.start();
		}
		for (let shop = 0; shop < 6; shop++) await started[0]?.now("pull", { shop: String(shop) });
		await expect.poll(() => runs.length, { timeout: 10_000 }).toBe(6);
		expect(new Set(runs.map((run) => run.slice(1))).size).toBe(6);
	});

	it("repeats a job and remembers when it runs next", async () => {
		const agenda = await agendaOn("repeat");
		let runs = 0;
		agenda.define("tick", async () => {
			runs++;
		});
		await agenda.start();
		await agenda.every("1 second", "tick");
		await expect.poll(() => runs, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
		const job = await database.db.collection("repeat").findOne({ name: "tick" });
		expect(job).toMatchObject({ type: "single", nextRunAt: expect.any(Date) });
	});

	it("keeps a failed job with its reason, and cancels by query", async () => {
		const agenda = await agendaOn("failing");
		agenda.define("break", async () => {
			throw new Error("no carrier");
		});
		await agenda.start();
		await agenda.now("break", {});
		const failed = () => database.db.collection("failing").findOne({ failReason: "no carrier" });
		await expect.poll(failed, { timeout: 10_000 }).toMatchObject({ failCount: 1 });
		expect(await agenda.cancel({ name: "break" })).toBe(1);
		expect(await database.db.collection("failing").countDocuments()).toBe(0);
	});
});
