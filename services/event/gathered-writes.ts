import type { Model } from "mongoose";

interface Write {
	filter: object;
	update: object;
}

interface Waiting extends Write {
	resolve(): void;
	reject(err: unknown): void;
}

/**
 * Single updates of one collection that come within a moment go out as one command. For writes that bear a repeat: when
 * the command fails, all of its callers hear of it, whatever became of their own write.
 */
export class GatheredWrites {
	private readonly model: Model<object>;
	private readonly gatherMs: number;
	private waiting: Waiting[] = [];

	constructor(model: { modelName: string }, gatherMs: number) {
		this.model = model as Model<object>;
		this.gatherMs = gatherMs;
	}

	/** Resolves when it is stored. */
	add(write: Write): Promise<void> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		if (!this.waiting.length) setTimeout(() => this.send(), this.gatherMs);
		this.waiting.push({ ...write, resolve, reject });
		return promise;
	}

	private async send(): Promise<void> {
		const gathered = this.waiting;
		this.waiting = [];
		try {
			await this.model.bulkWrite(
				gathered.map(({ filter, update }) => ({ updateOne: { filter, update } })),
				{ ordered: false },
			);
			for (const { resolve } of gathered) resolve();
		} catch (err) {
			for (const { reject } of gathered) reject(err);
		}
	}
}
