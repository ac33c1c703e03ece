import { setTimeout as pause } from "node:timers/promises";
import type { Service } from "moleculer";
import type { ShopView } from "../shop/shop.ts";
import type { PullKey } from "./cursor.ts";
import { pullKinds } from "./kinds.ts";
import { type RunResult, runPull } from "./run.ts";
import { settle, takeOne } from "./take.ts";
import { Waker, type WakeUp } from "./waker.ts";

const planEveryMs = 30_000; // word of a changed shop may get lost
/** A shop whose token died is tried now and then: a person may have authorised it again, or the platform erred. */
const expiredEverySec = 30;
const stopWithinMs = 3_000;
/** A record that a message named is tried again after these. */
const namedPausesMs = [1_000, 5_000, 15_000, 60_000];

interface Running {
	result: Promise<RunResult>;
	again: boolean;
}

/** The runs of this process: one at a time for each shop and kind. */
export class PullRunner {
	readonly #service: Service;
	readonly #waker: Waker;
	readonly #running = new Map<string, Running>();
	readonly #named = new Map<string, boolean>(); // records being taken on a message; true: once more after that
	#stopping = false;
	#planTimer: NodeJS.Timeout | undefined;

	constructor(service: Service) {
		this.#service = service;
		this.#waker = new Waker(service, (key) => this.wake(key));
	}

	async start(): Promise<void> {
		await this.#waker.start();
		await this.#keepPlanning();
	}

	/** What is under way gets a moment to end; the windows of what does not are read again by the next process. */
	async stop(): Promise<void> {
		this.#stopping = true;
		clearTimeout(this.#planTimer);
		await this.#waker.stop();
		const runs = [...this.#running.values()].map(({ result }) => result);
		await Promise.race([Promise.allSettled(runs), pause(stopWithinMs, undefined, { ref: false })]);
	}

	/** Runs now, or once more when a run is under way: it may have passed by what there is to see. */
	wake(key: PullKey): void {
		const running = this.#running.get(idOf(key));
		if (running) {
			running.again = true;
			return;
		}
		this.run(key).catch((err: Error) => {
			this.#service.logger.warn("pull not run", { shopId: key.shopId, reason: err.message });
		});
	}

	async run(key: PullKey): Promise<RunResult> {
		const busy: RunResult = { state: "busy", taken: 0, parked: 0, reason: "", more: false };
		if (this.#stopping || this.#running.has(idOf(key))) return busy;
		const running: Running = { result: this.#pull(key), again: false };
		this.#running.set(idOf(key), running);
		try {
			const result = await running.result;
			const again = result.state === "read" && (running.again || result.more);
			if (again && !this.#stopping) setImmediate(() => this.wake(key));
			return result;
		} finally {
			this.#running.delete(idOf(key));
		}
	}

	/** Brings the wake-ups in line with the shops. */
	async plan(): Promise<void> {
		const { items } = await this.#service.broker.call<{ items: ShopView[] }, object>("shop.all", {});
		await this.#waker.plan(items.flatMap(wakeUpsOf));
	}

	/**
	 * Takes one record that a message named, soon: lists may lag behind. What fails is tried again for a while, then left
	 * to the windows, which come by it anyway.
	 */
	take(key: PullKey, id: string, attempt = 0): void {
		const named = `${idOf(key)}:${id}`;
		if (this.#stopping) return;
		if (this.#named.has(named)) {
			this.#named.set(named, true); // it may have changed after it was asked for: once more
			return;
		}
		this.#named.set(named, false);
		this.#takeNamed(key, id).then(
			() => this.#tookNamed(key, id, named),
			(err: Error) => this.#missedNamed(key, id, attempt, err),
		);
	}

	#tookNamed(key: PullKey, id: string, named: string): void {
		const again = this.#named.get(named);
		this.#named.delete(named);
		if (again) this.take(key, id);
	}

	#missedNamed(key: PullKey, id: string, attempt: number, err: Error): void {
		this.#named.delete(`${idOf(key)}:${id}`);
		const pauseMs = namedPausesMs[attempt];
		const facts = { ...key, id, reason: err.message };
		if (pauseMs === undefined) {
			this.#service.logger.warn("not taken on a message: left to the windows", facts);
			this.wake(key);
			return;
		}
		this.#service.logger.debug("not taken on a message yet", facts);
		setTimeout(() => this.take(key, id, attempt + 1), pauseMs * (1 + Math.random() * 0.3)).unref();
	}

	async #takeNamed(key: PullKey, id: string): Promise<void> {
		const { broker } = this.#service;
		const { platform, pull } = await this.#shop(key.shopId);
		if (!pull[key.kind].enabled) return;
		const puller = { broker, platform, ...key };
		await settle(puller, [await takeOne(puller, { id, kept: false }, new Date())]);
	}

	async #pull(key: PullKey): Promise<RunResult> {
		return runPull(this.#service.broker, await this.#shop(key.shopId), key.kind, () => !this.#stopping);
	}

	#shop(id: string): Promise<ShopView> {
		return this.#service.broker.call<ShopView, { id: string }>("shop.get", { id });
	}

	async #keepPlanning(): Promise<void> {
		try {
			await this.plan();
		} catch (err) {
			this.#service.logger.warn("pull not planned", { reason: (err as Error).message });
		}
		if (!this.#stopping) this.#planTimer = setTimeout(() => this.#keepPlanning(), planEveryMs);
	}
}

const idOf = ({ shopId, kind }: PullKey): string => `${shopId}:${kind}`;

function wakeUpsOf({ _id: shopId, status, pull }: ShopView): WakeUp[] {
	if (status === "DISABLED") return [];
	return pullKinds
		.filter((kind) => pull[kind].enabled)
		.map((kind) => {
			const { everySec } = pull[kind];
			return { shopId, kind, everySec: status === "ACTIVE" ? everySec : Math.max(everySec, expiredEverySec) };
		});
}
