import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, objectOf, saidBy } from "../answer.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/**
 * The platform's words -> ours, the first that fits. The numbers do not tell: 401 stands for a token that has expired
 * as well as for a waybill that could not be made. Source: open platform, questions and answers.
 */
const errorTexts: readonly [pattern: RegExp, type: ErrorType][] = [
	[/accessToken|mercuryUser/i, "PLATFORM_TOKEN_EXPIRED"], // "accessToken expired", and one that belongs to nobody
	[/无权限/, "PLATFORM_MISCONFIGURED"], // 应用无权限调用该接口
	[/签名|验签|\bsign\b/i, "PLATFORM_MISCONFIGURED"],
	[/timestamp|时间戳/i, "PLATFORM_UNREACHABLE"], // our clock differs: this very answer's Date sets it right
	[/\bappId\b/i, "PLATFORM_MISCONFIGURED"],
	[/限流|频繁/, "PLATFORM_RATE_LIMITED"],
];

const errorCodes: Readonly<Record<string, ErrorType>> = {
	"-9013": "PLATFORM_RATE_LIMITED",
	"-2000702": "PLATFORM_UNREACHABLE", // the service that counts decryptions is out of order
	"501": "PLATFORM_UNREACHABLE", // waybills: an error nobody knows
	"504": "PLATFORM_UNREACHABLE", // waybills: the carrier does not answer
};

/** Numbers of success: older APIs, newer APIs, waybills. */
const fine = new Set(["", "0", "200"]);

/**
 * What an answer carries. `field` is one that it must have: payloads stand in `data` or one level deeper.
 * @throws PLATFORM_… by the tables above; PLATFORM_BAD_RESPONSE for anything that is neither payload nor error.
 */
export function payloadOf(method: string, answer: HttpAnswer, field: string): RawRecord {
	const { data } = acceptedAnswer(method, answer);
	if (isRecord(data)) {
		if (Object.hasOwn(data, field)) return data;
		if (isRecord(data.data) && Object.hasOwn(data.data, field)) return data.data;
	}
	throw badAnswer(method, answer, `no ${field}`);
}

/** The whole answer, of a call that may answer nothing but its success. @throws as `payloadOf` */
export function acceptedAnswer(method: string, answer: HttpAnswer): RawRecord {
	const root = objectOf(method, answer);
	const code = text(root, "error_code") || text(root, "code");
	if (root.success === true && fine.has(code) && answer.status === 200) return root;
	const said = text(root, "error_msg") || text(root, "msg");
	if (said === "" && fine.has(code)) throw badAnswer(method, answer, "neither success nor error");
	throw platformError(method, code, said);
}

/** Our error for the platform's number and words. */
export function platformError(method: string, code: string, said: string): Error {
	const byText = errorTexts.find(([pattern]) => pattern.test(said))?.[1];
	const type = entryOf(errorCodes, code) ?? byText ?? "PLATFORM_REFUSED";
	const data = { method, code, ...(type === "PLATFORM_RATE_LIMITED" && { waitMs: 1_000 }) };
	return hubError(type, saidBy(said, `code ${code}`), data);
}
