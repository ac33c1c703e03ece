import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { epochSeconds, type JsonObject } from "../json-text.ts";
import { canonicalJson } from "./canonical-json.ts";
import { sign } from "./sign.ts";

const signMethod = "hmac-sha256";

/** One signed call for the shop's seller. `now` is the platform's time: 10 minutes of skew are refused. */
export function sellerRequest(shop: ShopAccess, method: string, params: JsonObject, now: Date): HttpRequest {
	return post(shop, method, params, now, { access_token: shop.accessToken });
}

/** A call that no seller stands behind: those about tokens. */
export function appRequest(shop: ShopAccess, method: string, params: JsonObject, now: Date): HttpRequest {
	return post(shop, method, params, now, {});
}

/** The query of a signed call for the seller that somebody else makes: the print client fetches its key itself. */
export const signedQuery = (shop: ShopAccess, method: string, now: Date): string =>
	queryOf(shop, method, "{}", now, { access_token: shop.accessToken, param_json: "{}" });

function post(
	shop: ShopAccess,
	method: string,
	params: JsonObject,
	now: Date,
	unsigned: Record<string, string>,
): HttpRequest {
	const body = canonicalJson(params);
	return {
		method: "POST",
		url: `${shop.gatewayUrl}/${method.replaceAll(".", "/")}?${queryOf(shop, method, body, now, unsigned)}`,
		headers: {
			"content-type": "application/json;charset=UTF-8",
			"x-open-no-old-err-code": "1", // errors by today's codes only
		},
		body,
	};
}

function queryOf(
	{ appKey, appSecret }: ShopAccess,
	method: string,
	paramJson: string,
	now: Date,
	unsigned: Record<string, string>,
): string {
	const timestamp = String(epochSeconds(now));
	const signature = sign({ appKey, method, paramJson, timestamp }, appSecret, signMethod);
	const system = { app_key: appKey, method, timestamp, v: "2", sign_method: signMethod, sign: signature };
	return new URLSearchParams({ ...system, ...unsigned }).toString();
}
