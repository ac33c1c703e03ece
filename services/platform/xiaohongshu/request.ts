import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { epochSeconds, jsonText } from "../json-text.ts";
import { sign } from "./sign.ts";

/** Business parameters, beside those of the system in one JSON object. */
type Params = Readonly<Record<string, unknown>>;

const version = "2.0";

/** One signed call on behalf of the shop's seller. Every method has the same URL; `now` is the platform's time. */
export const shopRequest = (shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest =>
	signedCall(shop, method, { accessToken: shop.accessToken, ...params }, now);

/** A call that no seller stands behind, such as the refresh of a token. */
export const appRequest = signedCall;

function signedCall(shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest {
	const timestamp = String(epochSeconds(now));
	const system = { method, appId: shop.appKey, timestamp, version };
	return {
		method: "POST",
		url: shop.gatewayUrl,
		headers: { "content-type": "application/json;charset=utf-8" },
		body: jsonText({ ...params, ...system, sign: sign(system, shop.appSecret) }),
	};
}
