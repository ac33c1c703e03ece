import type { Journal } from "./journal.ts";
import { type Random, seeded } from "./random.ts";

/** Every fault and whether it carries a number after a colon ("delay:500"). */
export const faultNames = {
	status: "needed", // HTTP status N; not handled
	delay: "needed", // handled at once, answered MS milliseconds later
	hang: "none", // not handled, never answered
	reset: "none", // not handled, connection destroyed
	"reset-after-accept": "none", // handled, then the connection is destroyed instead of an answer
	garbage: "none", // not handled; HTTP 200 with a text that is no protocol
	"cut-json": "none", // handled; the first half of the answer, declared complete
	huge: "needed", // not handled; HTTP 200 with N megabytes
	"rate-limit": "optional", // refused as beyond the quota; with N: the quota is N calls a second while the fault lasts
	"expired-token": "none", // platforms: the access token in use expires with this call
	"business-error": "none", // HTTP 200 with an error of the dialect; not handled
	"page-shift": "none", // after a list page, some orders of the window are modified again
	"repeat-pages": "none", // a page is answered with the page before it, once for each query
	"late-page": "none", // the newest orders are not in the list yet
	"unknown-status": "none", // an order's detail carries a status that is in no documentation
	"callback-twice": "none", // ERPs that call back, here and below: each call is made twice, both at once
	"callback-split": "none", // a parcel for each part, the last one said to be the last
	"callback-disorder": "none", // as split, the last one first
	"callback-wrong-line": "none", // with goods that are not of the order
	"callback-forged": "none", // signed with another secret
	"callback-late": "none", // a parcel although the order was cancelled
	clock: "needed", // the target's clock is SEC seconds ahead (negative: behind)
} as const satisfies Record<string, "none" | "optional" | "needed">;

export type FaultName = keyof typeof faultNames;

/** Faults of the connection itself, the same for every protocol. */
export type TransportFault =
	| "status"
	| "delay"
	| "hang"
	| "reset"
	| "reset-after-accept"
	| "garbage"
	| "cut-json"
	| "huge";
export const transportFaults: readonly TransportFault[] = [
	"status",
	"delay",
	"hang",
	"reset",
	"reset-after-accept",
	"garbage",
	"cut-json",
	"huge",
];

/** What may go wrong with the calls of an ERP to the hub. */
export type CallbackFault = Extract<FaultName, `callback-${string}`>;
export const callbackFaults: readonly CallbackFault[] = [
	"callback-twice",
	"callback-split",
	"callback-disorder",
	"callback-wrong-line",
	"callback-forged",
];

export interface Fault {
	sequence: number;
	target: string;
	name: FaultName;
	/** The number after the colon; null when there is none. */
	value: number | null;
	/** How often it still strikes; null: no limit. */
	left: number | null;
	/** Probability of striking at each chance; 1 when not asked for. */
	rate: number;
}

/** What goes wrong, where, how often. Faults outlive a restart, as do the orders they act on. */
export class FaultPlan {
	readonly #journal: Journal;
	#faults: Fault[];
	#random = seeded("faults");

	constructor(journal: Journal) {
		this.#journal = journal;
		this.#faults = journal.load<Fault>("fault").sort((a, b) => a.sequence - b.sequence);
	}

	list(): readonly Fault[] {
		return this.#faults;
	}

	add(fault: Omit<Fault, "sequence">): Fault {
		const added = { ...fault, sequence: (this.#faults.at(-1)?.sequence ?? 0) + 1 };
		this.#faults.push(added);
		this.#journal.put("fault", String(added.sequence), added);
		return added;
	}

	clear(): void {
		this.#faults = [];
		this.#journal.clear("fault");
	}

	/** Restarts the dice, so that a run can be repeated. */
	reseed(seed: string): void {
		this.#random = seeded(`faults:${seed}`);
	}

	/** The dice of the faults, for those that choose what they hit. */
	get random(): Random {
		return this.#random;
	}

	/** The first of the named faults that strikes this target now, its count lowered; null when none does. */
	strike(target: string, names: readonly FaultName[]): Fault | null {
		for (const fault of this.#faults) {
			if (fault.target !== target || !names.includes(fault.name) || isStanding(fault)) continue;
			if (fault.rate < 1 && !this.#random.chance(fault.rate)) continue;
			this.#use(fault);
			return fault;
		}
		return null;
	}

	/** The number of a standing fault ("clock:600" -> 600), the latest one counts; null when there is none. */
	standing(target: string, name: "clock" | "rate-limit"): number | null {
		const fault = this.#faults.findLast((each) => each.target === target && each.name === name && isStanding(each));
		return fault?.value ?? null;
	}

	/** The target's own clock, epoch milliseconds. */
	now(target: string): number {
		return Date.now() + (this.standing(target, "clock") ?? 0) * 1000;
	}

	#use(fault: Fault): void {
		if (fault.left === null) return;
		fault.left -= 1;
		if (fault.left > 0) {
			this.#journal.put("fault", String(fault.sequence), fault);
			return;
		}
		this.#faults = this.#faults.filter((other) => other !== fault);
		this.#journal.remove("fault", String(fault.sequence));
	}
}

/** A lasting condition (the clock, a quota), not an event that strikes. */
function isStanding(fault: Fault): boolean {
	return fault.name === "clock" || (fault.name === "rate-limit" && fault.value !== null);
}
