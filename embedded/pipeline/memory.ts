import { encode } from "../bson/encode.ts";
import type { Value } from "../bson/values.ts";
import { MAX_SORT_BYTES } from "../engine/limits.ts";
import { StoreError } from "../errors.ts";

/** Measuring every value would cost as much as the work itself: one in so many stands for the rest. */
const SAMPLE = 16;

/** Estimates the bytes a stage holds, and stops it before it holds too many. */
export class MemoryBudget {
	private readonly stage: string;
	private held = 0;
	private samples = 0;
	private sampledBytes = 0;

	constructor(stage: string) {
		this.stage = stage;
	}

	/** Throws QueryExceededMemoryLimitNoDiskUseAllowed (292) when the stage holds too much. */
	hold(value: Value): void {
		if (this.held++ % SAMPLE !== 0) return;
		this.samples++;
		this.sampledBytes += encode({ value }).length;
		if ((this.sampledBytes / this.samples) * this.held <= MAX_SORT_BYTES) return;
		const message = `${this.stage} exceeded its memory limit of ${MAX_SORT_BYTES} bytes; the disk is not used for it`;
		throw new StoreError("QueryExceededMemoryLimitNoDiskUseAllowed", message);
	}
}
