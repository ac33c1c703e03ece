import type { HttpAnswer, HttpRequest, ShopAccess } from "./adapter.ts";

/** One call to a platform: how it is asked and how its answer is read. Both are pure. */
export interface Step<T> {
	method: string; // what the platform counts calls by
	/** May it be made again when nobody knows how it ended? True for all that only read. */
	repeatable: boolean;
	/** `now` is the platform's clock. May throw, before anything was sent: CARRIER_UNKNOWN, INVALID … */
	request(shop: ShopAccess, now: Date): HttpRequest;
	/**
	 * Throws PLATFORM_RATE_LIMITED (data.waitMs), PLATFORM_TOKEN_EXPIRED, PLATFORM_MISCONFIGURED, PLATFORM_REFUSED,
	 * PLATFORM_UNREACHABLE (the platform says it is out of order) or PLATFORM_BAD_RESPONSE.
	 */
	read(answer: HttpAnswer): T;
}

/**
 * What it takes to get something done on a platform: one call or several, each made from the answers before it.
 * Whoever runs it makes the calls; the steps themselves touch no network, so they stay pure and easy to test.
 */
export type Steps<T> = Generator<Step<unknown>, T, unknown>;

/** One call among the steps: `const address = yield* ask({…})`. The type of the answer is the step's own. */
export function* ask<T>(step: Step<T>): Steps<T> {
	return (yield step) as T;
}
