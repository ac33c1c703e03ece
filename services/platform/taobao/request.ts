import { toBeijing } from "../../../config/beijing.ts";
import type { HttpAnswer, HttpRequest, ShopAccess } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import type { Step } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { sign } from "./sign.ts";

/** Business parameters; those without a value are not sent. */
export type Params = Readonly<Record<string, string>>;

type Reader<T> = (payload: RawRecord, answer: HttpAnswer) => T;

const signMethod = "hmac-sha256";

/** A call that changes nothing. `read` gets what stands under the method's own root key. */
export const reads = <T>(method: string, params: Params, read: Reader<T>): Step<T> => ({
	method,
	repeatable: true,
	request: (shop, now) => topRequest(shop, method, params, now),
	read: (answer) => read(payloadOf(method, answer), answer),
});

/** A call that does something, and must not be made twice. */
export const writes = <T>(method: string, params: Params, read: Reader<T>): Step<T> => ({
	...reads(method, params, read),
	repeatable: false,
});

/** A call that no seller stands behind, such as the refresh of a token: its parameters may come from the shop. */
export const appCall = <T>(method: string, params: (shop: ShopAccess) => Params, read: Reader<T>): Step<T> => ({
	method,
	repeatable: false,
	request: (shop, now) => signedForm(shop, { ...params(shop), method }, now),
	read: (answer) => read(payloadOf(method, answer), answer),
});

/** One signed TOP call on behalf of the shop's seller. `now` is the platform's time: 10 minutes of skew are refused. */
export const topRequest = (shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest =>
	signedForm(shop, { session: shop.accessToken, ...params, method }, now);

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
