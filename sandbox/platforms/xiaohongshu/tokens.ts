import type { Answer, Received } from "../../target.ts";
import { agreed } from "../consent.ts";
import type { Shops, Token } from "../shops.ts";
import type { OpenCall, OpenMethod } from "./call.ts";
import type { XhsObject } from "./envelope.ts";
import { refused } from "./errors.ts";

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

/** An access token lives a week, what renews it two. */
export const lifetimes = { lifetimeMs: 7 * dayMs, refreshLifetimeMs: 14 * dayMs };
/** Renewed earlier than so long before its end, a token stays what it is. */
const earlyMs = 30 * minuteMs;
const keepOldMs = 5 * minuteMs;

/** A code for a pair, once. Source: oauth.getAccessToken. */
const exchange: OpenMethod = (call) => {
	const token = call.shops.exchange(call.appId, call.args.needed("code"), call.nowMs);
	if (!token) throw refused("授权码无效或已过期");
	return tokenAnswer(call, token);
};

/**
 * The same pair while it holds for more than half an hour; later a new one, the old access token going on for five
 * minutes unless it has ended. A refresh token that was used is dead. Source: oauth.refreshToken.
 */
const refresh: OpenMethod = (call) => {
	const { shops, appId, nowMs, args } = call;
	const refreshToken = args.needed("refreshToken");
	const shop = shops.all.find((each) => each.app.key === appId && shops.token(each).refresh === refreshToken);
	const current = shop && shops.token(shop);
	if (current && current.expiresMs - nowMs > earlyMs) return tokenAnswer(call, current);
	const token = shops.refresh(appId, refreshToken, nowMs, { rotate: true, keepOldMs });
	if (!token) throw refused("refreshToken无效或已过期");
	return tokenAnswer(call, token);
};

function tokenAnswer({ shops }: OpenCall, token: Token): XhsObject {
	const shop = shops.ofToken(token);
	return {
		accessToken: token.access,
		accessTokenExpiresAt: token.expiresMs,
		refreshToken: token.refresh,
		refreshTokenExpiresAt: token.refreshExpiresMs,
		sellerId: shop.sellerId,
		sellerName: shop.name,
	};
}

/** The page where a seller lets the app in. */
export function authorise({ method, query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = shops.ofApp(query.get("appId"));
	const redirectUri = query.get("redirectUri") ?? "";
	if (method !== "GET" || !shop || !URL.canParse(redirectUri)) {
		return { status: 400, type: "text/plain;charset=utf-8", body: "appId或redirectUri不正确" };
	}
	return agreed(shops, shop, redirectUri, query.get("state") ?? "", nowMs);
}

export const tokenMethods: Readonly<Record<string, OpenMethod>> = {
	"oauth.getAccessToken": exchange,
	"oauth.refreshToken": refresh,
};
