import type { FaultPlan } from "../faults.ts";
import { callbackFaults } from "../faults.ts";
import type { ErpDocument } from "./document.ts";
import type { CallbackKind, CallbackRequest, ErpKind } from "./erp.ts";
import type { Outcome } from "./hub-client.ts";

const timeoutMs = 15_000;

/** Calls the hub in the ERPs' own formats. */
export class Caller {
	readonly #kinds: ReadonlyMap<string, CallbackKind>;
	readonly #faults: FaultPlan;
	readonly #abort = new AbortController();

	constructor(kinds: readonly ErpKind[], faults: FaultPlan) {
		this.#kinds = new Map(kinds.flatMap(({ dialect, callbacks }) => (callbacks ? [[dialect, callbacks]] : [])));
		this.#faults = faults;
	}

	can(dialect: string): boolean {
		return this.#kinds.has(dialect);
	}

	/** Whether this cancelled order leaves all the same. */
	leavesLate({ dialect }: ErpDocument): boolean {
		return this.#faults.strike(`erp/${dialect}`, ["callback-late"]) !== null;
	}

	/** Tells of a parcel, with the fault that strikes. As the worst of its calls ended. */
	async ship(url: string, document: ErpDocument): Promise<Outcome> {
		const target = `erp/${document.dialect}`;
		const kind = this.#kindOf(document.dialect);
		const fault = this.#faults.strike(target, callbackFaults);
		const named = callbackFaults.find((name) => name === fault?.name) ?? null;
		const outcomes: Outcome[] = [];
		for (const calls of kind.shipped(document, named, this.#faults.now(target))) {
			outcomes.push(...(await Promise.all(calls.map((call) => this.#call(url, kind, call)))));
		}
		const failed = outcomes.find(({ status }) => status !== 200);
		return failed ?? outcomes.at(-1) ?? { status: 0, answer: "nothing to tell" };
	}

	/** Tells that the goods of a return are back. */
	returned(url: string, document: ErpDocument): Promise<Outcome> {
		const kind = this.#kindOf(document.dialect);
		return this.#call(url, kind, kind.returned(document, this.#faults.now(`erp/${document.dialect}`)));
	}

	/** Gives up every call in flight. */
	abort(): void {
		this.#abort.abort();
	}

	/** A refusal comes inside HTTP 200; status 503 here, for such an ERP tries again. */
	async #call(url: string, kind: CallbackKind, { query, type, body }: CallbackRequest): Promise<Outcome> {
		try {
			const response = await fetch(`${url}?${query}`, {
				method: "POST",
				headers: { "content-type": type },
				body,
				signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(timeoutMs)]),
			});
			const text = await response.text();
			const answer = `${response.status} ${text.slice(0, 300)}`;
			return { status: response.status === 200 && !kind.took(text) ? 503 : response.status, answer };
		} catch (err) {
			return { status: 0, answer: (err as Error).message };
		}
	}

	#kindOf(dialect: string): CallbackKind {
		const kind = this.#kinds.get(dialect);
		if (!kind) throw new Error(`${dialect} calls nobody`);
		return kind;
	}
}
