import type { PlatformParts } from "./platform.ts";
import type { CallQuota } from "./quota.ts";
import type { Session, Shops } from "./shops.ts";

/** What is a platform's own at its gate: how many calls it takes, and its words for a refusal. */
export interface GateRules {
	quota: CallQuota;
	/** `perSecond`: the quota a fault has set, or null; `struck`: refused by a fault, not for the number of calls. */
	outOfQuota(refused: { api: string; perSecond: number | null; struck: boolean }): Error;
	/** What the fault `business-error` says. */
	businessError(): Error;
}

/** What the gateways of all platforms do alike: faults of tokens and quotas, and what is counted of both. */
export class Gate {
	readonly shops: Shops;
	readonly #platform: string;
	readonly #parts: Pick<PlatformParts, "counters" | "faults">;
	readonly #rules: GateRules;

	constructor(platform: string, shops: Shops, parts: Pick<PlatformParts, "counters" | "faults">, rules: GateRules) {
		this.shops = shops;
		this.#platform = platform;
		this.#parts = parts;
		this.#rules = rules;
	}

	/** Counts a call whose signature is wrong; passes on what the platform says to it. */
	wrongSignature(refusal: Error): Error {
		this.#parts.counters.of(this.#platform).refusedSignatures += 1;
		return refusal;
	}

	/** Whether the token of a call still holds. Under the fault `expired-token` it ends with this call. */
	holds({ state, shop }: Exclude<Session, { state: "unknown" }>, nowMs: number): boolean {
		const { counters, faults } = this.#parts;
		const struck = state === "valid" && faults.strike(this.#platform, ["expired-token"]) !== null;
		if (state === "valid" && !struck) return true;
		if (struck) this.shops.expire(shop, nowMs);
		counters.of(this.#platform).expiredTokens += 1;
		return false;
	}

	/**
	 * The last hurdles before the API itself: the quota, and the business saying no for no reason.
	 * @throws what the platform's rules say
	 */
	admit(caller: string, api: string, nowMs: number): void {
		const { counters, faults } = this.#parts;
		const perSecond = faults.standing(this.#platform, "rate-limit");
		const struck = faults.strike(this.#platform, ["rate-limit"]) !== null;
		if (struck || !this.#rules.quota.take(caller, api, nowMs, perSecond)) {
			counters.of(this.#platform).outOfQuota += 1;
			throw this.#rules.outOfQuota({ api, perSecond, struck });
		}
		counters.called(this.#platform, api);
		if (faults.strike(this.#platform, ["business-error"])) throw this.#rules.businessError();
	}

	reset(): void {
		this.#rules.quota.reset();
	}
}
