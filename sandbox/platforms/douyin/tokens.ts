import type { Answer, Received } from "../../target.ts";
import { agreed } from "../consent.ts";
import type { Shops, Token } from "../shops.ts";
import { type AppMethod, seconds } from "./call.ts";
import type { DoudianObject } from "./envelope.ts";
import { DoudianError, invalidParam } from "./errors.ts";

export const accessLifetimeMs = 7 * 24 * 3_600_000;
export const refreshLifetimeMs = 14 * 24 * 3_600_000;
const hourMs = 3_600_000;

const noToken = (why: string, words: string): DoudianError =>
	new DoudianError(50001, `dop.token-generate-failed:${why}`, words);

/** A code becomes a token. The demo app serves many shops: it cannot ask for one by itself. Source: token.create. */
const create: AppMethod = ({ params, appKey, shops, nowMs }) => {
	const grant = params.neededText("grant_type");
	if (grant === "authorization_self") throw noToken("grant-type-invalid", "工具型应用不支持该授权方式");
	if (grant !== "authorization_code") throw invalidParam("grant_type", "不支持的授权方式");
	const token = shops.exchange(appKey, params.neededText("code"), nowMs);
	if (!token) throw noToken("code-invalid", "code无效或已使用");
	return tokenAnswer(shops, token, nowMs);
};

/**
 * More than an hour before the end: the same pair. In the last hour: a new pair, and the old one goes on for an hour.
 * After the end: a new pair, the old one is dead. Source: token.refresh.
 */
const refresh: AppMethod = ({ params, appKey, shops, nowMs }) => {
	if (params.neededText("grant_type") !== "refresh_token") throw invalidParam("grant_type", "应为refresh_token");
	const refreshToken = params.neededText("refresh_token");
	const known = shops.all
		.filter(({ app }) => app.key === appKey)
		.map((shop) => shops.token(shop))
		.find((token) => token.refresh === refreshToken);
	if (!known) throw noToken("token-invalid", "refresh_token无效");
	const leftMs = known.expiresMs - nowMs;
	if (leftMs > hourMs) return tokenAnswer(shops, known, nowMs);
	const renewed = shops.refresh(appKey, refreshToken, nowMs, { rotate: true, keepOldMs: leftMs > 0 ? hourMs : 0 });
	if (!renewed) throw noToken("token-expired", "refresh_token已过期");
	return tokenAnswer(shops, renewed, nowMs);
};

function tokenAnswer(shops: Shops, token: Token, nowMs: number): DoudianObject {
	const shop = shops.ofToken(token);
	return {
		access_token: token.access,
		expires_in: seconds(token.expiresMs - nowMs),
		refresh_token: token.refresh,
		scope: "SCOPE",
		shop_id: Number(shop.sellerId),
		shop_name: shop.name,
		authority_id: "",
		auth_subject_type: "WuLiuShang",
	};
}

/** The page where a seller lets the app in. The service's number is the app's here. */
export function authorizePage({ query }: Received, shops: Shops, nowMs: number): Answer {
	const shop = shops.ofApp(query.get("service_id"));
	const back = query.get("redirect_uri") ?? "";
	if (!shop || !URL.canParse(back))
		return { status: 400, type: "text/plain", body: "service_id or redirect_uri is wrong" };
	return agreed(shops, shop, back, query.get("state") ?? "", nowMs);
}

export const tokenMethods: Readonly<Record<string, AppMethod>> = { "token.create": create, "token.refresh": refresh };
