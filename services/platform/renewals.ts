import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { OpenShop } from "../shop/shop.ts";
import type { FreshToken, ShopAccess } from "./adapter.ts";

/** What renewing needs of those who make the calls. */
export interface RenewalParts {
	open(ctx: Context, shopId: string): Promise<OpenShop>;
	refresh(shop: ShopAccess): Promise<FreshToken>;
	renewable(shop: ShopAccess): boolean;
	/** A refusal that says nothing about the token. */
	mayWorkLater(err: unknown): boolean;
}

/** Whoever renews elsewhere is waited for so long: two calls with time to spare. */
const othersTakeMs = 35_000;
const lookEveryMs = 250;

/**
 * Renews access tokens, each once: many calls find a token dead at the same moment, in several processes, and some
 * platforms take a refresh token only once. The new pair is stored before anybody uses it.
 */
export class Renewals {
	readonly #parts: RenewalParts;
	readonly #running = new Map<string, Promise<void>>(); // by shop

	constructor(parts: RenewalParts) {
		this.#parts = parts;
	}

	/**
	 * Returns when the shop has another token than `shop` shows. `expired`: the error that told that the token is dead;
	 * null: it still works and is renewed ahead of its end.
	 * @throws `expired`, and the shop is marked for a person to see; what the platform answered, when that may pass or
	 *   the token still works
	 */
	renew(ctx: Context, shop: OpenShop, expired: Error | null): Promise<void> {
		const { shopId } = shop;
		let running = this.#running.get(shopId);
		if (!running) {
			running = this.#renew(ctx, shop, expired).finally(() => this.#running.delete(shopId));
			this.#running.set(shopId, running);
		}
		return running;
	}

	/** Marks the shop, so that a person hears of it; `err` is for the caller to throw. */
	async dead(ctx: Context, { shopId }: ShopAccess, err: Error): Promise<Error> {
		await ctx.call("shop.mark", { shopId, status: "TOKEN_EXPIRED", reason: err.message });
		return err;
	}

	async #renew(ctx: Context, before: OpenShop, expired: Error | null): Promise<void> {
		const { shopId } = before;
		const giveUpAt = performance.now() + othersTakeMs;
		for (;;) {
			const shop = await this.#parts.open(ctx, shopId);
			if (shop.accessToken !== before.accessToken) return; // renewed by another process, or by a person
			if (!this.#parts.renewable(shop))
				throw await this.#failed(ctx, shop, expired, hubError("PLATFORM_TOKEN_EXPIRED"));
			if (await ctx.call<boolean, object>("shop.claimRenewal", { shopId })) {
				return this.#refresh(ctx, before, expired);
			}
			if (performance.now() > giveUpAt) throw hubError("PLATFORM_UNREACHABLE", "another process renews the token");
			await pause(lookEveryMs);
		}
	}

	/** With the claim in hand: nobody else refreshes this shop's token until it is stored or given back. */
	async #refresh(ctx: Context, before: OpenShop, expired: Error | null): Promise<void> {
		const { shopId } = before;
		const shop = await this.#parts.open(ctx, shopId);
		try {
			if (shop.accessToken !== before.accessToken) return;
			const fresh = await this.#parts.refresh(shop);
			await ctx.call("shop.saveToken", { shopId, ...fresh });
		} catch (cause) {
			if (this.#parts.mayWorkLater(cause)) throw cause;
			throw await this.#failed(ctx, shop, expired, cause);
		} finally {
			await ctx.call("shop.endRenewal", { shopId });
		}
	}

	async #failed(ctx: Context, shop: ShopAccess, expired: Error | null, cause: unknown): Promise<unknown> {
		return expired ? this.dead(ctx, shop, expired) : cause;
	}
}
