import { stringify } from "lossless-json";
import { hubError } from "../../../config/errors.ts";
import type { HttpRequest, ShopAccess } from "../adapter.ts";
import { sign } from "./sign.ts";

/** A business parameter; a bigint is written as a JSON number of all its digits, `undefined` is left out. */
export type Param = string | number | bigint | boolean | undefined | Param[] | Params;
export interface Params {
	[name: string]: Param;
}

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
export function signedCall(shop: ShopAccess, { method, verb }: Api, param: Params, now: Date): HttpRequest {
	const params = {
		appkey: shop.appKey,
		method,
		version: "1",
		param: stringify(param) ?? "{}", // signed and sent to the byte
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

/** The platform's numbers are int64: beyond 2^53 a JSON number of all its digits. @throws INVALID */
export function int64(id: string, field: string): bigint {
	if (!/^\d{1,19}$/.test(id)) throw hubError("INVALID", `${field} is not a number`, { field });
	return BigInt(id);
}
