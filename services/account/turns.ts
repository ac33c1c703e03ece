import { hubError } from "../../config/errors.ts";

/**
 * Work that must not all run at once: so much runs, so much waits, first come first served.
 * @throws TOO_MANY_REQUESTS for what comes when as many wait as may
 */
export function turns(most: { running: number; waiting: number }): <T>(work: () => Promise<T>) => Promise<T> {
	let running = 0;
	const waiting: (() => void)[] = [];

	return async (work) => {
		if (running < most.running) running += 1;
		else {
			if (waiting.length >= most.waiting) throw hubError("TOO_MANY_REQUESTS", undefined, { retryAfterSec: 10 });
			await new Promise<void>((resolve) => waiting.push(resolve)); // its turn is handed over: `running` stays
		}
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running -= 1;
		}
	};
}
