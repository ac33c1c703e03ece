import { type Answer, json, type Received } from "../../target.ts";
import type { DemoShop, Shops, Token } from "../shops.ts";
import type { OpenMethod } from "./call.ts";
import { TopError } from "./errors.ts";

/** A new access token in the API's form: the answer is JSON text inside JSON. Source: taobao.top.auth.token.refresh. */
const refresh: OpenMethod = ({ args, appKey, shops, nowMs }) => {
	const token = shops.refresh(appKey, args.needed("refresh_token"), nowMs);
	if (!token) throw new TopError(15, "isv.refresh-token-invalid", "refresh_token无效");
	return { token_result: JSON.stringify(tokenAnswer(token, shopOf(shops, token), nowMs)) };
};

/** The OAuth form of the same: POST, form body, HTTP 400 on failure. Source: oauth.taobao.com/token. */
export function oauthToken({ method, body }: Received, shops: Shops, nowMs: number): Answer {
	const form = new URLSearchParams(body);
	const app = shops.all.find(({ app: { key } }) => key === form.get("client_id"))?.app;
	if (method !== "POST" || form.get("grant_type") !== "refresh_token") {
		return json(400, { error: "unsupported_grant_type", error_description: "only refresh_token by POST" });
	}
	if (!app || app.secret !== form.get("client_secret")) {
		return json(400, { error: "invalid_client", error_description: "client_id or client_secret is wrong" });
	}
	const token = shops.refresh(app.key, form.get("refresh_token") ?? "", nowMs);
	if (!token) return json(400, { error: "invalid_grant", error_description: "refresh_token is wrong" });
	return json(200, tokenAnswer(token, shopOf(shops, token), nowMs));
}

function shopOf(shops: Shops, token: Token): DemoShop {
	const shop = shops.shop(token.shopId);
	if (!shop) throw new Error(`no shop ${token.shopId}`);
	return shop;
}

function tokenAnswer({ access, refresh: refreshToken, expiresMs }: Token, shop: DemoShop, nowMs: number): object {
	const seconds = Math.floor((expiresMs - nowMs) / 1000);
	return {
		access_token: access,
		token_type: "Bearer",
		expires_in: seconds,
		refresh_token: refreshToken,
		re_expires_in: seconds,
		r1_expires_in: seconds,
		r2_expires_in: seconds,
		w1_expires_in: seconds,
		w2_expires_in: seconds,
		taobao_user_id: shop.sellerId,
		taobao_user_nick: encodeURIComponent(shop.name),
		expire_time: expiresMs,
		refresh_token_valid_time: expiresMs,
	};
}

export const tokenMethods: Readonly<Record<string, OpenMethod>> = { "taobao.top.auth.token.refresh": refresh };
