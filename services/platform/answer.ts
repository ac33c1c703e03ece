import { hubError } from "../../config/errors.ts";
import type { HttpAnswer } from "./adapter.ts";
import { isRecord, parseJson, type RawRecord } from "./record.ts";

/** The error for an answer that is not what the platform promises. Says its size, never its content. */
export const badAnswer = (method: string, { status, body }: HttpAnswer, why: string): Error =>
	hubError("PLATFORM_BAD_RESPONSE", `${method}: ${why}`, { status, bytes: body.length });

/** The JSON object of an answer. @throws PLATFORM_RATE_LIMITED for HTTP 429; PLATFORM_BAD_RESPONSE for anything else */
export function objectOf(method: string, answer: HttpAnswer): RawRecord {
	if (answer.status === 429) throw hubError("PLATFORM_RATE_LIMITED", "http 429", { waitMs: 1_000 });
	let root: unknown;
	try {
		root = parseJson(answer.body);
	} catch {
		throw badAnswer(method, answer, "not JSON"); // the parser's own message quotes the body
	}
	if (!isRecord(root)) throw badAnswer(method, answer, "not an object");
	return root;
}
