import { toBeijing } from "../../../config/beijing.ts";
import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { sign } from "./sign.ts";

type Params = Readonly<Record<string, string>>;

const signMethod = "hmac-sha256";

/** One signed TOP call on behalf of the shop's seller. `now` is the platform's time: 10 minutes of skew are refused. */
export function topRequest(shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest {
	return signedForm(shop, { ...params, method, session: shop.accessToken }, now);
}

/** A call that no seller stands behind, such as the refresh of a token. */
export function appRequest(shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest {
	return signedForm(shop, { ...params, method }, now);
}

function signedForm(shop: ShopAccess, params: Params, now: Date): HttpRequest {
	const sent: Record<string, string> = {
		app_key: shop.appKey,
		timestamp: toBeijing(now),
		format: "json",
		v: "2.0",
		sign_method: signMethod,
	};
	for (const [name, value] of Object.entries(params)) if (value !== "") sent[name] = value; // empty ones are not signed
	return {
		method: "POST",
		url: shop.gatewayUrl,
		headers: { "content-type": "application/x-www-form-urlencoded;charset=utf-8" },
		body: new URLSearchParams({ ...sent, sign: sign(sent, shop.appSecret, signMethod) }).toString(),
	};
}
