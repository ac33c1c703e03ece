import type { Journal } from "../journal.ts";
import type { Behaviours } from "./behaviour.ts";
import type { Caller } from "./caller.ts";
import type { ErpDocument } from "./document.ts";
import type { Documents } from "./documents.ts";
import { HubClient, type Outcome } from "./hub-client.ts";

const mostAtOnce = 8;
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** The hub has understood and said no: asking again would not change it. */
const finalRefusals = new Set([400, 409, 422]);

/**
 * Ships each taken order once. Silent ERPs keep that to themselves; the others tell the hub through its gateway, as
 * real ones do: `POST /api/v1/erp/shipments` with the idempotency key "<document key>:ship", or a call in their own
 * format. Anything but a 2xx or a final refusal is tried again with growing pauses, over restarts too.
 */
export class AutoShip {
	readonly #documents: Documents;
	readonly #behaviours: Behaviours;
	readonly #journal: Journal;
	/** Dialects that tell nobody. */
	readonly #silent: ReadonlySet<string>;
	readonly #hub = new HubClient();
	readonly #caller: Caller;
	/** Documents not yet shipped. */
	readonly #waiting = new Set<ErpDocument>();
	#inFlight = 0;
	#timer: NodeJS.Timeout | undefined;
	/** When the timer wakes us, epoch milliseconds; infinity: it is not set. */
	#wakeMs = Number.POSITIVE_INFINITY;
	#stopped = false;

	constructor(
		documents: Documents,
		behaviours: Behaviours,
		journal: Journal,
		silent: ReadonlySet<string>,
		caller: Caller,
	) {
		this.#caller = caller;
		this.#silent = silent;
		this.#documents = documents;
		this.#behaviours = behaviours;
		this.#journal = journal;
		this.reload();
		documents.onTaken((document) => {
			this.#waiting.add(document);
			this.#arm(document.shipping.dueMs);
		});
	}

	/** Forgets what it was about to do and looks at the documents afresh: at start and after a reset. */
	reload(): void {
		this.#waiting.clear();
		for (const document of this.#documents.all.after(0, Number.POSITIVE_INFINITY)) {
			if (document.shipping.state === "waiting" || document.shipping.state === "sending") this.#waiting.add(document);
		}
		this.wake();
	}

	/** Sends what is due and sets the clock for what is not. To be called whenever a behaviour has changed. */
	wake(): void {
		clearTimeout(this.#timer);
		this.#wakeMs = Number.POSITIVE_INFINITY;
		if (this.#stopped) return;
		const nowMs = Date.now();
		let nextMs = Number.POSITIVE_INFINITY;
		for (const document of this.#waiting) {
			const { autoShip, hub, callbackUrl } = this.#behaviours.of(document.dialect);
			const silent = this.#silent.has(document.dialect);
			if (!autoShip || !(hub || callbackUrl || silent)) continue;
			if (document.shipping.dueMs > nowMs) nextMs = Math.min(nextMs, document.shipping.dueMs);
			else if (document.cancelled && !this.#leavesLate(document)) this.#waiting.delete(document);
			else if (silent) this.#leave(document, nowMs);
			else if (this.#inFlight < mostAtOnce) void this.#send(document);
			else break; // the end of a call in flight wakes us again
		}
		this.#arm(nextMs);
	}

	/** Calls in flight are given up; their documents are sent again at the next start. */
	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
		this.#hub.abort();
		this.#caller.abort();
	}

	#arm(atMs: number): void {
		if (this.#stopped || atMs >= this.#wakeMs) return;
		clearTimeout(this.#timer);
		this.#wakeMs = atMs;
		this.#timer = setTimeout(() => this.wake(), Math.max(0, atMs - Date.now()));
	}

	/** Out of the house, and nobody is told. */
	#leave(document: ErpDocument, nowMs: number): void {
		this.#waiting.delete(document);
		Object.assign(document.shipping, { state: "done", shippedMs: nowMs });
		this.#write(document);
	}

	async #send(document: ErpDocument): Promise<void> {
		const tell = this.#teller(document);
		if (!tell) return;
		this.#waiting.delete(document);
		this.#inFlight += 1;
		const { shipping } = document;
		shipping.state = "sending";
		shipping.attempts += 1;
		this.#write(document);
		const outcome = await tell();
		this.#inFlight -= 1;
		if (this.#stopped || this.#documents.find(document.dialect, document.key) !== document) return; // reset meanwhile
		shipping.answer = outcome.answer;
		if (outcome.status >= 200 && outcome.status < 300)
			Object.assign(shipping, { state: "done", shippedMs: Date.now() });
		else if (finalRefusals.has(outcome.status)) shipping.state = "failed";
		else {
			shipping.state = "waiting";
			shipping.dueMs = Date.now() + pauseMs(shipping.attempts);
			this.#waiting.add(document);
		}
		this.#write(document);
		this.wake();
	}

	/** One that has left late goes on being told of. */
	#leavesLate(document: ErpDocument): boolean {
		return document.shipping.attempts > 0 || this.#caller.leavesLate(document);
	}

	/** How this ERP tells of its parcels; null: nobody has said to whom. */
	#teller(document: ErpDocument): (() => Promise<Outcome>) | null {
		const { hub, callbackUrl } = this.#behaviours.of(document.dialect);
		if (callbackUrl) return () => this.#caller.ship(callbackUrl, document);
		return hub && (() => this.#hub.ship(hub, document));
	}

	#write(document: ErpDocument): void {
		this.#documents.changed(document);
		this.#journal.flush();
	}
}

/** Doubles with each try, up to ten seconds, less a random part so that many documents do not come back together. */
function pauseMs(attempts: number): number {
	const most = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts - 1, 10));
	return most * (0.5 + Math.random() / 2);
}
