import { setTimeout as pause } from "node:timers/promises";
import type { Service } from "moleculer";
import type { ShopView } from "../shop/shop.ts";
import type { CursorKey } from "./cursor.ts";
import { type RunResult, runPull } from "./run.ts";
import { Waker, type WakeUp } from "./waker.ts";

const planEveryMs = 30_000; // word of a changed shop may get lost
/** A shop whose token died is tried now and then: a person may have authorised it again, or the platform erred. */
const expiredEverySec = 30;
const stopWithinMs = 3_000;

interface Running {
	result: Promise<RunResult>;
	again: boolean;
}

/** The runs of this process: one at a time for each shop and kind. */
export class PullRunner {
	readonly #service: Service;
	readonly #waker: Waker;
	readonly #running = new Map<string, Running>();
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
	wake(key: CursorKey): void {
		const running = this.#running.get(idOf(key));
		if (running) {
			running.again = true;
			return;
		}
		this.run(key).catch((err: Error) => {
			this.#service.logger.warn("pull not run", { shopId: key.shopId, reason: err.message });
		});
	}

	async run(key: CursorKey): Promise<RunResult> {
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
		const { items } = await this.#service.broker.call<{ items: ShopView[] }, object>("shop.list", {});
		await this.#waker.plan(items.flatMap(wakeUpsOf));
	}

	async #pull({ shopId }: CursorKey): Promise<RunResult> {
		const { broker } = this.#service;
		const shop = await broker.call<ShopView, { id: string }>("shop.get", { id: shopId });
		return runPull(broker, shop, () => !this.#stopping);
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

const idOf = ({ shopId, kind }: CursorKey): string => `${shopId}:${kind}`;

function wakeUpsOf({ _id: shopId, status, pull }: ShopView): WakeUp[] {
	if (status === "DISABLED" || !pull.orders.enabled) return [];
	const { everySec } = pull.orders;
	return [{ shopId, kind: "orders", everySec: status === "ACTIVE" ? everySec : Math.max(everySec, expiredEverySec) }];
}
