import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ownsModels } from "../../mixins/database.ts";
import { startBroker } from "../../test/broker.ts";
import { PaceModel } from "./pace.model.ts";
import { SharedPace } from "./pace.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker({ name: "pace-owner", mixins: [ownsModels(PaceModel)] });
});
afterEach(() => PaceModel.deleteMany({}));
afterAll(() => broker?.stop());

async function elapsed(work: () => Promise<unknown>): Promise<number> {
	const startedMs = performance.now();
	await work();
	return performance.now() - startedMs;
}
const many = (pace: SharedPace, count: number): Promise<unknown> =>
	Promise.all(Array.from({ length: count }, () => pace.take()));

describe("the pace of a method", () => {
	it("is the same however many processes keep to it", async () => {
		const processes = [1, 2, 3].map(() => new SharedPace("a", 100));
		const ms = await elapsed(() => Promise.all(processes.map((pace) => many(pace, 20))));
		expect(ms).toBeGreaterThan(550); // 60 calls at 100 a second, the first at once
		expect(ms).toBeLessThan(2_500);
	});

	it("of another method is another one", async () => {
		expect(await elapsed(() => Promise.all(["b", "c", "d"].map((id) => many(new SharedPace(id, 20), 4))))).toBeLessThan(
			600,
		);
	});

	it("lets the urgent pass first and everyone in turn", async () => {
		const pace = new SharedPace("e", 20);
		const served: string[] = [];
		const ask = (name: string, urgent = false) => pace.take(urgent).then(() => served.push(name));
		await Promise.all([ask("first"), ask("second"), ask("third"), ask("urgent", true)]);
		expect(served.indexOf("urgent")).toBeLessThan(served.indexOf("third"));
		expect(served.filter((name) => name !== "urgent")).toEqual(["first", "second", "third"]);
	});

	it("stands still in every process while the platform asks to wait", async () => {
		const [one, other] = [new SharedPace("f", 1_000), new SharedPace("f", 1_000)];
		await Promise.all([one.take(), other.take()]);
		await one.close(300);
		expect(one.closedForMs()).toBeGreaterThan(200);
		expect(await elapsed(() => other.take())).toBeGreaterThanOrEqual(250);
	});

	it("goes on when somebody set the clock back", async () => {
		const pace = new SharedPace("g", 100);
		await pace.take();
		await PaceModel.updateMany({}, { $set: { slot: Date.now() + 3_600_000 } });
		expect(await elapsed(() => many(new SharedPace("g", 100), 3))).toBeLessThan(1_000);
	});

	it("tells those who wait when the store does not answer", async () => {
		const pace = new SharedPace("h", 100);
		const broken = vi.spyOn(PaceModel.collection, "findOneAndUpdate").mockRejectedValue(new Error("no store"));
		try {
			await expect(pace.take()).rejects.toThrow("no store");
		} finally {
			broken.mockRestore();
		}
		await expect(pace.take()).resolves.toBeUndefined();
	});
});
