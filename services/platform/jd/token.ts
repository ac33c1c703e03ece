import type { FreshToken, HttpAnswer, HttpRequest, ShopAccess, Tokens } from "../adapter.ts";
import { badAnswer, objectOf } from "../answer.ts";
import { isRecord, optionalEpochMs, optionalInteger, requiredText, text } from "../record.ts";
import { ask } from "../steps.ts";
import { refusalOf } from "./answer.ts";

/** `open-oauth.jd.com/oauth2/to_login` -> its neighbours `access_token` and `refresh_token`. */
function oauthRequest(
	{ authUrl, appKey, appSecret }: ShopAccess,
	path: string,
	params: Record<string, string>,
): HttpRequest {
	const query = new URLSearchParams({ app_key: appKey, app_secret: appSecret, ...params });
	return { method: "GET", url: `${new URL(path, authUrl)}?${query}`, headers: {}, body: "" };
}

/**
 * Both pairs end together `expires_in` seconds after `time`, epoch milliseconds. Errors have a code, or come as the
 * gateway's do; none of them says that the seller's consent is still good.
 */
function readToken(answer: HttpAnswer): FreshToken {
	const token = objectOf("oauth2", answer);
	const error = isRecord(token.error_response) ? token.error_response : token;
	if (text(token, "access_token") === "") throw refusalOf("oauth2", error, answer.at);
	const seconds = optionalInteger(token, "expires_in");
	if (!seconds) throw badAnswer("oauth2", answer, "no lifetime");
	const issuedAt = optionalEpochMs(token, "time") ?? answer.at;
	return {
		access: requiredText(token, "access_token"),
		refresh: text(token, "refresh_token"),
		expiresAt: new Date(issuedAt.getTime() + seconds * 1_000),
	};
}

/** Source: 京东 open platform, OAuth 2. A refresh answers a new pair, so it is not made twice in doubt. */
export const tokens: Tokens = {
	leadMs: 4 * 3_600_000, // tokens of apps under test live a day
	renewable: (shop) => shop.refreshToken !== "",
	refresh: () =>
		ask({
			method: "oauth2/refresh_token",
			repeatable: false,
			request: (shop) =>
				oauthRequest(shop, "refresh_token", { grant_type: "refresh_token", refresh_token: shop.refreshToken }),
			read: readToken,
		}),
	authorizeUrl: ({ authUrl, appKey }, redirectUri, state) => {
		const params = { app_key: appKey, response_type: "code", redirect_uri: redirectUri, state, scope: "snsapi_base" };
		return `${authUrl}?${new URLSearchParams(params)}`;
	},
	exchange: (code) =>
		ask({
			method: "oauth2/access_token",
			repeatable: false,
			request: (shop) => oauthRequest(shop, "access_token", { grant_type: "authorization_code", code }),
			// The answer names the person who agreed, not the seller.
			read: (answer) => ({ ...readToken(answer), sellerId: "", sellerName: "" }),
		}),
};
