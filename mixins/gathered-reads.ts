import type { Model } from "mongoose";

interface Waiting<T> {
	values: readonly string[];
	resolve(found: Map<string, T[]>): void;
	reject(err: unknown): void;
}

/**
 * Documents by a field of text. Reads that are asked for at the same moment go out as one: every order asks when it is
 * stored, and orders come in pages. Nothing is kept: who asks after a write sees it.
 */
export class GatheredReads<T extends object> {
	private readonly model: Model<object>;
	private readonly field: string;
	private waiting: Waiting<T>[] = [];

	constructor(model: { modelName: string }, field: keyof T & string) {
		this.model = model as unknown as Model<object>;
		this.field = field;
	}

	/** @returns by value; one without documents is not there */
	find(values: readonly string[]): Promise<Map<string, T[]>> {
		if (!values.length) return Promise.resolve(new Map());
		const { promise, resolve, reject } = Promise.withResolvers<Map<string, T[]>>();
		if (!this.waiting.length) setImmediate(() => this.send());
		this.waiting.push({ values, resolve, reject });
		return promise;
	}

	private async send(): Promise<void> {
		const gathered = this.waiting;
		this.waiting = [];
		try {
			const values = [...new Set(gathered.flatMap((each) => each.values))];
			const documents = await this.model.find({ [this.field]: { $in: values } }).lean<T[]>();
			const found = Map.groupBy(documents, (each) => String(each[this.field as keyof T]));
			for (const { resolve } of gathered) resolve(found);
		} catch (err) {
			for (const { reject } of gathered) reject(err);
		}
	}
}
