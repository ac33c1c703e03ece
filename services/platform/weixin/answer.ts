import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, objectOf, saidBy, untilTomorrowMs } from "../answer.ts";
import { type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/**
 * `errcode` -> our error. Source: 微信's global return codes and the shop's own. A code not listed is a plain refusal.
 */
const errorTypes: Readonly<Record<string, ErrorType>> = {
	"-1": "PLATFORM_UNREACHABLE", // busy
	40001: "PLATFORM_TOKEN_EXPIRED", // not the latest token
	40014: "PLATFORM_TOKEN_EXPIRED",
	41001: "PLATFORM_TOKEN_EXPIRED", // none was sent: a shop that has never fetched one
	42001: "PLATFORM_TOKEN_EXPIRED",
	40002: "PLATFORM_MISCONFIGURED",
	40013: "PLATFORM_MISCONFIGURED", // appid
	40125: "PLATFORM_MISCONFIGURED", // secret
	40164: "PLATFORM_MISCONFIGURED", // our address is not on the app's list
	48001: "PLATFORM_MISCONFIGURED",
	50002: "PLATFORM_MISCONFIGURED",
	61004: "PLATFORM_MISCONFIGURED",
	61007: "PLATFORM_MISCONFIGURED",
	45009: "PLATFORM_RATE_LIMITED", // the day's quota
	45011: "PLATFORM_RATE_LIMITED", // the minute's
	10021044: "PLATFORM_RATE_LIMITED",
	10021059: "PLATFORM_RATE_LIMITED", // another refund of the same order in this minute
	606006: "PLATFORM_BAD_RESPONSE", // the cursor is of another query: the list is begun anew
	9700223: "PLATFORM_UNREACHABLE",
};

/**
 * The payload of an answer, which stands beside `errcode` and `errmsg`. Errors come inside HTTP 200.
 * `meanings`: codes that mean something else to this call.
 * @throws PLATFORM_… by the table above; PLATFORM_BAD_RESPONSE for anything that is neither payload nor error
 */
export function payloadOf(
	method: string,
	answer: HttpAnswer,
	meanings: Readonly<Record<string, ErrorType>> = {},
): RawRecord {
	// Said to happen where an address is not on the app's list.
	if (answer.status === 403) throw hubError("PLATFORM_MISCONFIGURED", `${method}: http 403`, { method });
	const root = objectOf(method, answer);
	const code = text(root, "errcode");
	if (code !== "" && code !== "0") throw platformError(method, answer, root, code, { ...errorTypes, ...meanings });
	if (answer.status !== 200 || (code === "" && root.access_token === undefined))
		throw badAnswer(method, answer, "no payload");
	return root;
}

function platformError(
	method: string,
	answer: HttpAnswer,
	root: RawRecord,
	code: string,
	types: Readonly<Record<string, ErrorType>>,
): Error {
	const type = entryOf(types, code);
	const [said = "", trace = ""] = text(root, "errmsg").split(/\s+rid:\s*/);
	const reason = text(root, "delivery_error_msg"); // the carrier's words, where a waybill was refused
	const limited = type === "PLATFORM_RATE_LIMITED" && { waitMs: waitMs(code, answer.at) };
	const detail = saidBy(said, reason, `errcode ${code}`);
	return hubError(type ?? "PLATFORM_REFUSED", detail, { method, code, rid: trace.slice(0, 60), ...limited });
}

function waitMs(code: string, at: Date): number {
	if (code === "45009") return untilTomorrowMs(at);
	return code === "10021059" ? 60_000 : 1_000;
}
