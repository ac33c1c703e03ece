import { type Answer, json, type Received } from "../../target.ts";
import { agreed } from "../consent.ts";
import type { DemoShop, Shops, Token } from "../shops.ts";

/** The OAuth pages below /oauth2; null for another path. Source: 京东 open platform, OAuth 2. */
export function oauth(request: Received, shops: Shops, nowMs: number): Answer | null {
	switch (request.path) {
		case "/oauth2/to_login":
			return authorize(request, shops, nowMs);
		case "/oauth2/access_token":
			return token(request, shops, "authorization_code", (app) => {
				const code = request.query.get("code") ?? "";
				return answerOf(shops.exchange(app.key, code, nowMs), nowMs);
			});
		case "/oauth2/refresh_token":
			return token(request, shops, "refresh_token", (app) => {
				const refresh = request.query.get("refresh_token") ?? "";
				return answerOf(shops.refresh(app.key, refresh, nowMs, { rotate: true }), nowMs);
			});
		default:
			return null;
	}
}

function authorize({ method, query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = shops.ofApp(query.get("app_key"));
	const redirect = query.get("redirect_uri") ?? "";
	if (method !== "GET" || !shop || query.get("response_type") !== "code" || !URL.canParse(redirect)) {
		return oauthError("400", "app_key、response_type或redirect_uri不正确");
	}
	return agreed(shops, shop, redirect, query.get("state") || null, nowMs);
}

function token(
	{ method, query }: Received,
	shops: Shops,
	grantType: string,
	give: (app: DemoShop["app"]) => Answer,
): Answer {
	if (method !== "GET") return oauthError("405", "只支持GET");
	if (query.get("grant_type") !== grantType) return oauthError("400", "grant_type不正确");
	const app = shops.ofApp(query.get("app_key"))?.app;
	if (!app || app.secret !== query.get("app_secret")) return oauthError("401", "app_key或app_secret不正确");
	return give(app);
}

/** A new pair each time. `time`: when it was made, epoch milliseconds. */
function answerOf(token: Token | null, nowMs: number): Answer {
	if (!token) return oauthError("402", "code或refresh_token无效");
	return json(200, {
		access_token: token.access,
		expires_in: Math.floor((token.expiresMs - nowMs) / 1000),
		refresh_token: token.refresh,
		scope: "snsapi_base",
		open_id: "sandbox-open-id",
		uid: "1000000001",
		time: nowMs,
		token_type: "bearer",
	});
}

const oauthError = (code: string, msg: string): Answer => json(200, { code, msg });
