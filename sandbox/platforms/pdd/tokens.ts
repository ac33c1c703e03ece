import { beijing } from "../../beijing.ts";
import type { Answer, Received } from "../../target.ts";
import { agreed } from "../consent.ts";
import type { Shops, Token } from "../shops.ts";
import type { Apis, OpenCall, ShopCall } from "./call.ts";
import type { PddObject } from "./envelope.ts";
import { invalid, refused } from "./errors.ts";

/** As for apps that are not published. */
export const tokenLifetimes = { lifetimeMs: 24 * 3_600_000, refreshLifetimeMs: 30 * 24 * 3_600_000 };

/** A code works once and for ten minutes. Source: pdd.pop.auth.token.create. */
function create({ args, appKey, shops, nowMs }: OpenCall): PddObject {
	const token = shops.exchange(appKey, args.needed("code"), nowMs);
	if (!token) throw refused("code无效或已过期");
	return answerOf(shops, token, nowMs);
}

/** The refresh token stays the same. Source: pdd.pop.auth.token.refresh. */
function refresh({ args, appKey, shops, nowMs }: OpenCall): PddObject {
	const token = shops.refresh(appKey, args.needed("refresh_token"), nowMs);
	if (!token) throw refused("refresh_token无效或已过期");
	return answerOf(shops, token, nowMs);
}

function answerOf(shops: Shops, token: Token, nowMs: number): PddObject {
	const shop = shops.ofToken(token);
	const ends = (name: string, endMs: number): PddObject => ({
		[`${name}_in`]: Math.floor((endMs - nowMs) / 1000),
		[`${name}_at`]: Math.floor(endMs / 1000),
	});
	return {
		access_token: token.access,
		...ends("expires", token.expiresMs),
		refresh_token: token.refresh,
		...ends("refresh_token_expires", token.refreshExpiresMs),
		...ends("r1_expires", token.expiresMs),
		...ends("r2_expires", token.expiresMs),
		...ends("w1_expires", token.expiresMs),
		...ends("w2_expires", token.expiresMs),
		owner_id: shop.sellerId,
		owner_name: shop.name,
		scope: ["pdd.order.number.list.increment.get", "pdd.order.information.get", "pdd.pmc.user.permit"],
	};
}

/** The shop's messages go to the app; here they always did. Source: pdd.pmc.user.permit. */
function permit({ args }: ShopCall): PddObject {
	const topics = args.text("topics")?.split(",") ?? [];
	if (!topics.every((topic) => /^pdd_[a-z]+_[A-Za-z]+$/.test(topic))) throw invalid("topics", "不正确");
	return { is_success: true };
}

/** The page where a seller agrees. */
export function authorize({ method, query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = shops.ofApp(query.get("client_id"));
	const redirect = query.get("redirect_uri") ?? "";
	const bad = method !== "GET" || query.get("response_type") !== "code" || !shop || !URL.canParse(redirect);
	if (bad) return { status: 400, type: "text/plain;charset=UTF-8", body: "授权参数不正确" };
	return agreed(shops, shop, redirect, query.get("state"), nowMs);
}

export const tokenApis: Apis = {
	"pdd.pop.auth.token.create": { root: "pop_auth_token_create_response", needs: "app", run: create },
	"pdd.pop.auth.token.refresh": { root: "pop_auth_token_refresh_response", needs: "app", run: refresh },
	"pdd.pmc.user.permit": { root: "pmc_user_permit_response", needs: "token", run: permit },
	"pdd.time.get": {
		root: "time_get_response",
		needs: "app",
		run: ({ nowMs }) => ({ time: beijing(nowMs) }),
	},
};
