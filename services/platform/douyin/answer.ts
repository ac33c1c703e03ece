import { type ErrorType, hubError } from "../../../config/errors.ts";
import type { HttpAnswer } from "../adapter.ts";
import { badAnswer, countIn, objectOf, saidBy } from "../answer.ts";
import { isRecord, type RawRecord, text } from "../record.ts";
import { entryOf } from "../table.ts";

/** `code` -> ours. Source: the platform's guide, public error codes. A code not listed is a plain refusal. */
const errorTypes: Readonly<Record<string, ErrorType>> = {
	20000: "PLATFORM_UNREACHABLE", // the service behind the gateway is out of order
	20001: "PLATFORM_UNREACHABLE", // or took too long
	30001: "PLATFORM_MISCONFIGURED", // the app lacks a permission
	30002: "PLATFORM_MISCONFIGURED", // our address is not allowed
	40001: "PLATFORM_MISCONFIGURED", // a system parameter is missing
	40002: "PLATFORM_REFUSED", // a business parameter is missing
	40003: "PLATFORM_MISCONFIGURED", // a system parameter is wrong
	40004: "PLATFORM_REFUSED", // a business parameter is wrong
	50001: "PLATFORM_UNREACHABLE", // the platform failed
	50002: "PLATFORM_REFUSED", // the business says no
	60000: "PLATFORM_RATE_LIMITED",
	70000: "PLATFORM_MISCONFIGURED", // the API was switched off
	80000: "PLATFORM_MISCONFIGURED", // stopped by the platform's security
	90000: "PLATFORM_REFUSED",
};

/** `sub_code` -> ours, where it says more than the code it comes with. What follows a ":" there is a detail of it. */
const subErrorTypes: Readonly<Record<string, ErrorType>> = {
	"isv.access-token-missing": "PLATFORM_TOKEN_EXPIRED",
	"isv.access-token-expired": "PLATFORM_TOKEN_EXPIRED",
	"isv.access-token-no-existed": "PLATFORM_TOKEN_EXPIRED",
	"isv.access-token-invalid": "PLATFORM_TOKEN_EXPIRED", // of another app
	"isv.business-failed:31009": "PLATFORM_TOKEN_EXPIRED", // there is no such token
	"dop.authorization-no-existed": "PLATFORM_TOKEN_EXPIRED",
	"dop.authorization-closed": "PLATFORM_TOKEN_EXPIRED",
	"dop.token-generate-failed": "PLATFORM_TOKEN_EXPIRED", // the seller has to let the app in again
	"dop.token-generate-failed:app-secret-invalid": "PLATFORM_MISCONFIGURED",
	"isv.timestamp-invalid": "PLATFORM_UNREACHABLE", // our clock differs: this very answer's Date sets it right
	"isv.parameter-missing": "PLATFORM_REFUSED",
	"isv.parameter-format-invalid": "PLATFORM_REFUSED",
	"isv.idempotent-id-existed": "PLATFORM_REFUSED",
};

/**
 * `data` of an answer. Errors come inside HTTP 200 with another `code` than 10000.
 * @throws PLATFORM_… by the tables above; PLATFORM_BAD_RESPONSE for anything that is neither
 */
export function dataOf(method: string, answer: HttpAnswer): unknown {
	const root = objectOf(method, answer);
	const code = /^\d+$/.test(String(root.code)) ? String(root.code) : "";
	if (code === "" || (code === "10000" && answer.status !== 200)) throw badAnswer(method, answer, "no code");
	if (code !== "10000") throw refusal(method, code, root);
	return root.data;
}

/** `data` that is an object. */
export function recordOf(method: string, answer: HttpAnswer): RawRecord {
	const data = dataOf(method, answer);
	if (!isRecord(data)) throw badAnswer(method, answer, "data is not an object");
	return data;
}

/** `data` that is a list, or the list it has under a name. */
export function rowsOf(method: string, answer: HttpAnswer, list?: string): RawRecord[] {
	const data = list === undefined ? dataOf(method, answer) : recordOf(method, answer)[list];
	if (!Array.isArray(data) || !data.every(isRecord)) throw badAnswer(method, answer, `${list ?? "data"} is not a list`);
	return data;
}

/** `total` of a list, whatever page of it was asked for. */
export function totalOf(method: string, answer: HttpAnswer): number {
	return countIn(method, answer, recordOf(method, answer), "total");
}

function refusal(method: string, code: string, root: RawRecord): Error {
	const subCode = text(root, "sub_code");
	const type = typeOfSub(subCode) ?? entryOf(errorTypes, code) ?? "PLATFORM_REFUSED";
	const said = text(root, "sub_msg") || text(root, "msg");
	const data = { method, code, subCode, ...(type === "PLATFORM_RATE_LIMITED" && { waitMs: 1_000 }) };
	return hubError(type, saidBy(said, subCode || `code ${code}`), data);
}

const typeOfSub = (subCode: string): ErrorType | undefined =>
	entryOf(subErrorTypes, subCode) ?? entryOf(subErrorTypes, subCode.split(":")[0] ?? "");
