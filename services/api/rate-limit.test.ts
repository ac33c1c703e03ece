import { describe, expect, it } from "vitest";
import { rateLimiter, rateLimitHeaders } from "./rate-limit.ts";

describe("a rate limit", () => {
	it("lets a burst through, then the steady rate, and says how long to wait", () => {
		const allow = rateLimiter({ perSecond: 2, burst: 3 });
		const at = (ms: number) => allow("10.0.0.1", ms).retryAfterSec;
		expect([at(0), at(0), at(0)]).toEqual([0, 0, 0]);
		expect(at(0)).toBe(1);
		expect(at(499)).toBe(1);
		expect(at(500)).toBe(0);
		expect(at(501)).toBe(1);
	});

	it("counts each caller for itself", () => {
		const allow = rateLimiter({ perSecond: 1, burst: 1 });
		expect(["a", "a", "b"].map((caller) => allow(caller, 0).retryAfterSec)).toEqual([0, 1, 0]);
	});

	it("is told with what is left of it and when it is whole again", () => {
		const limit = { perSecond: 2, burst: 5 };
		const allow = rateLimiter(limit);
		allow("a", 0);
		expect([...rateLimitHeaders("account", limit, allow("a", 0))]).toEqual([
			["RateLimit-Policy", '"account";q=5;w=3'],
			["RateLimit", '"account";r=3;t=1'],
		]);
	});

	it("forgets callers at rest before it remembers too many", () => {
		const allow = rateLimiter({ perSecond: 1, burst: 1 });
		for (let caller = 0; caller < 20_000; caller += 1) allow(`caller ${caller}`, caller * 1_000);
		expect(allow("caller 19999", 19_999_000).retryAfterSec).toBe(1);
	});
});
