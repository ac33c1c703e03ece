import { describe, expect, it, vi } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

async function elapsed(work: () => Promise<unknown>): Promise<number> {
	const startedMs = performance.now();
	await work();
	return performance.now() - startedMs;
}

describe("a token bucket", () => {
	it("lets a small burst pass at once and the rest at its rate", async () => {
		const bucket = new TokenBucket(100); // burst 10
		expect(await elapsed(() => Promise.all(Array.from({ length: 10 }, () => bucket.take())))).toBeLessThan(80);
		const ms = await elapsed(() => Promise.all(Array.from({ length: 30 }, () => bucket.take())));
		expect(ms).toBeGreaterThan(250);
		expect(ms).toBeLessThan(900);
	});

	it("serves the urgent first and everyone in turn", async () => {
		const bucket = new TokenBucket(50);
		await Promise.all(Array.from({ length: 5 }, () => bucket.take()));
		const served: string[] = [];
		const ask = (name: string, urgent = false) => bucket.take(urgent).then(() => served.push(name));
		await Promise.all([ask("first"), ask("second"), ask("urgent", true)]);
		expect(served).toEqual(["urgent", "first", "second"]);
	});

	it("lets nothing pass while the platform asks to wait", async () => {
		const bucket = new TokenBucket(1_000);
		expect(bucket.closedForMs()).toBe(0);
		bucket.close(200);
		expect(bucket.closedForMs()).toBeGreaterThan(150);
		expect(await elapsed(() => bucket.take())).toBeGreaterThanOrEqual(190);
	});

	it("goes on at its rate when somebody sets the clock back", async () => {
		const bucket = new TokenBucket(100);
		bucket.close(50);
		const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() - 3_600_000);
		try {
			expect(await elapsed(() => Promise.all(Array.from({ length: 5 }, () => bucket.take())))).toBeLessThan(1_000);
		} finally {
			clock.mockRestore();
		}
	});

	it("goes on serving after it was idle", async () => {
		const bucket = new TokenBucket(1_000);
		await bucket.take();
		await bucket.take();
		await expect(bucket.take()).resolves.toBeUndefined();
	});
});
