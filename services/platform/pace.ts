import { setTimeout as pause } from "node:timers/promises";
import type { Collection } from "mongodb";
import { type Pace, PaceModel } from "./pace.model.ts";

interface Waiting {
	resolve(): void;
	reject(err: unknown): void;
}

/** A plan that reaches further than this was made by a clock that was wrong. */
const farthestMs = 60_000;
/** While the platform asks for a pause, whether it still does is looked up so often. */
const lookAgainMs = 1_000;

/**
 * Lets so many calls a second through, evenly, the urgent ones first. The plan stands in the store, so all processes
 * together keep to it; each takes a few places at a time.
 */
export class SharedPace {
	readonly #id: string;
	readonly #spacingMs: number;
	readonly #atOnce: number;
	readonly #urgent: Waiting[] = [];
	readonly #others: Waiting[] = [];
	#known: Pace | null = null;
	#serving = false;

	/** `id`: of what is paced; the same in every process. */
	constructor(id: string, perSecond: number) {
		this.#id = id;
		this.#spacingMs = 1_000 / perSecond;
		this.#atOnce = Math.max(1, Math.floor(perSecond / 10));
	}

	/** Resolves when the call may be made. Rejects when the store does not answer. */
	take(urgent = false): Promise<void> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		(urgent ? this.#urgent : this.#others).push({ resolve, reject });
		if (!this.#serving) void this.#serve();
		return promise;
	}

	/** The platform asked us to wait: nothing passes for so long, in no process. */
	async close(ms: number): Promise<void> {
		const closedUntil = Date.now() + ms;
		if (this.#known) this.#known.closedUntil = Math.max(this.#known.closedUntil, closedUntil);
		await paces().updateOne({ _id: this.#id }, { $max: { closedUntil } });
	}

	/** For how long still nothing passes, as far as is known here; 0 when it is open. */
	closedForMs(): number {
		return Math.max(0, (this.#known?.closedUntil ?? 0) - Date.now());
	}

	async #serve(): Promise<void> {
		this.#serving = true;
		try {
			while (this.#waiting() > 0) {
				const places = Math.min(this.#waiting(), this.#atOnce);
				const startMs = await this.#reserve(places);
				if (startMs !== null) await this.#release(startMs, places);
			}
		} catch (err) {
			for (const { reject } of [...this.#urgent.splice(0), ...this.#others.splice(0)]) reject(err);
		}
		this.#serving = false;
	}

	async #release(startMs: number, places: number): Promise<void> {
		for (let place = 0; place < places && this.#waiting() > 0; place += 1) {
			const waitMs = startMs + place * this.#spacingMs - Date.now();
			if (waitMs > 0) await pause(Math.ceil(waitMs));
			if (this.closedForMs() > 0) return; // closed meanwhile: what was planned no longer holds
			(this.#urgent.shift() ?? this.#others.shift())?.resolve();
		}
	}

	/** Takes the next places of the plan. @returns when the first of them is; null when it was closed for a while */
	async #reserve(places: number): Promise<number | null> {
		for (;;) {
			const before = this.#known ?? (await this.#load());
			const now = Date.now();
			const startMs = before.slot > now && before.slot < now + farthestMs ? before.slot : now;
			const plan = { $set: { slot: startMs + places * this.#spacingMs, usedAt: new Date(now) } };
			const mine = { _id: this.#id, slot: before.slot };
			this.#known = await paces().findOneAndUpdate(mine, plan, { returnDocument: "after" });
			if (!this.#known) continue; // another process planned meanwhile: from what it left
			const closedMs = this.closedForMs();
			if (closedMs === 0) return startMs;
			await pause(Math.min(closedMs, lookAgainMs));
			return null;
		}
	}

	async #load(): Promise<Pace> {
		const first: Pace = { _id: this.#id, slot: 0, closedUntil: 0, usedAt: new Date() };
		const { _id, ...rest } = first;
		return (
			(await paces().findOneAndUpdate({ _id }, { $setOnInsert: rest }, { upsert: true, returnDocument: "after" })) ??
			first
		);
	}

	#waiting(): number {
		return this.#urgent.length + this.#others.length;
	}
}

/** Straight to the driver: a few of our own numbers, often. */
const paces = (): Collection<Pace> => PaceModel.collection as unknown as Collection<Pace>;
