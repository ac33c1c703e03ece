import { type Answer, json, type Received } from "../../target.ts";
import { agreed } from "../consent.ts";
import type { Shops, Token } from "../shops.ts";
import type { OpenMethod } from "./call.ts";
import { TopError } from "./errors.ts";

/** A new access token in the API's form: the answer is JSON text inside JSON. Source: taobao.top.auth.token.refresh. */
const refresh: OpenMethod = ({ args, appKey, shops, nowMs }) => {
	const token = shops.refresh(appKey, args.needed("refresh_token"), nowMs);
	if (!token) throw new TopError(15, "isv.refresh-token-invalid", "refresh_token无效");
	return { token_result: JSON.stringify(tokenAnswer(token, shops, nowMs)) };
};

/** The token for the code of a seller's consent, once. Source: taobao.top.auth.token.create. */
const create: OpenMethod = ({ args, appKey, shops, nowMs }) => {
	const token = shops.exchange(appKey, args.needed("code"), nowMs);
	if (!token) throw new TopError(15, "isv.code-invalid", "code无效或已使用");
	return { token_result: JSON.stringify(tokenAnswer(token, shops, nowMs)) };
};

/** The page where a seller lets the app in. Source: oauth.taobao.com/authorize. */
export function authorizePage({ query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = shops.ofApp(query.get("client_id"));
	const back = query.get("redirect_uri") ?? "";
	const problem = !shop
		? "client_id is unknown"
		: query.get("response_type") !== "code"
			? "response_type must be code"
			: !URL.canParse(back)
				? "redirect_uri is no address"
				: null;
	if (!shop || problem) return json(400, { error: "invalid_request", error_description: problem });
	return agreed(shops, shop, back, query.get("state"), nowMs);
}

/** The OAuth form of both: POST, form body, HTTP 400 on failure. Source: oauth.taobao.com/token. */
export function oauthToken({ method, body }: Received, shops: Shops, nowMs: number): Answer {
	const form = new URLSearchParams(body);
	const grant = form.get("grant_type");
	const app = shops.ofApp(form.get("client_id"))?.app;
	if (method !== "POST" || (grant !== "refresh_token" && grant !== "authorization_code")) {
		return json(400, {
			error: "unsupported_grant_type",
			error_description: "authorization_code or refresh_token by POST",
		});
	}
	if (!app || app.secret !== form.get("client_secret")) {
		return json(400, { error: "invalid_client", error_description: "client_id or client_secret is wrong" });
	}
	const token =
		grant === "refresh_token"
			? shops.refresh(app.key, form.get("refresh_token") ?? "", nowMs)
			: shops.exchange(app.key, form.get("code") ?? "", nowMs);
	if (!token) return json(400, { error: "invalid_grant", error_description: "the code or refresh_token is wrong" });
	return json(200, tokenAnswer(token, shops, nowMs));
}

function tokenAnswer(token: Token, shops: Shops, nowMs: number): object {
	const shop = shops.ofToken(token);
	const seconds = Math.floor((token.expiresMs - nowMs) / 1000);
	return {
		access_token: token.access,
		token_type: "Bearer",
		expires_in: seconds,
		refresh_token: token.refresh,
		re_expires_in: Math.floor((token.refreshExpiresMs - nowMs) / 1000),
		r1_expires_in: seconds,
		r2_expires_in: seconds,
		w1_expires_in: seconds,
		w2_expires_in: seconds,
		taobao_user_id: shop.sellerId,
		taobao_user_nick: encodeURIComponent(shop.name),
		expire_time: token.expiresMs,
		refresh_token_valid_time: token.refreshExpiresMs,
	};
}

export const tokenMethods: Readonly<Record<string, OpenMethod>> = {
	"taobao.top.auth.token.create": create,
	"taobao.top.auth.token.refresh": refresh,
};
