import { beijingDay, fromBeijing } from "../../config/beijing.ts";
import { hubError, typeOf } from "../../config/errors.ts";
import type { HttpAnswer } from "./adapter.ts";
import { isRecord, jsonIn, optionalInteger, type RawRecord } from "./record.ts";

/** The error for an answer that is not what the platform promises. Says its size, never its content. */
export const badAnswer = (method: string, { status, body }: HttpAnswer, why: string): Error =>
	hubError("PLATFORM_BAD_RESPONSE", `${method}: ${why}`, { status, bytes: body.length });

/** The JSON object of an answer. @throws PLATFORM_RATE_LIMITED for HTTP 429; PLATFORM_BAD_RESPONSE for anything else */
export function objectOf(method: string, answer: HttpAnswer): RawRecord {
	if (answer.status === 429) throw hubError("PLATFORM_RATE_LIMITED", "http 429", { waitMs: 1_000 });
	const root = jsonIn(answer.body);
	if (root === undefined) throw badAnswer(method, answer, "not JSON");
	if (!isRecord(root)) throw badAnswer(method, answer, "not an object");
	return root;
}

/**
 * What is read of a page of a list. A row without a number or a stamp names no record that could be put aside: the page
 * as a whole is unreadable.
 * @throws PLATFORM_BAD_RESPONSE naming the field
 */
export function wholePage<T>(method: string, answer: HttpAnswer, read: () => T): T {
	try {
		return read();
	} catch (err) {
		throw typeOf(err) === "PLATFORM_BAD_RECORD" ? badAnswer(method, answer, (err as Error).message) : err;
	}
}

/** How many a list says there are. @throws PLATFORM_BAD_RESPONSE where it does not say */
export function countIn(method: string, answer: HttpAnswer, record: RawRecord, field: string): number {
	const count = wholePage(method, answer, () => optionalInteger(record, field));
	if (count === null || count < 0) throw badAnswer(method, answer, `${field} is not a count`);
	return count;
}

/** A platform's own words and codes for an error, none of them longer than 200 characters. */
export const saidBy = (...said: string[]): string =>
	said
		.map((each) => each.slice(0, 200))
		.filter(Boolean)
		.join(", ");

/** The platform says no. `said`: its words and codes. */
export const refusedBy = (method: string, ...said: string[]): Error =>
	hubError("PLATFORM_REFUSED", saidBy(...said), { method });

/** What is counted by the day is free again at midnight in Beijing. */
export function untilTomorrowMs(at: Date): number {
	const today = fromBeijing(`${beijingDay(at)} 00:00:00`) ?? at;
	return today.getTime() + 24 * 3_600_000 - at.getTime();
}
