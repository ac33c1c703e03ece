export interface RateLimit {
	perSecond: number; // what one caller may do on and on
	burst: number; // and at once
}

export interface Allowance {
	retryAfterSec: number; // 0: this one is allowed
	remaining: number; // how many more at once
	fullInSec: number; // when the whole burst is there again
}

const forgetAt = 10_000; // callers; those at rest are forgotten

/** A bucket a caller, refilled steadily. */
export function rateLimiter({ perSecond, burst }: RateLimit): (caller: string, nowMs?: number) => Allowance {
	const buckets = new Map<string, { tokens: number; atMs: number }>();
	const tokensAt = ({ tokens, atMs }: { tokens: number; atMs: number }, nowMs: number): number =>
		Math.min(burst, tokens + ((nowMs - atMs) / 1_000) * perSecond);

	return (caller, nowMs = performance.now()) => {
		if (buckets.size >= forgetAt) {
			for (const [each, bucket] of buckets) if (tokensAt(bucket, nowMs) >= burst) buckets.delete(each);
		}
		const tokens = tokensAt(buckets.get(caller) ?? { tokens: burst, atMs: nowMs }, nowMs);
		const isAllowed = tokens >= 1;
		const left = isAllowed ? tokens - 1 : tokens;
		buckets.set(caller, { tokens: left, atMs: nowMs });
		return {
			retryAfterSec: isAllowed ? 0 : Math.ceil((1 - tokens) / perSecond),
			remaining: Math.floor(left),
			fullInSec: Math.ceil((burst - left) / perSecond),
		};
	};
}

/** What a caller is told of its limit. Source: draft-ietf-httpapi-ratelimit-headers-10. */
export function rateLimitHeaders(
	policy: string,
	{ perSecond, burst }: RateLimit,
	{ remaining, fullInSec }: Allowance,
): Map<string, string> {
	return new Map([
		["RateLimit-Policy", `"${policy}";q=${burst};w=${Math.ceil(burst / perSecond)}`],
		["RateLimit", `"${policy}";r=${remaining};t=${fullInSec}`],
	]);
}
