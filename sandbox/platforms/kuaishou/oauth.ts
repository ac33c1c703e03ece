import { type Answer, header, type Received } from "../../target.ts";
import { agreed } from "../consent.ts";
import type { DemoShop, Shops, Token } from "../shops.ts";
import { answer } from "./envelope.ts";

const minuteMs = 60_000;
/** The refresh token is good once, and what replaces it ends when it would have. */
const refreshRules = { rotate: true, keepRefreshEnd: true, keepOldMs: 5 * minuteMs };
const scopes = ["merchant_order", "merchant_item", "merchant_refund", "merchant_logistics", "merchant_user"];

/** The page where a seller lets the app in, and the endpoints for tokens; undefined: another path. */
export function oauth(request: Received, shops: Shops, nowMs: number): Answer | undefined {
	switch (request.path) {
		case "/oauth/authorize":
			return authorize(request, shops, nowMs);
		case "/oauth2/access_token":
			return request.method === "GET" ? accessToken(request, shops, nowMs) : invalidRequest("GET");
		case "/oauth2/refresh_token":
			return request.method === "POST" ? refreshToken(request, shops, nowMs) : invalidRequest("POST");
		default:
			return undefined;
	}
}

function authorize({ query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = shops.ofApp(query.get("app_id"));
	const redirect = query.get("redirect_uri") ?? "";
	if (!shop) return failed(100_200_101, "unauthorized_client", "app_id不存在");
	if (query.get("response_type") !== "code") return failed(100_200_103, "unsupported_response_type", "应为code");
	const asked = (query.get("scope") ?? "").split(",");
	if (!asked.every((scope) => scopes.includes(scope))) return failed(100_200_106, "invalid_scope", "scope不合法");
	if (!URL.canParse(redirect)) return failed(100_200_100, "invalid_request", "redirect_uri不合法");
	return agreed(shops, shop, redirect, query.get("state") ?? "", nowMs);
}

function accessToken({ query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = appOf(query, shops);
	if (!shop) return failed(100_200_101, "unauthorized_client", "app_id或app_secret错误");
	if (query.get("grant_type") !== "code") return failed(100_200_104, "unsupported_grant_type", "应为code");
	const token = shops.exchange(shop.app.key, query.get("code") ?? "", nowMs);
	return token ? granted(shops, token, nowMs) : failed(100_200_105, "invalid_grant", "code.invalid");
}

function refreshToken(request: Received, shops: Shops, nowMs: number): Answer {
	if (!header(request, "content-type").startsWith("application/x-www-form-urlencoded")) return invalidRequest("form");
	const form = new URLSearchParams(request.body);
	const shop = appOf(form, shops);
	if (!shop) return failed(100_200_101, "unauthorized_client", "app_id或app_secret错误");
	if (form.get("grant_type") !== "refresh_token") {
		return failed(100_200_104, "unsupported_grant_type", "应为refresh_token");
	}
	const token = shops.refresh(shop.app.key, form.get("refresh_token") ?? "", nowMs, refreshRules);
	return token ? granted(shops, token, nowMs) : failed(100_200_102, "access_denied", "refreshToken.discarded");
}

function appOf(params: URLSearchParams, shops: Shops): DemoShop | undefined {
	const shop = shops.ofApp(params.get("app_id"));
	return shop?.app.secret === params.get("app_secret") ? shop : undefined;
}

function granted(shops: Shops, token: Token, nowMs: number): Answer {
	return answer({
		result: 1,
		access_token: token.access,
		expires_in: Math.round((token.expiresMs - nowMs) / 1000),
		refresh_token: token.refresh,
		refresh_token_expires_in: Math.round((token.refreshExpiresMs - nowMs) / 1000),
		open_id: shops.shop(token.shopId)?.sellerId ?? "",
		scopes,
	});
}

const failed = (result: number, error: string, message: string): Answer =>
	answer({ result, error, error_msg: message });

const invalidRequest = (wanted: string): Answer => failed(100_200_100, "invalid_request", `expected ${wanted}`);
