import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, objectOf, saidBy } from "../answer.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/**
 * `result` -> ours. Source: open platform documentation, error codes; 100200xxx are of OAuth. What is not listed is a
 * plain refusal, as are 11 (shipping rules) and 300002-300019 (after-sale rules).
 */
const errorTypes: Readonly<Record<string, ErrorType>> = {
	15: "PLATFORM_RATE_LIMITED",
	16: "PLATFORM_RATE_LIMITED",
	17: "PLATFORM_RATE_LIMITED",
	1016: "PLATFORM_RATE_LIMITED",
	1017: "PLATFORM_RATE_LIMITED",
	802000: "PLATFORM_RATE_LIMITED",
	22: "PLATFORM_MISCONFIGURED", // scope
	24: "PLATFORM_TOKEN_EXPIRED", // or the seller withdrew the authorisation
	25: "PLATFORM_MISCONFIGURED", // scope
	26: "PLATFORM_TOKEN_EXPIRED", // of another kind, or of an account that is no more: the seller must authorise again
	27: "PLATFORM_MISCONFIGURED", // signature: a wrong secret
	28: "PLATFORM_MISCONFIGURED",
	100200100: "PLATFORM_MISCONFIGURED",
	100200101: "PLATFORM_MISCONFIGURED", // unknown app
	100200102: "PLATFORM_TOKEN_EXPIRED", // refresh token used before, or too old
	100200103: "PLATFORM_MISCONFIGURED",
	100200104: "PLATFORM_MISCONFIGURED",
	100200105: "PLATFORM_TOKEN_EXPIRED", // invalid_grant
	100200106: "PLATFORM_MISCONFIGURED",
	100200107: "PLATFORM_MISCONFIGURED",
	100200500: "PLATFORM_UNREACHABLE",
};

/** The number alone does not always tell: the platform advises to look at the words too. The first that fits counts. */
const errorWords: readonly [words: RegExp, type: ErrorType][] = [
	[/exceed/i, "PLATFORM_RATE_LIMITED"],
	[/scope/i, "PLATFORM_MISCONFIGURED"],
	[/timestamp|时间戳/i, "PLATFORM_UNREACHABLE"], // our clock differs: this answer's Date sets it right for the next try
	[/签名|验签/, "PLATFORM_MISCONFIGURED"],
	[/AUTHORIZATION_REVOKED|TOKEN|鉴权失败/i, "PLATFORM_TOKEN_EXPIRED"],
];

/** Numbers whose words are about goods and parcels, whatever they remind of. */
const businessResults = /^(11|3000\d\d)$/;

/**
 * The whole of an answer that says `"result":1`; what was asked for is in `data`, or beside it. Errors come inside
 * HTTP 200.
 * @throws PLATFORM_… by the tables above; PLATFORM_BAD_RESPONSE for what is neither success nor error
 */
export function successOf(method: string, answer: HttpAnswer): RawRecord {
	const root = objectOf(method, answer);
	const result = text(root, "result");
	if (result === "") throw badAnswer(method, answer, "no result");
	if (result !== "1") throw platformError(method, result, root);
	if (answer.status !== 200) throw badAnswer(method, answer, "no success");
	return root;
}

/** `data` as a record. */
export function dataOf(method: string, answer: HttpAnswer): RawRecord {
	const { data } = successOf(method, answer);
	if (!isRecord(data)) throw badAnswer(method, answer, "no data");
	return data;
}

/** `data` as a list of records. */
export function listOf(method: string, answer: HttpAnswer): RawRecord[] {
	const { data } = successOf(method, answer);
	if (data === null || data === undefined) return [];
	if (!Array.isArray(data) || !data.every(isRecord)) throw badAnswer(method, answer, "data is not a list");
	return data;
}

/** The error for a `result` other than 1, of a call or of one part of a call. */
export function platformError(method: string, result: string, said: RawRecord): Error {
	const subMsg = text(said, "sub_msg");
	const words = [text(said, "error_msg") || text(said, "msg") || text(said, "message"), subMsg]
		.filter(Boolean)
		.join(", ");
	const byWords = businessResults.test(result) ? undefined : errorWords.find(([pattern]) => pattern.test(words))?.[1];
	const type = byWords ?? entryOf(errorTypes, result) ?? "PLATFORM_REFUSED";
	const data = { method, result, ...(type === "PLATFORM_RATE_LIMITED" && { waitMs: banMs(words) }) };
	return hubError(type, saidBy(words, `result ${result}`), data);
}

/** A rate limit is of this second, a quota of longer: of how long is not told. */
const banMs = (words: string): number => (/quota/i.test(words) ? 5 * 60_000 : 1_000);
