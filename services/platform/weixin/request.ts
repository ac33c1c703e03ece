import type { HttpAnswer, HttpRequest, ShopAccess } from "../adapter.ts";
import { type JsonObject, jsonText } from "../json-text.ts";
import type { RawRecord } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";

/** A call for the shop. All of them, those that only read included, are POSTs of JSON; without parameters of `{}`. */
export function shopRequest(shop: ShopAccess, path: string, body: JsonObject): HttpRequest {
	return postJson(`${addressOf(shop, path)}?access_token=${encodeURIComponent(shop.accessToken)}`, body);
}

/** A call that the app's own secret stands behind. */
export const appRequest = (shop: ShopAccess, path: string, body: JsonObject): HttpRequest =>
	postJson(addressOf(shop, path), body);

/** A call that only reads. */
export const reads = <T>(
	path: string,
	body: JsonObject,
	read: (payload: RawRecord, answer: HttpAnswer) => T,
): Steps<T> =>
	ask({
		method: path,
		repeatable: true,
		request: (shop) => shopRequest(shop, path, body),
		read: (answer) => read(payloadOf(path, answer), answer),
	});

/** A call that changes something; `repeatable` where to do it again does no harm. */
export const writes = (path: string, body: JsonObject, repeatable = false): Steps<RawRecord> =>
	ask({
		method: path,
		repeatable,
		request: (shop) => shopRequest(shop, path, body),
		read: (answer) => payloadOf(path, answer),
	});

const addressOf = ({ gatewayUrl }: ShopAccess, path: string): string => `${gatewayUrl.replace(/\/+$/, "")}${path}`;

const postJson = (url: string, body: JsonObject): HttpRequest => ({
	method: "POST",
	url,
	headers: { "content-type": "application/json; charset=utf-8" },
	body: jsonText(body),
});
