import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import type { Service } from "moleculer";
import { database } from "../../mixins/database.ts";
import type { PullKey } from "./cursor.ts";

/** Which shop and kind to wake, and how often. */
export interface WakeUp extends PullKey {
	everySec: number;
}

interface WakeUpJob {
	_id: unknown;
	name: string;
	data: PullKey;
	repeatInterval: string | number; // ms
	nextRunAt: Date | null;
}

const jobName = "pull";
const collection = "jobs";

/**
 * Agenda, used for nothing but waking: one repeating job a shop and kind, shared by all processes, so that each
 * wake-up comes once. What has to be done stands in our own collections; a wake-up lost or doubled changes nothing.
 */
export class Waker {
	readonly #agenda: Agenda;

	/** `wake` must return at once: a job that outlives its lock is given to a second process. */
	constructor(service: Service, wake: (key: PullKey) => void) {
		const { db } = database;
		if (!db) throw new Error("the waker needs an open database");
		this.#agenda = new Agenda({
			backend: new MongoBackend({ mongo: db, collection }),
			name: service.broker.nodeID,
			processEvery: 1_000,
			defaultLockLifetime: 10_000,
			defaultConcurrency: 100,
			maxConcurrency: 200,
		});
		this.#agenda.on("error", (err: Error) => service.logger.warn("waker waits", { reason: err.message }));
		this.#agenda.define<PullKey>(jobName, async ({ attrs: { data } }) => wake(data));
	}

	async start(): Promise<void> {
		// agenda's own unique() is an upsert without an index behind it.
		await this.#jobs().createIndex(
			{ name: 1, "data.shopId": 1, "data.kind": 1 },
			{ unique: true, partialFilterExpression: { name: jobName } },
		);
		await this.#agenda.start();
	}

	/** Makes the jobs these, and no others. Leaves those that are right already in their rhythm. */
	async plan(wakeUps: readonly WakeUp[]): Promise<void> {
		const jobs = await this.#jobs().find({ name: jobName }).toArray();
		for (const { shopId, kind, everySec } of wakeUps) {
			const job = jobs.find(({ data }) => data.shopId === shopId && data.kind === kind);
			if (job?.nextRunAt && Number(job.repeatInterval) === everySec * 1_000) continue;
			const planned = this.#agenda.create<PullKey>(jobName, { shopId, kind });
			planned.unique({ "data.shopId": shopId, "data.kind": kind });
			try {
				await planned.repeatEvery(everySec * 1_000).save();
			} catch (err) {
				if ((err as { code?: number }).code !== 11000) throw err; // another process planned it at this moment
			}
		}
		const wanted = ({ data }: WakeUpJob): boolean =>
			wakeUps.some(({ shopId, kind }) => data.shopId === shopId && data.kind === kind);
		const extra = jobs.filter((job) => !wanted(job)).map(({ _id }) => _id);
		if (extra.length) await this.#jobs().deleteMany({ _id: { $in: extra } });
	}

	async stop(): Promise<void> {
		await this.#agenda.stop();
	}

	#jobs() {
		return database.collection<WakeUpJob>(collection);
	}
}
