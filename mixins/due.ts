import type { Service, ServiceSchema } from "moleculer";
import type { Model } from "mongoose";
import { underTrace, untraced } from "./trace.ts";

/** A document somebody must look at when its time comes. At rest it has no `nextAt`. */
export interface Due {
	_id: string;
	nextAt?: Date;
	traceId?: string; // what it is done for; see trace.ts
	turn: number; // rises with every taker and every change of state: a write that names its turn cannot come late
}

/** The schema fields. Index them with `dueIndex`. */
export const dueFields = { nextAt: Date, turn: { type: Number, default: 0 } };
export const dueIndex = [{ nextAt: 1 }, { sparse: true }] as const;

const loops = new WeakMap<Service, DueLoop[]>();

/** Lets what was just made due be taken at once; without it it is taken within the loop's own rhythm. */
export function wake(service: Service): void {
	untraced(() => {
		for (const loop of loops.get(service) ?? []) loop.wake();
	});
}

interface DueOptions<T> {
	concurrency: number;
	/** For so long nobody else takes the document; a taker that dies loses it after that. */
	leaseMs: number;
	everyMs?: number;
	/** Settles the document by writes that name its `turn`. Throwing leaves it to the next taker. */
	handle(service: Service, document: T): Promise<void>;
}

/**
 * Works off documents whose `nextAt` has come: one taker each, from however many processes, after a crash too.
 */
export function due<T extends Due>(model: { modelName: string }, options: DueOptions<T>): Partial<ServiceSchema> {
	const documents = model as unknown as Model<Due>;

	async function take(): Promise<T | null> {
		const now = Date.now();
		const taken = await documents
			.findOneAndUpdate(
				{ nextAt: { $lte: new Date(now) } },
				{ $set: { nextAt: new Date(now + options.leaseMs) }, $inc: { turn: 1 } },
				{ sort: { nextAt: 1 }, returnDocument: "after" },
			)
			.lean();
		return taken as T | null;
	}

	return {
		async started() {
			const handle = async (document: T): Promise<void> => {
				try {
					await underTrace(document.traceId ?? "", () => options.handle(this, document));
				} catch (err) {
					const reason = (err as Error).message;
					this.logger.warn("left for later", { model: model.modelName, id: document._id, reason });
				}
			};
			const onError = (err: Error): void =>
				this.logger.warn("due work waits", { model: model.modelName, reason: err.message });
			const { concurrency, everyMs = 1_000 } = options;
			const own = startLoop({ concurrency, everyMs, take, handle, onError });
			loops.set(this, [...(loops.get(this) ?? []), own]);
		},
		async stopped() {
			await Promise.all((loops.get(this) ?? []).map((each) => each.stop()));
		},
	};
}

interface DueLoop {
	wake(): void;
	/** Takes nothing more and waits for what is in hand. */
	stop(): Promise<void>;
}

interface LoopParts<T> {
	concurrency: number;
	everyMs: number;
	take(): Promise<T | null>;
	handle(item: T): Promise<void>;
	onError(err: Error): void;
}

/** One taker while there is nothing to do; each document found calls one more, up to `concurrency`. */
function startLoop<T>({ concurrency, everyMs, take, handle, onError }: LoopParts<T>): DueLoop {
	const takers = new Set<Promise<void>>();
	let stopping = false;
	let lookAgain = false; // something became due while every taker was busy: the next to find nothing looks once more

	async function work(): Promise<void> {
		while (!stopping) {
			const item = await take();
			if (item) {
				call();
				await handle(item);
			} else if (lookAgain) {
				lookAgain = false;
			} else {
				return;
			}
		}
	}

	function call(): void {
		if (stopping) return;
		if (takers.size >= concurrency) {
			lookAgain = true;
			return;
		}
		const taker = work()
			.catch(onError)
			.finally(() => takers.delete(taker));
		takers.add(taker);
	}

	const timer = setInterval(call, everyMs);
	call();
	return {
		wake: call,
		async stop() {
			stopping = true;
			clearInterval(timer);
			await Promise.all(takers);
		},
	};
}
