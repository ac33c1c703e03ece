import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { kept } from "./kept.ts";

function counting(): { ask: () => Promise<number>; asked: () => number } {
	let asked = 0;
	return { ask: async () => ++asked, asked: () => asked };
}

describe("a kept answer", () => {
	it("is worked out once for those who ask together, and once for each question", async () => {
		const answer = kept<number>(60_000);
		const { ask } = counting();
		expect(await Promise.all([answer("a", ask), answer("a", ask), answer("b", ask)])).toEqual([1, 1, 2]);
		expect(await answer("a", ask)).toBe(1);
	});

	it("is worked out anew when its time is over", async () => {
		const answer = kept<number>(5);
		const { ask } = counting();
		await answer("a", ask);
		await pause(20);
		expect(await answer("a", ask)).toBe(2);
	});

	it("is not a failure", async () => {
		const answer = kept<number>(60_000);
		await expect(answer("a", () => Promise.reject(new Error("no store")))).rejects.toThrow("no store");
		expect(await answer("a", () => Promise.resolve(7))).toBe(7);
	});

	it("goes when there are too many", async () => {
		const answer = kept<number>(60_000, 2);
		const { ask, asked } = counting();
		for (const question of ["a", "b", "c", "a"]) await answer(question, ask);
		expect(asked()).toBe(4);
	});
});
