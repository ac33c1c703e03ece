/** One running command: its instant, and what is left of its time. */
import { StoreError } from "../errors.ts";
import type { Scope } from "../expression/operator.ts";
import { DEFAULT_TIME_MS } from "./limits.ts";

/** A read turned out too long for the main thread. It is run again from the start by a reader thread. */
export class TooLongForMainThread extends Error {}

const DOCUMENTS_PER_CHECK = 64;

export class Operation implements Scope {
	readonly variables: Scope["variables"] = {};
	readonly now = new Date();
	/** Documents this thread may look at. */
	readonly allowance: number;
	private deadline: number;
	private limitMs: number;
	private examined = 0;

	/** `maxTimeMs` 0 is the default limit, as in the command's field. */
	constructor(maxTimeMs: number, allowance = Number.POSITIVE_INFINITY) {
		this.allowance = allowance;
		this.limitMs = maxTimeMs || DEFAULT_TIME_MS;
		this.deadline = performance.now() + this.limitMs;
	}

	/** For the next batch of a cursor: the time limit counts per command. */
	restart(maxTimeMs: number): void {
		this.limitMs = maxTimeMs || DEFAULT_TIME_MS;
		this.deadline = performance.now() + this.limitMs;
	}

	/** Throws MaxTimeMSExpired when the time is up. Called in every long loop. */
	check(): void {
		if (performance.now() <= this.deadline) return;
		throw new StoreError("MaxTimeMSExpired", `operation exceeded time limit of ${this.limitMs} ms`);
	}

	/** Called for every document a scan gives. Throws MaxTimeMSExpired or TooLongForMainThread. */
	examine(): void {
		this.examined++;
		if (this.examined > this.allowance) throw new TooLongForMainThread();
		if (this.examined % DOCUMENTS_PER_CHECK === 0) this.check();
	}

	/** Before a read that is sure to look at so many documents. */
	expect(documents: number): void {
		if (documents > this.allowance) throw new TooLongForMainThread();
	}

	get documentsExamined(): number {
		return this.examined;
	}
}
