/** For tests: makes the calls that steps ask for, without a network. */
import type { HttpRequest, ShopAccess } from "./adapter.ts";
import type { Step, Steps } from "./steps.ts";

/** A call as it would have been made. */
export interface WalkedCall extends Pick<Step<unknown>, "method" | "repeatable"> {
	request: HttpRequest;
}

/**
 * Walks steps as those who make the calls do: what an answer is read as goes back into the steps, and so does the error
 * where it cannot be read. `bodyOf`: what the platform answers to a call, the `at`-th from 0.
 */
export function walkSteps<T>(
	steps: Steps<T>,
	shop: ShopAccess,
	now: Date,
	bodyOf: (call: WalkedCall, at: number) => string,
): { calls: WalkedCall[]; value: T } {
	const calls: WalkedCall[] = [];
	let next = steps.next();
	while (!next.done) {
		const { method, repeatable, request, read } = next.value;
		const call = { method, repeatable, request: request(shop, now) };
		const body = bodyOf(call, calls.length);
		calls.push(call);
		const outcome = readOrFail(() => read({ status: 200, body, at: now }));
		next = "err" in outcome ? steps.throw(outcome.err) : steps.next(outcome.value);
	}
	return { calls, value: next.value };
}

function readOrFail(read: () => unknown): { value: unknown } | { err: unknown } {
	try {
		return { value: read() };
	} catch (err) {
		return { err }; // the steps may know another way
	}
}
