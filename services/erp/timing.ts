/** How long things about a push may take. All in milliseconds. */
import type { NoAnswer } from "./http.ts";
import { timeoutMs } from "./http.ts";

/**
 * A sender owns the push for `leaseMs`. The call that brings the document in starts within `startWithinMs` of getting
 * it, those after it within `endWithinMs`, or not at all: so every call has ended, one way or the other, before anybody
 * else may take the push.
 */
export const leaseMs = 26_000;
export const endWithinMs = leaseMs - timeoutMs - 2_000;
export const startWithinMs = 8_000;

/**
 * How long after a call without an answer the ERP may still be at it. After a time-out it well may; a broken connection
 * or a 5xx is the end of the work.
 */
export const settleMs = (how: NoAnswer | "ANSWERED"): number => (how === "TIMEOUT" ? 15_000 : 1_000);

/**
 * The same for calls whose sender died: the last began at the latest `endWithinMs` after the lease did, and nobody
 * knows how it ended, so it settles as one that timed out.
 */
export const abandonedSettleMs = timeoutMs + settleMs("TIMEOUT") - (leaseMs - endWithinMs);

/** An ERP that does not say whether it has the document is asked for ever, but not too often. */
export const askPauseMs = (asks: number): number => [1_000, 2_000, 5_000, 10_000][asks] ?? 15_000;

/** An ERP that never has the document and never takes it either is not flooded with it. */
export const resendPauseMs = (sends: number): number => Math.min(1_000 * 2 ** Math.max(0, sends - 1), 60_000);
