import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import { Quota } from "../quota.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { WxError } from "./errors.ts";

/** Some 10,000 calls a minute of one API and shop, unless a fault sets another quota. */
const callsASecond = 160;

/** Checks what every call of a shop must carry. Every check throws WxError. */
export class Gatekeeper {
	readonly #shops: Shops;
	readonly #counters: Counters;
	readonly #faults: FaultPlan;
	readonly #target: string;
	readonly #quota = new Quota();

	constructor(target: string, shops: Shops, { counters, faults }: { counters: Counters; faults: FaultPlan }) {
		this.#target = target;
		this.#shops = shops;
		this.#counters = counters;
		this.#faults = faults;
	}

	/** The shop an access token belongs to. */
	checkToken(access: string, nowMs: number): DemoShop {
		if (access === "") throw new WxError(41001, "access_token missing");
		const session = this.#shops.session(access, nowMs);
		if (session.state === "unknown") {
			this.#counters.of(this.#target).refusedSignatures += 1;
			throw notLatest();
		}
		const { shop } = session;
		const struck = session.state === "valid" && this.#faults.strike(this.#target, ["expired-token"]);
		if (struck) this.#shops.expire(shop, nowMs);
		else if (session.state === "valid") return shop;
		this.#counters.of(this.#target).expiredTokens += 1;
		const isLatest = this.#shops.token(shop).access === access;
		throw isLatest ? new WxError(42001, "access_token expired") : notLatest();
	}

	/** One more call to that API must fit into this second. */
	checkQuota(appKey: string, api: string, nowMs: number): void {
		const perSecond = this.#faults.standing(this.#target, "rate-limit") ?? callsASecond;
		const struck = this.#faults.strike(this.#target, ["rate-limit"]);
		if (!struck && this.#quota.take(`${appKey}:${api}`, perSecond, nowMs)) return;
		this.#counters.of(this.#target).outOfQuota += 1;
		throw new WxError(45011, "api minute-quota reach limit  must slower  retry next minute");
	}

	reset(): void {
		this.#quota.reset();
	}
}

const notLatest = (): WxError => new WxError(40001, "invalid credential, access_token is invalid or not latest");
