import type { HttpAnswer } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { type Params, shopRequest } from "./request.ts";

interface Call<T> {
	method: string;
	params: Params;
	read(payload: RawRecord, answer: HttpAnswer): T;
	bareField?: string; // see `payloadOf`
}

/** One call for a shop that only reads. */
export const reads = <T>(call: Call<T>): Steps<T> => made(call, true);

/** One that changes something: never made again in doubt, since the platform knows no repetition. */
export const writes = <T>(call: Call<T>): Steps<T> => made(call, false);

/** One that may be made again at any time: it says how something shall be, not what shall happen to it. */
export const sets = <T>(call: Call<T>): Steps<T> => made(call, true);

const made = <T>({ method, params, read, bareField }: Call<T>, repeatable: boolean): Steps<T> =>
	ask({
		method,
		repeatable,
		request: (shop, now) => shopRequest(shop, method, params, now),
		read: (answer) => read(payloadOf(method, answer, bareField), answer),
	});
