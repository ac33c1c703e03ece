/**
 * Reader threads: reads that would hold up the main thread run there, each on its own read-only connection and
 * snapshot. A thread works on one request at a time; the others wait here, so that a deadline counts from the start.
 */
import { Worker } from "node:worker_threads";
import { StoreError } from "../errors.ts";
import { readerOf } from "./cursors.ts";
import { MAX_READERS, READER_GRACE_MS, READER_HEAP_MEGABYTES } from "./limits.ts";

/** What travels to a reader thread. */
export interface ReaderRequest {
	/** The body of the command, with its `$db`. */
	body: Uint8Array;
	connectionId: number;
}

/** What comes back: the encoded reply. */
export type ReaderReply = Uint8Array<ArrayBuffer>;

export interface ReaderSettings {
	file: string;
	number: number;
}

interface Job {
	request: ReaderRequest;
	timeMs: number;
	resolve(reply: Buffer): void;
	reject(error: unknown): void;
}

export class ReaderPool {
	private readonly file: string;
	private readonly readers: Reader[] = [];

	constructor(file: string) {
		this.file = file;
	}

	/** Starts the first thread before it is needed. */
	start(): void {
		this.addReader();
	}

	/** `cursorId` for commands about a cursor: they go to the reader that holds it. */
	read(body: Buffer, connectionId: number, timeMs: number, cursorId?: bigint): Promise<Buffer> {
		const request = { body: Uint8Array.from(body), connectionId };
		const reader = cursorId === undefined ? this.leastBusy() : this.holderOf(cursorId);
		return new Promise((resolve, reject) => reader.take({ request, timeMs, resolve, reject }));
	}

	async close(): Promise<void> {
		await Promise.all(this.readers.map((reader) => reader.close()));
	}

	private leastBusy(): Reader {
		const [first, ...others] = this.readers.toSorted((a, b) => a.load - b.load);
		if (first !== undefined && (first.load === 0 || others.length + 1 >= MAX_READERS)) return first;
		return this.addReader();
	}

	/** An id nobody gave out goes to any reader, which does not know it either. */
	private holderOf(cursorId: bigint): Reader {
		return this.readers[readerOf(cursorId)] ?? this.leastBusy();
	}

	private addReader(): Reader {
		const reader = new Reader({ file: this.file, number: this.readers.length });
		this.readers.push(reader);
		return reader;
	}
}

const SHUTTING_DOWN = "the store is shutting down";

/** One thread, and what waits for it. A thread that ended is started again by the next request. */
class Reader {
	private readonly settings: ReaderSettings;
	private worker: Worker | undefined;
	private readonly waiting: Job[] = [];
	private current: Job | undefined;
	private watchdog: NodeJS.Timeout | undefined;
	/** Ended by us, but not gone yet: it takes no further request. */
	private ending = false;
	private closed = false;

	constructor(settings: ReaderSettings) {
		this.settings = settings;
		this.worker = this.startThread();
	}

	get load(): number {
		return this.waiting.length + (this.current === undefined ? 0 : 1);
	}

	take(job: Job): void {
		this.waiting.push(job);
		if (this.closed) this.ended(SHUTTING_DOWN);
		else this.next();
	}

	async close(): Promise<void> {
		this.closed = true;
		await this.worker?.terminate();
		this.ended(SHUTTING_DOWN);
	}

	private next(): void {
		if (this.current !== undefined || this.ending || this.closed) return;
		this.current = this.waiting.shift();
		if (this.current === undefined) return;
		const { request, timeMs } = this.current;
		this.worker ??= this.startThread();
		this.worker.postMessage(request);
		// The thread watches its own deadline, but not while it is stuck in one regular expression.
		this.watchdog = setTimeout(() => this.endStuck(timeMs), timeMs + READER_GRACE_MS);
	}

	private endStuck(timeMs: number): void {
		const message = `operation exceeded time limit of ${timeMs} ms; its thread was stuck and has been ended`;
		this.current?.reject(new StoreError("MaxTimeMSExpired", message));
		this.current = undefined;
		this.ending = true;
		void this.worker?.terminate();
	}

	private startThread(): Worker {
		const worker = new Worker(new URL("../reader-thread.ts", import.meta.url), {
			workerData: this.settings,
			execArgv: [],
			resourceLimits: { maxOldGenerationSizeMb: READER_HEAP_MEGABYTES },
		});
		let reason = "its thread ended";
		worker.on("message", (reply: ReaderReply) => this.answered(reply));
		worker.on("error", (error) => {
			reason = error.message;
		});
		worker.on("exit", () => this.ended(reason));
		return worker;
	}

	private answered(reply: ReaderReply): void {
		clearTimeout(this.watchdog);
		this.current?.resolve(Buffer.from(reply.buffer));
		this.current = undefined;
		this.next();
	}

	/** The thread is gone, and its cursors with it: out of memory, stuck and ended, or the store is closing. */
	private ended(reason: string): void {
		clearTimeout(this.watchdog);
		this.worker = undefined;
		this.ending = false;
		const failed = [this.current, ...(this.closed ? this.waiting.splice(0) : [])];
		this.current = undefined;
		for (const job of failed) job?.reject(new StoreError("Interrupted", `the read was ended: ${reason}`));
		this.next();
	}
}
