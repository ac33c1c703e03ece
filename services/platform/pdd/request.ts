import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { epochSeconds } from "../json-text.ts";
import { sign } from "./sign.ts";

/** Business parameters; objects and lists among them travel as JSON text. */
export type Params = Readonly<Record<string, string>>;

/** One signed call on behalf of a shop. `now` is the platform's time: 10 minutes of skew are refused. */
export const shopRequest = (shop: ShopAccess, type: string, params: Params, now: Date): HttpRequest =>
	signedJson(shop, { ...params, type, access_token: shop.accessToken }, now);

/** A call that no shop stands behind. */
export const appRequest = (shop: ShopAccess, type: string, params: Params, now: Date): HttpRequest =>
	signedJson(shop, { ...params, type }, now);

/** All values are text, also those that are JSON themselves: what is signed is what is sent. */
function signedJson(shop: ShopAccess, params: Params, now: Date): HttpRequest {
	const sent: Record<string, string> = {
		...params,
		client_id: shop.appKey,
		timestamp: String(epochSeconds(now)),
		data_type: "JSON",
		version: "V1",
	};
	return {
		method: "POST",
		url: shop.gatewayUrl,
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ ...sent, sign: sign(sent, shop.appSecret) }),
	};
}
