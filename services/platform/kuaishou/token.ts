import { hubError } from "../../../config/errors.ts";
import type { FreshToken, Grant, HttpAnswer, ShopAccess, Tokens } from "../adapter.ts";
import { optionalInteger, requiredText, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { successOf } from "./answer.ts";

const scopes = ["merchant_order", "merchant_item", "merchant_refund", "merchant_logistics", "merchant_user"];
const exchangeMethod = "oauth2.access_token";
const refreshMethod = "oauth2.refresh_token";

/**
 * Access tokens live two days. A refresh token is good for one refresh, and what replaces it inherits its end: 180 days
 * after the seller's consent there must be another. The old access token goes on for about five minutes.
 */
export const tokens: Tokens = {
	leadMs: 6 * 3_600_000,
	renewable: (shop) => shop.refreshToken !== "",
	refresh,
	authorizeUrl,
	exchange,
};

/** The new refresh token must be kept before the new access token is used: the old one is spent. */
function* refresh(): Steps<FreshToken> {
	return yield* ask({
		method: refreshMethod,
		repeatable: false,
		request: (shop) => ({
			method: "POST",
			url: `${shop.gatewayUrl}/oauth2/refresh_token`,
			headers: { "content-type": "application/x-www-form-urlencoded;charset=utf-8" },
			body: new URLSearchParams({
				grant_type: "refresh_token",
				refresh_token: shop.refreshToken,
				app_id: shop.appKey,
				app_secret: shop.appSecret,
			}).toString(),
		}),
		read: (answer) => readToken(refreshMethod, answer),
	});
}

function authorizeUrl(shop: ShopAccess, redirectUri: string, state: string): string {
	const url = new URL(shop.authUrl);
	const query = {
		app_id: shop.appKey,
		redirect_uri: redirectUri,
		scope: scopes.join(","),
		response_type: "code",
		state,
	};
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
	return url.toString();
}

/** `code` is good for two minutes, once. The platform wants all of it in the query. */
function* exchange(code: string): Steps<Grant> {
	return yield* ask({
		method: exchangeMethod,
		repeatable: false,
		request: (shop) => {
			const query = { app_id: shop.appKey, grant_type: "code", code, app_secret: shop.appSecret };
			return {
				method: "GET",
				url: `${shop.gatewayUrl}/oauth2/access_token?${new URLSearchParams(query)}`,
				headers: {},
				body: "",
			};
		},
		read: (answer) => {
			const sellerId = text(successOf(exchangeMethod, answer), "open_id");
			return { ...readToken(exchangeMethod, answer), sellerId, sellerName: "" };
		},
	});
}

/** Lifetimes are in seconds from the call. */
function readToken(method: string, answer: HttpAnswer): FreshToken {
	const root = successOf(method, answer);
	const seconds = optionalInteger(root, "expires_in") ?? 0;
	if (seconds <= 0) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no lifetime`);
	return {
		access: requiredText(root, "access_token"),
		refresh: text(root, "refresh_token"),
		expiresAt: new Date(answer.at.getTime() + seconds * 1_000),
	};
}
