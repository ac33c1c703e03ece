import { Worker } from "node:worker_threads";
import { hubError } from "../../config/errors.ts";
import { limitMs, type MappingFailure } from "./compile.ts";
import type { Done, Job } from "./worker.ts";

interface Waiting {
	job: Job;
	resolve(output: unknown): void;
	reject(err: Error): void;
}

interface Thread {
	worker: Worker;
	ready: boolean;
	current: Waiting | null;
	timer: NodeJS.Timeout | undefined;
}

// JSONata stops itself at the limit; the thread is killed only when it can't (one native call that never ends).
const killMs = limitMs + 100;

/** Runs mappings in a few threads. A mapping that overruns takes its thread with it; a new one takes its place. */
export class Mapper {
	readonly #threads: Thread[] = [];
	readonly #queue: Waiting[] = [];
	readonly #size: number;
	#closed = false;

	constructor(size = 2) {
		this.#size = size;
	}

	/**
	 * What the mapping `source` makes of `input`, as plain JSON values.
	 * @throws MAPPING_FAILED (data: code, position, line, column) or MAPPING_TIMEOUT: the same input fails again
	 */
	run(source: string, input: unknown): Promise<unknown> {
		if (this.#closed) return Promise.reject(hubError("SERVICE_UNAVAILABLE", "the mapper is closed"));
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		this.#queue.push({ job: { source, input: JSON.stringify(input) }, resolve, reject });
		if (this.#threads.length < this.#size) this.#startThread();
		this.#next();
		return promise;
	}

	async close(): Promise<void> {
		this.#closed = true;
		const threads = this.#threads.splice(0);
		const unfinished = [...threads.flatMap(({ current }) => current ?? []), ...this.#queue.splice(0)];
		for (const { reject } of unfinished) reject(hubError("SERVICE_UNAVAILABLE", "the mapper is closed"));
		for (const { timer } of threads) clearTimeout(timer);
		await Promise.all(threads.map(({ worker }) => worker.terminate()));
	}

	#startThread(): void {
		const worker = new Worker(new URL("./worker.ts", import.meta.url));
		const thread: Thread = { worker, ready: false, current: null, timer: undefined };
		this.#threads.push(thread);
		worker.unref(); // an idle thread keeps no process alive
		worker.on("message", (message: "ready" | Done) => {
			if (message === "ready") thread.ready = true;
			else this.#finish(thread, message);
			this.#next();
		});
		worker.on("error", (err) => this.#drop(thread, hubError("MAPPING_FAILED", err.message)));
		worker.on("exit", () => this.#drop(thread, hubError("MAPPING_FAILED", "the mapping ended its thread")));
	}

	#next(): void {
		for (const thread of this.#threads) {
			if (!thread.ready || thread.current) continue;
			const waiting = this.#queue.shift();
			if (!waiting) return;
			thread.current = waiting;
			thread.timer = setTimeout(() => {
				this.#drop(thread, hubError("MAPPING_TIMEOUT", `more than ${limitMs} ms`));
				void thread.worker.terminate();
			}, killMs);
			thread.worker.postMessage(waiting.job);
		}
	}

	#finish(thread: Thread, done: Done): void {
		const waiting = thread.current;
		clearTimeout(thread.timer);
		thread.current = null;
		if ("problem" in done) waiting?.reject(toHubError(waiting.job.source, done.problem));
		else waiting?.resolve(done.output === undefined ? undefined : JSON.parse(done.output));
	}

	/** The thread is gone or goes: its mapping fails, and another thread starts when there is work. */
	#drop(thread: Thread, err: Error): void {
		const place = this.#threads.indexOf(thread);
		if (place < 0) return;
		this.#threads.splice(place, 1);
		clearTimeout(thread.timer);
		thread.current?.reject(err);
		if (this.#queue.length && !this.#closed) this.#startThread();
	}
}

/** JSONata's own codes for running into its limits (time, depth, length of a sequence). */
const limitCodes = new Set(["D1011", "D1012", "D2015"]);

function toHubError(source: string, { code, message, position }: MappingFailure): Error {
	if (position === null)
		return hubError(limitCodes.has(code) ? "MAPPING_TIMEOUT" : "MAPPING_FAILED", message, { code });
	const before = source.slice(0, position).split("\n");
	const line = before.length;
	const column = (before.at(-1) ?? "").length + 1;
	const type = limitCodes.has(code) ? "MAPPING_TIMEOUT" : "MAPPING_FAILED";
	return hubError(type, `line ${line}, column ${column}: ${message}`, { code, position, line, column });
}
