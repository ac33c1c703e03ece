import type { HttpAnswer } from "../adapter.ts";
import { fail } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { dataOf } from "./answer.ts";
import type { JsonObject } from "./canonical-json.ts";
import { sellerRequest } from "./request.ts";

/** Asks for something in the seller's name. */
export function read<T>(method: string, params: JsonObject, reader: (answer: HttpAnswer) => T): Steps<T> {
	return ask<T>({
		method,
		repeatable: true,
		request: (shop, now) => sellerRequest(shop, method, params, now),
		read: reader,
	});
}

/** Changes something in the seller's name. `repeatable`: to do it twice is to do it once. */
export function write<T = void>(
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

/** An id as the JSON number the platform wants, all digits kept. */
export const idNumber = (field: string, id: string): bigint =>
	/^\d{1,19}$/.test(id) ? BigInt(id) : fail(field, "is not a number");

/** A time as the platform counts it. */
export const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
