import { expect, it } from "vitest";
import { crashAndVerify } from "./crash.ts";

it("loses no acknowledged write when the store is killed, and its indexes stay whole", {
	timeout: 60_000,
}, async () => {
	const { acknowledged, violations } = await crashAndVerify(3);
	expect(violations).toEqual([]);
	expect(acknowledged).toBeGreaterThan(300);
});
