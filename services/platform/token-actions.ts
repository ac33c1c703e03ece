import type { Context, Service } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { ShopView } from "../shop/shop.ts";
import type { Grant, PlatformAdapter } from "./adapter.ts";
import type { PlatformCalls } from "./calls.ts";
import { type Actions, internal, type ShopParams, shopId } from "./params.ts";
import type { CallsOf } from "./platform-service.ts";

/** A seller's consent, and the tokens that come of it. */
export function tokenActions(adapter: PlatformAdapter, callsOf: CallsOf): Actions {
	const byKey = (): Error =>
		hubError("PLATFORM_UNSUPPORTED", `${adapter.name}: the app's own key is all it takes`, { what: "authorise" });

	return {
		/** The page of the platform where the seller lets the app in. It sends the browser back to `redirectUri`. */
		"token.authorizeUrl": {
			...internal,
			params: { $$strict: true, shopId, redirectUri: "string", state: "string" },
			async handler(ctx: Context<ShopParams & { redirectUri: string; state: string }>): Promise<string> {
				const { authorizeUrl } = adapter.tokens;
				if (!authorizeUrl) throw byKey();
				const { shopId, redirectUri, state } = ctx.params;
				return authorizeUrl(await callsOf(ctx).opener(ctx, shopId), redirectUri, state);
			},
		},
		/** The code that came back, for a token that is kept. @throws CONFLICT when another seller let the app in */
		"token.exchange": {
			...internal,
			params: { $$strict: true, shopId, code: "string|min:1|max:1000", redirectUri: "string" },
			async handler(ctx: Context<ShopParams & { code: string; redirectUri: string }>): Promise<void> {
				const { exchange } = adapter.tokens;
				if (!exchange) throw byKey();
				const { shopId, code, redirectUri } = ctx.params;
				const calls = callsOf(ctx);
				const { value: grant } = await calls.exchange<Grant>(ctx, shopId, exchange(code, redirectUri));
				const { sellerId, sellerName: _, ...token } = grant;
				const shop = await calls.opener(ctx, shopId);
				if (sellerId && sellerId !== shop.sellerId) {
					throw hubError("CONFLICT", `seller ${sellerId} let the app in, not ${shop.sellerId}`, { sellerId });
				}
				await ctx.call("shop.saveToken", { shopId, ...token });
				calls.forget(shopId);
			},
		},
		/** Renews the token now, whatever its age. */
		"token.refresh": {
			...internal,
			params: { $$strict: true, shopId },
			async handler(ctx: Context<ShopParams>): Promise<void> {
				await callsOf(ctx).renew(ctx, ctx.params.shopId);
			},
		},
	};
}

/** Renews the tokens that are about to end. One that cannot be renewed is told of by the alerts until it is dead. */
export async function renewAhead(
	service: Service,
	{ name, tokens }: PlatformAdapter,
	calls: PlatformCalls,
): Promise<void> {
	const { broker, logger } = service;
	const { items } = await broker.call<{ items: ShopView[] }, object>("shop.all", {});
	for (const { _id: shopId, platform, status, token } of items) {
		const expiresAt = token.expiresAt && new Date(token.expiresAt); // text between processes
		if (platform !== name || status !== "ACTIVE" || !expiresAt) continue;
		if (expiresAt.getTime() > Date.now() + tokens.leadMs) continue;
		const ctx = broker.ContextFactory.create(broker);
		if (!tokens.renewable(await calls.opener(ctx, shopId))) continue;
		await calls.renew(ctx, shopId).catch((err: Error) => {
			logger.warn("token not renewed ahead of its end", { shopId, expiresAt, reason: err.message });
		});
	}
}
