import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { sign } from "./sign.ts";

type Params = Readonly<Record<string, unknown>>;

const version = "2.0";

/** One signed call on behalf of the shop's seller. Every method has the same URL; `now` is the platform's time. */
export const shopRequest = (shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest =>
	signedCall(shop, method, { accessToken: shop.accessToken, ...params }, now);

/** A call that no seller stands behind, such as the refresh of a token. */
export const appRequest = signedCall;

function signedCall(shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest {
	const timestamp = String(Math.floor(now.getTime() / 1_000));
	const system = { method, appId: shop.appKey, timestamp, version };
	return {
		method: "POST",
		url: shop.gatewayUrl,
		headers: { "content-type": "application/json;charset=utf-8" },
		body: JSON.stringify({ ...params, ...system, sign: sign(system, shop.appSecret) }),
	};
}
