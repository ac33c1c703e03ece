import { describe, expect, it } from "vitest";
import { rateLimiter } from "./rate-limit.ts";

describe("a rate limit", () => {
	it("lets a burst through, then the steady rate, and says how long to wait", () => {
		const secondsToWait = rateLimiter({ perSecond: 2, burst: 3 });
		const at = (ms: number) => secondsToWait("10.0.0.1", ms);
		expect([at(0), at(0), at(0)]).toEqual([0, 0, 0]);
		expect(at(0)).toBe(1);
		expect(at(499)).toBe(1);
		expect(at(500)).toBe(0);
		expect(at(501)).toBe(1);
	});

	it("counts each caller for itself", () => {
		const secondsToWait = rateLimiter({ perSecond: 1, burst: 1 });
		expect([secondsToWait("a", 0), secondsToWait("a", 0), secondsToWait("b", 0)]).toEqual([0, 1, 0]);
	});

	it("forgets callers at rest before it remembers too many", () => {
		const secondsToWait = rateLimiter({ perSecond: 1, burst: 1 });
		for (let caller = 0; caller < 20_000; caller += 1) secondsToWait(`caller ${caller}`, caller * 1_000);
		expect(secondsToWait("caller 19999", 19_999_000)).toBe(1);
	});
});
