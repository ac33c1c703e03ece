import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, objectOf, saidBy, untilTomorrowMs } from "../answer.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/**
 * Gateway code -> ours. Source: JOS documentation, error codes, and integrators' lists; codes not listed are told apart
 * by their text.
 */
const errorTypes: Readonly<Record<string, ErrorType>> = {
	2: "PLATFORM_RATE_LIMITED",
	4: "PLATFORM_MISCONFIGURED",
	5: "PLATFORM_MISCONFIGURED",
	7: "PLATFORM_UNREACHABLE",
	8: "PLATFORM_UNREACHABLE", // our clock differs: this very answer's Date sets it right for the next try
	11: "PLATFORM_MISCONFIGURED",
	12: "PLATFORM_MISCONFIGURED", // signature: a wrong secret
	14: "PLATFORM_MISCONFIGURED",
	15: "PLATFORM_MISCONFIGURED",
	18: "PLATFORM_TOKEN_EXPIRED",
	19: "PLATFORM_TOKEN_EXPIRED",
	20: "PLATFORM_MISCONFIGURED",
	21: "PLATFORM_MISCONFIGURED",
	24: "PLATFORM_MISCONFIGURED", // the seller has no right to this API
	33: "PLATFORM_UNREACHABLE",
	65: "PLATFORM_UNREACHABLE",
	2001: "PLATFORM_MISCONFIGURED",
	11100006: "PLATFORM_MISCONFIGURED", // the shop is not open, or no longer
	99904030005: "PLATFORM_MISCONFIGURED", // only to be called from 京东's own hosting
};

const tooOften = /频繁|限流|流控|访问过快|too many|rate limit/i;
const ofTheDay = /[当每今]日|[每当]天|per day|daily/i;
const outOfOrder =
	/系统(繁忙|异常|错误)|(接口|调用|连接|请求|服务|平台).{0,6}(超时|异常|不可用)|稍后[再重]试|timed? ?out|busy/i;

/**
 * The payload of an answer, under the method's own name and "_responce" (spelled so). Errors come inside HTTP 200.
 * @throws PLATFORM_… by the table above; PLATFORM_BAD_RESPONSE for anything that is neither payload nor error
 */
export function payloadOf(method: string, answer: HttpAnswer): RawRecord {
	const root = rootOf(method, answer);
	if (isRecord(root.error_response)) throw gatewayError(method, root.error_response, answer.at);
	const payload = root[`${method.replaceAll(".", "_")}_responce`];
	if (answer.status !== 200 || !isRecord(payload)) throw badAnswer(method, answer, "no payload");
	if (text(payload, "code") !== "0") throw gatewayError(method, payload, answer.at);
	return payload;
}

/**
 * One part of the payload, which says by itself whether it succeeded: in `apiResult` in order APIs, by `statusCode` in
 * waybill APIs, by its own `success` elsewhere.
 * @throws PLATFORM_REFUSED with the platform's words; PLATFORM_RATE_LIMITED, PLATFORM_UNREACHABLE by what they say
 */
export function resultOf(method: string, answer: HttpAnswer, field: string): RawRecord {
	const result = partOf(method, answer, field);
	const said = [result.apiResult, result.api_jos_result].find(isRecord) ?? result;
	if (!succeeded(said)) throw refusalOf(method, said, answer.at);
	return result;
}

/** One part of the payload of an API that tells of failure by the gateway's error only. */
export function partOf(method: string, answer: HttpAnswer, field: string): RawRecord {
	const part = payloadOf(method, answer)[field];
	if (!isRecord(part)) throw badAnswer(method, answer, `no ${field}`);
	return part;
}

function succeeded(said: RawRecord): boolean {
	const success = said.success ?? said.is_success ?? said.isSuccess;
	if (success !== undefined) return String(success) === "true";
	return ["0", "200"].includes(text(said, "statusCode") || text(said, "code"));
}

/** A trailing comma in an object or list is passed over: 京东's own SDK repairs it too. */
function rootOf(method: string, answer: HttpAnswer): RawRecord {
	if (!/,\s*[}\]]/.test(answer.body)) return objectOf(method, answer);
	try {
		return objectOf(method, answer);
	} catch (err) {
		const body = answer.body.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? "");
		if (body === answer.body) throw err;
		return objectOf(method, { ...answer, body });
	}
}

function gatewayError(method: string, error: RawRecord, at: Date): Error {
	const code = text(error, "code");
	const said = text(error, "zh_desc") || text(error, "en_desc");
	return platformError(method, entryOf(errorTypes, code) ?? typeByText(said), code, said, at);
}

const wordFields = "chineseErrCode,errorMsg,error_msg,errorMessage,statusMessage,message,msg,zh_desc".split(",");
const codeFields = "numberCode,errorCode,error_code,statusCode,code,englishErrCode".split(",");

/** The error for a result that is none, whatever its family of APIs calls the reason. */
export function refusalOf(method: string, said: RawRecord, at: Date): Error {
	const first = (fields: readonly string[]): string => fields.map((field) => text(said, field)).find(Boolean) ?? "";
	const words = first(wordFields);
	return platformError(method, typeByText(words), first(codeFields), words || text(said, "englishErrCode"), at);
}

const typeByText = (said: string): ErrorType =>
	tooOften.test(said) ? "PLATFORM_RATE_LIMITED" : outOfOrder.test(said) ? "PLATFORM_UNREACHABLE" : "PLATFORM_REFUSED";

function platformError(method: string, type: ErrorType, code: string, said: string, at: Date): Error {
	const waitMs = ofTheDay.test(said) ? untilTomorrowMs(at) : 1_000;
	const data = { method, code, ...(type === "PLATFORM_RATE_LIMITED" && { waitMs }) };
	return hubError(type, saidBy(said, `code ${code}`), data);
}
