import type { HttpAnswer } from "../adapter.ts";
import type { JsonObject } from "../json-text.ts";
import { ask, type Steps } from "../steps.ts";
import { dataOf } from "./answer.ts";
import { sellerRequest } from "./request.ts";

/** Asks for something in the seller's name. */
export function reads<T>(method: string, params: JsonObject, reader: (answer: HttpAnswer) => T): Steps<T> {
	return ask<T>({
		method,
		repeatable: true,
		request: (shop, now) => sellerRequest(shop, method, params, now),
		read: reader,
	});
}

/** Changes something in the seller's name. `repeatable`: to do it twice is to do it once. */
export function writes<T = void>(
	method: string,
	params: JsonObject,
	repeatable: boolean,
	reader: (answer: HttpAnswer) => T,
): Steps<T> {
	return ask<T>({ method, repeatable, request: (shop, now) => sellerRequest(shop, method, params, now), read: reader });
}

/** For calls whose answer says nothing but that it was done. */
export const done =
	(method: string) =>
	(answer: HttpAnswer): void => {
		dataOf(method, answer);
	};
