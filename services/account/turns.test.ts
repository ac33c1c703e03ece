import { describe, expect, it } from "vitest";
import { turns } from "./turns.ts";

describe("work in turns", () => {
	it("runs so much at once, lets so much wait, refuses the rest, and goes on after a failure", async () => {
		const inTurn = turns({ running: 2, waiting: 3 });
		const gates = Array.from({ length: 6 }, () => Promise.withResolvers<string>());
		let running = 0;
		let most = 0;
		const all = gates.map(({ promise }) =>
			inTurn(async () => {
				running += 1;
				most = Math.max(most, running);
				return promise.finally(() => {
					running -= 1;
				});
			}),
		);
		await expect(all[5]).rejects.toMatchObject({ type: "TOO_MANY_REQUESTS" });
		gates[0]?.reject(new Error("broken"));
		for (const [index, { resolve }] of gates.entries()) resolve(`done ${index}`);
		const results = await Promise.allSettled(all.slice(0, 5));
		expect(results.map(({ status }) => status)).toEqual(["rejected", ...Array(4).fill("fulfilled")]);
		expect(most).toBe(2);
		await expect(inTurn(async () => "later")).resolves.toBe("later");
	});
});
