/** "Push only these": the orders of a cause, or chosen ones, given to the flows that run now, a page at a time. */
import { reactive } from "vue";
import type { Problem } from "../api.ts";

interface Outcome {
	id: string;
	ok: boolean;
	type?: string; // of config/error-types.ts
	detail?: string;
}

/** What one call of POST /replays/:id/push answers. */
export interface Pushed {
	results: Outcome[];
	done: number;
	failed: number;
	after: string | null;
}

export interface PushRun {
	total: number;
	done: number;
	failed: Outcome[];
	running: boolean;
	problem: Problem | undefined;
	start(): Promise<void>;
	stop(): void;
}

/** As many as the hub pushes in one call. */
const atOnce = 500;

export type PushWish = { cause: string; count: number } | { orderIds: readonly string[] };

/** @param call pushes a page */
export function pushRun(wish: PushWish, call: (body: object) => Promise<Pushed>): PushRun {
	let stopped = false;
	async function pushCause(cause: string): Promise<void> {
		for (let after: string | null = ""; after !== null && !stopped; )
			after = note(await call({ cause, ...(after && { after }) }));
	}
	async function pushThese(orderIds: readonly string[]): Promise<void> {
		for (let at = 0; at < orderIds.length && !stopped; at += atOnce)
			note(await call({ orderIds: orderIds.slice(at, at + atOnce) }));
	}
	function note({ results, done, after }: Pushed): string | null {
		run.done += done;
		run.failed.push(...results.filter(({ ok }) => !ok));
		return after;
	}
	const run: PushRun = reactive<PushRun>({
		total: "orderIds" in wish ? wish.orderIds.length : wish.count,
		done: 0,
		failed: [],
		running: false,
		problem: undefined,
		async start() {
			run.running = true;
			try {
				await ("orderIds" in wish ? pushThese(wish.orderIds) : pushCause(wish.cause));
			} catch (err) {
				run.problem = err as Problem;
			}
			run.running = false;
		},
		stop() {
			stopped = true;
		},
	});
	return run;
}
