import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { type JsonObject, jsonText } from "../json-text.ts";
import { sign } from "./sign.ts";

/** An API of the platform. The verb is its own: another one is refused. */
export interface Api {
	method: string;
	verb: HttpRequest["method"];
}

const signMethod = "HMAC_SHA256";

/**
 * One signed call in the name of the shop's seller. `now` is the platform's time. The path repeats the method:
 * `open.order.detail` is `/open/order/detail`.
 */
export function signedCall(shop: ShopAccess, { method, verb }: Api, param: JsonObject, now: Date): HttpRequest {
	const params = {
		appkey: shop.appKey,
		method,
		version: "1",
		param: jsonText(param), // signed and sent to the byte
		access_token: shop.accessToken,
		timestamp: String(now.getTime()),
		signMethod,
	};
	const form = new URLSearchParams({ ...params, sign: sign(params, shop.signSecret, signMethod) }).toString();
	const url = `${shop.gatewayUrl}/${method.replaceAll(".", "/")}`;
	if (verb === "GET") return { method: "GET", url: `${url}?${form}`, headers: {}, body: "" };
	const headers = { "content-type": "application/x-www-form-urlencoded;charset=utf-8" };
	return { method: "POST", url, headers, body: form };
}
