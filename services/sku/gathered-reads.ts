import type { Model } from "mongoose";

interface Waiting<T> {
	ids: readonly string[];
	resolve(found: Map<string, T>): void;
	reject(err: unknown): void;
}

/**
 * Documents by id. Reads that are asked for at the same moment go out as one: every order asks when it is stored, and
 * orders come in pages. Nothing is kept: who asks after a write sees it.
 */
export class GatheredReads<T extends { _id: string }> {
	private readonly model: Model<{ _id: string }>;
	private waiting: Waiting<T>[] = [];

	constructor(model: { modelName: string }) {
		this.model = model as unknown as Model<{ _id: string }>;
	}

	find(ids: readonly string[]): Promise<Map<string, T>> {
		if (!ids.length) return Promise.resolve(new Map());
		const { promise, resolve, reject } = Promise.withResolvers<Map<string, T>>();
		if (!this.waiting.length) setImmediate(() => this.send());
		this.waiting.push({ ids, resolve, reject });
		return promise;
	}

	private async send(): Promise<void> {
		const gathered = this.waiting;
		this.waiting = [];
		try {
			const ids = [...new Set(gathered.flatMap((each) => each.ids))];
			const documents = await this.model.find({ _id: { $in: ids } }).lean<T[]>();
			const found = new Map(documents.map((each) => [each._id, each]));
			for (const { resolve } of gathered) resolve(found);
		} catch (err) {
			for (const { reject } of gathered) reject(err);
		}
	}
}
