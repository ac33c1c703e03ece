/**
 * The only way to change the file. Everything queued in one turn of the event loop runs in one transaction and is
 * answered after its commit: the more clients write at once, the fewer waits for the disk each of them pays.
 */
import { StoreError } from "../errors.ts";
import type { Catalog } from "../storage/catalog.ts";

interface Job {
	run(): unknown;
	resolve(value: unknown): void;
	reject(error: unknown): void;
}

type Answer = () => void;

export class WriteQueue {
	private readonly catalog: Catalog;
	private waiting: Job[] = [];
	private closed = false;

	constructor(catalog: Catalog) {
		this.catalog = catalog;
	}

	/**
	 * Runs `work` in a transaction and resolves with its result once that is on the disk. A StoreError keeps what the
	 * work had done until then (MongoDB keeps the earlier documents of a command); any other error undoes all of it.
	 * Work has to allow being run again from the start.
	 */
	run<T>(work: () => T): Promise<T> {
		if (this.closed) return Promise.reject(new StoreError("InterruptedAtShutdown", "the store is shutting down"));
		return new Promise<T>((resolve, reject) => {
			if (this.waiting.length === 0) setImmediate(() => this.flush());
			this.waiting.push({ run: work, resolve: resolve as Job["resolve"], reject });
		});
	}

	/** Finishes what is queued; later work is refused. */
	close(): void {
		this.closed = true;
		this.flush();
	}

	private flush(): void {
		const jobs = this.waiting;
		this.waiting = [];
		if (jobs.length === 0) return;
		try {
			this.transaction(jobs);
		} catch (error) {
			this.undo();
			if (jobs.length === 1) jobs[0]?.reject(error);
			else this.oneByOne(jobs);
		}
	}

	/** One of the jobs failed unexpectedly and took the others' transaction with it. */
	private oneByOne(jobs: readonly Job[]): void {
		for (const job of jobs) {
			try {
				this.transaction([job]);
			} catch (error) {
				this.undo();
				job.reject(error);
			}
		}
	}

	private transaction(jobs: readonly Job[]): void {
		const { connection } = this.catalog;
		connection.exec("BEGIN IMMEDIATE");
		const answers = jobs.map((job) => answerOf(job));
		connection.exec("COMMIT");
		for (const answer of answers) answer();
	}

	private undo(): void {
		const { connection } = this.catalog;
		if (connection.database.isTransaction) connection.exec("ROLLBACK");
		this.catalog.reload();
	}
}

function answerOf(job: Job): Answer {
	try {
		const value = job.run();
		return () => job.resolve(value);
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		return () => job.reject(error);
	}
}
