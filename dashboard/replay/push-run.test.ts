import { describe, expect, it } from "vitest";
import { pushRun } from "./push-run.ts";

const pushed = (ids: string[], after: string | null = null) => ({
	results: ids.map((id) => ({ id, ok: !id.startsWith("bad") })),
	done: ids.filter((id) => !id.startsWith("bad")).length,
	failed: ids.filter((id) => id.startsWith("bad")).length,
	after,
});

describe("pushing what a replay found different", () => {
	it("goes on where the page before ended, and keeps what failed", async () => {
		const asked: object[] = [];
		const pages = [pushed(["a", "bad-b"], "b"), pushed(["c"])];
		const run = pushRun({ cause: "k", count: 3 }, async (body) => {
			asked.push(body);
			return pages[asked.length - 1] ?? pushed([]);
		});
		await run.start();
		expect(asked).toEqual([{ cause: "k" }, { cause: "k", after: "b" }]);
		expect(run).toMatchObject({ total: 3, done: 2, running: false, failed: [{ id: "bad-b" }], problem: undefined });
	});

	it("asks for chosen orders, as many at a time as the hub takes", async () => {
		const orderIds = Array.from({ length: 501 }, (_, at) => `o${at}`);
		const sizes: number[] = [];
		const run = pushRun({ orderIds }, async (body) => {
			const { orderIds: asked } = body as { orderIds: string[] };
			sizes.push(asked.length);
			return pushed(asked);
		});
		await run.start();
		expect([sizes, run.done]).toEqual([[500, 1], 501]);
	});

	it("ends with the page in hand when it is stopped, and at a refusal", async () => {
		let calls = 0;
		const stopped = pushRun({ cause: "k", count: 9 }, async () => {
			calls += 1;
			stopped.stop();
			return pushed(["a"], "a");
		});
		await stopped.start();
		expect([calls, stopped.done]).toEqual([1, 1]);
		const refused = pushRun({ cause: "k", count: 9 }, () => Promise.reject(new Error("not deployed")));
		await refused.start();
		expect(refused).toMatchObject({ running: false, problem: { message: "not deployed" } });
	});
});
