import { toBeijing } from "../../../config/beijing.ts";
import type { HttpAnswer, HttpRequest, ShopAccess } from "../adapter.ts";
import { jsonText } from "../json-text.ts";
import { ask, type Steps } from "../steps.ts";
import { sign } from "./sign.ts";

/** Business parameters: one JSON text, sent as it was signed. A bigint is written as a number of all its digits. */
export type Params = Readonly<Record<string, unknown>>;
type ParamsOf = Params | ((shop: ShopAccess) => Params);

/** One call that only reads. */
export function reads<T>(method: string, params: ParamsOf, read: (answer: HttpAnswer) => T): Steps<T> {
	return call(method, true, params, read);
}

/** One call that changes something. `repeatable`: a second one does no harm. */
export function writes<T>(
	method: string,
	{ repeatable }: { repeatable: boolean },
	params: ParamsOf,
	read: (answer: HttpAnswer) => T,
): Steps<T> {
	return call(method, repeatable, params, read);
}

function call<T>(method: string, repeatable: boolean, params: ParamsOf, read: (answer: HttpAnswer) => T): Steps<T> {
	return ask({
		method,
		repeatable,
		request: (shop, now) => jdRequest(shop, method, typeof params === "function" ? params(shop) : params, now),
		read,
	});
}

/**
 * One signed call of routerjson, in the official SDK's form: system parameters in the query, business parameters in the
 * form body. `now` is the platform's time: more than 6 minutes of difference are refused.
 */
function jdRequest(shop: ShopAccess, method: string, params: Params, now: Date): HttpRequest {
	const system: Record<string, string> = {
		method,
		app_key: shop.appKey,
		access_token: shop.accessToken,
		timestamp: toBeijing(now),
		v: "2.0",
	};
	if (shop.accessToken === "") delete system.access_token;
	const business = { "360buy_param_json": jsonText(params) };
	const query = new URLSearchParams({ ...system, sign: sign({ ...system, ...business }, shop.appSecret) });
	return {
		method: "POST",
		url: `${shop.gatewayUrl}?${query}`,
		headers: { "content-type": "application/x-www-form-urlencoded;charset=utf-8" },
		body: new URLSearchParams(business).toString(),
	};
}
