import type { Counters } from "../../counters.ts";
import type { DemoShop, Shops } from "../shops.ts";
import type { Body } from "./body.ts";
import type { WxObject } from "./envelope.ts";
import { WxError } from "./errors.ts";

export const lifetimeMs = 7_200_000;
/** A new token is made so long before the old one ends, and the old one goes on until then. */
const overlapMs = 5 * 60_000;
const mostForced = 20;
const forcedApartMs = 30_000;
const dayMs = 24 * 3_600_000;

/** The endpoint that gives a token for the app's id and secret. Source: stable_token. */
export class StableToken {
	readonly #shops: Shops;
	readonly #counters: Counters;
	/** By app: when it was given a token by force. */
	readonly #forced = new Map<string, number[]>();

	constructor(shops: Shops, counters: Counters) {
		this.#shops = shops;
		this.#counters = counters;
	}

	/** Without force the token in use, with the seconds it still has; by force always another, and the old one dies. */
	answer(body: Body, nowMs: number): WxObject {
		if (body.text("grant_type") !== "client_credential") throw new WxError(40002, "invalid grant_type");
		const shop = this.#shopOf(body);
		const token = this.#shops.token(shop);
		if (body.flag("force_refresh")) {
			this.#countForce(shop.app.key, nowMs);
			return answer(this.#shops.issue(shop, nowMs), nowMs);
		}
		if (token.expiresMs - nowMs > overlapMs) return answer(token, nowMs);
		return answer(this.#shops.issue(shop, nowMs, { keepOldMs: overlapMs }), nowMs);
	}

	reset(): void {
		this.#forced.clear();
	}

	#shopOf(body: Body): DemoShop {
		const shop = this.#shops.ofApp(body.text("appid"));
		if (!shop) throw new WxError(40013, "invalid appid");
		if (shop.app.secret === body.text("secret")) return shop;
		this.#counters.of(shop.platform).refusedSignatures += 1;
		throw new WxError(40001, "invalid credential, secret is invalid");
	}

	#countForce(appId: string, nowMs: number): void {
		const forced = (this.#forced.get(appId) ?? []).filter((ms) => ms > nowMs - dayMs);
		if (forced.length >= mostForced) throw new WxError(45009, "reach max api daily quota limit");
		if (nowMs - (forced.at(-1) ?? 0) < forcedApartMs) throw new WxError(45011, "api minute-quota reach limit");
		this.#forced.set(appId, [...forced, nowMs]);
	}
}

const answer = ({ access, expiresMs }: { access: string; expiresMs: number }, nowMs: number): WxObject => ({
	access_token: access,
	expires_in: Math.floor((expiresMs - nowMs) / 1000),
});
