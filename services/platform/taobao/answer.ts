import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, objectOf, refusedBy, saidBy } from "../answer.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/**
 * TOP error code -> ours. Source: TOP documentation, common error codes. Codes 15 and 50 come from the service
 * behind the gateway and are told apart by their sub_code; a code not listed is a plain refusal.
 */
const errorTypes: Readonly<Record<string, ErrorType>> = {
	7: "PLATFORM_RATE_LIMITED",
	10: "PLATFORM_UNREACHABLE", // service currently unavailable
	520: "PLATFORM_UNREACHABLE",
	530: "PLATFORM_UNREACHABLE",
	11: "PLATFORM_MISCONFIGURED", // the app lacks the API package, or our IP is not allowed
	12: "PLATFORM_MISCONFIGURED",
	13: "PLATFORM_MISCONFIGURED",
	21: "PLATFORM_MISCONFIGURED",
	22: "PLATFORM_MISCONFIGURED",
	24: "PLATFORM_MISCONFIGURED",
	25: "PLATFORM_MISCONFIGURED", // signature: a wrong secret
	26: "PLATFORM_TOKEN_EXPIRED",
	27: "PLATFORM_TOKEN_EXPIRED",
	28: "PLATFORM_MISCONFIGURED",
	29: "PLATFORM_MISCONFIGURED",
	30: "PLATFORM_UNREACHABLE",
	31: "PLATFORM_UNREACHABLE", // our clock differs: this very answer's Date sets it right for the next try
	42: "PLATFORM_TOKEN_EXPIRED", // the short authorisation level ran out
	44: "PLATFORM_TOKEN_EXPIRED",
	53: "PLATFORM_TOKEN_EXPIRED",
};

/**
 * The payload of a TOP answer. Errors come inside HTTP 200, under another root key.
 * @throws PLATFORM_… by the table above; PLATFORM_BAD_RESPONSE for anything that is neither payload nor error.
 */
export function payloadOf(method: string, answer: HttpAnswer): RawRecord {
	const root = objectOf(method, answer);
	if (isRecord(root.error_response)) throw topError(method, root.error_response);
	const payload = root[rootKey(method)];
	if (answer.status !== 200 || !isRecord(payload)) throw badAnswer(method, answer, "no payload");
	return payload;
}

/** "taobao.trade.fullinfo.get" answers under "trade_fullinfo_get_response"; only the prefix "taobao." is cut. */
const rootKey = (method: string): string => `${method.replace(/^taobao\./, "").replaceAll(".", "_")}_response`;

function topError(method: string, error: RawRecord): Error {
	const code = text(error, "code");
	const subCode = text(error, "sub_code");
	const subMsg = text(error, "sub_msg");
	const known = subCode.startsWith("isp.") ? "PLATFORM_UNREACHABLE" : entryOf(errorTypes, code); // isp: the platform's own fault
	const type = known ?? "PLATFORM_REFUSED";
	const data = { method, code, subCode, ...(type === "PLATFORM_RATE_LIMITED" && { waitMs: banMs(subMsg) }) };
	return hubError(type, saidBy(subMsg || text(error, "msg"), subCode || `code ${code}`), data);
}

/** "This ban will last for 3 more seconds" -> 3000. Without a number: one second. */
function banMs(message: string): number {
	const [, seconds = "1"] = /last for (\d+) more second/.exec(message) ?? [];
	return Math.min(Number(seconds), 86_400) * 1_000;
}

/** An answer that says by itself whether it was done. @throws PLATFORM_REFUSED with the platform's words */
export function mustBeDone(method: string, done: unknown, said = ""): void {
	if (done === true || done === "true") return;
	throw refusedBy(method, said || `${method} says it was not done`);
}
