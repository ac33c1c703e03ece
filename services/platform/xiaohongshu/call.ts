import type { HttpAnswer } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { acceptedAnswer } from "./answer.ts";
import { shopRequest } from "./request.ts";

/** A call for the shop that only reads. */
export const reads = <T>(method: string, params: RawRecord, read: (answer: HttpAnswer) => T): Steps<T> =>
	called(method, params, true, read);

/** One that does something, and must not be made twice. */
export const writes = <T>(method: string, params: RawRecord, read: (answer: HttpAnswer) => T): Steps<T> =>
	called(method, params, false, read);

/** One that may be made again at any time: it says how something shall be, not what shall happen to it. */
export const sets = <T>(method: string, params: RawRecord, read: (answer: HttpAnswer) => T): Steps<T> =>
	called(method, params, true, read);

/** For calls whose answer says nothing but that it was done. */
export const done =
	(method: string) =>
	(answer: HttpAnswer): void => {
		acceptedAnswer(method, answer);
	};

const called = <T>(method: string, params: RawRecord, repeatable: boolean, read: (answer: HttpAnswer) => T): Steps<T> =>
	ask({ method, repeatable, request: (shop, now) => shopRequest(shop, method, params, now), read });
