export interface RateLimit {
	perSecond: number; // what one caller may do on and on
	burst: number; // and at once
}

const forgetAt = 10_000; // callers; those at rest are forgotten

/** A bucket a caller, refilled steadily. Returns 0, or the seconds after which the caller may try again. */
export function rateLimiter({ perSecond, burst }: RateLimit): (caller: string, nowMs?: number) => number {
	const buckets = new Map<string, { tokens: number; atMs: number }>();
	const tokensAt = ({ tokens, atMs }: { tokens: number; atMs: number }, nowMs: number): number =>
		Math.min(burst, tokens + ((nowMs - atMs) / 1_000) * perSecond);

	return (caller, nowMs = performance.now()) => {
		if (buckets.size >= forgetAt) {
			for (const [each, bucket] of buckets) if (tokensAt(bucket, nowMs) >= burst) buckets.delete(each);
		}
		const tokens = tokensAt(buckets.get(caller) ?? { tokens: burst, atMs: nowMs }, nowMs);
		const allowed = tokens >= 1;
		buckets.set(caller, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs });
		return allowed ? 0 : Math.ceil((1 - tokens) / perSecond);
	};
}
