import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { pooled } from "./pool.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("pooled", () => {
	it("does everything, never more at once than asked for", async () => {
		let atOnce = 0;
		let most = 0;
		const done: number[] = [];
		await pooled(numbers(50), 4, async (item) => {
			atOnce += 1;
			most = Math.max(most, atOnce);
			await pause(1);
			atOnce -= 1;
			done.push(item);
			return true;
		});
		expect(done.sort((a, b) => a - b)).toEqual(numbers(50));
		expect(most).toBe(4);
	});

	it("takes nothing new after a no, and lets what is under way end", async () => {
		const done: number[] = [];
		await pooled(numbers(50), 2, async (item) => {
			await pause(1);
			done.push(item);
			return item !== 1;
		});
		expect(done.length).toBeLessThan(6);
		expect(done).toContain(0);
	});

	it("throws what was thrown, after the others have ended", async () => {
		let ended = 0;
		const work = pooled(numbers(10), 3, async (item) => {
			if (item === 0) throw new Error("no");
			await pause(20);
			ended += 1;
			return true;
		});
		await expect(work).rejects.toThrow("no");
		expect(ended).toBe(2);
	});

	it("has nothing to do for no items", async () => {
		await expect(pooled([], 3, async () => true)).resolves.toBeUndefined();
	});
});
