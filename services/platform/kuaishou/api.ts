import type { HttpAnswer } from "../adapter.ts";
import type { JsonObject } from "../json-text.ts";
import type { Step } from "../steps.ts";
import { successOf } from "./answer.ts";
import { type Api, signedCall } from "./request.ts";

/** A call that only reads, or that answers the same and does no more when it is made again. */
export const reads = <T>(api: Api, param: JsonObject, read: (answer: HttpAnswer) => T): Step<T> => ({
	method: api.method,
	repeatable: true,
	request: (shop, now) => signedCall(shop, api, param, now),
	read,
});

/** A call that does something and answers no more than that it was done. Never made again in doubt. */
export const writes = (api: Api, param: JsonObject): Step<void> => ({
	method: api.method,
	repeatable: false,
	request: (shop, now) => signedCall(shop, api, param, now),
	read: (answer) => void successOf(api.method, answer),
});
