import { randomInt } from "node:crypto";
import { LosslessNumber, stringify } from "lossless-json";
import { yuan } from "../../money.ts";
import type { Answer } from "../../target.ts";
import type { PddError } from "./errors.ts";

/** A value of an answer; bigints and lossless numbers are written as JSON numbers of all their digits. */
export type PddValue =
	| string
	| number
	| bigint
	| boolean
	| null
	| LosslessNumber
	| PddValue[]
	| { [name: string]: PddValue | undefined };
export type PddObject = { [name: string]: PddValue | undefined };

/** HTTP is 200 whatever happened; only the root key tells, and it follows from no rule: each API has its own. */
export function success(root: string, payload: PddObject): Answer {
	return answer({ [root]: { ...payload, request_id: requestId() } });
}

export function failure({ code, message, subMsg }: PddError): Answer {
	const error = { error_code: code, error_msg: message, sub_code: String(code), sub_msg: subMsg };
	return answer({ error_response: { ...error, request_id: requestId() } });
}

/** Yuan as a JSON number: 3990 -> 39.90. */
export function yuanNumber(fen: number): LosslessNumber {
	return new LosslessNumber(yuan(fen));
}

function answer(body: PddObject): Answer {
	return { status: 200, type: "application/json;charset=UTF-8", body: stringify(body) ?? "" };
}

function requestId(): string {
	return `17${randomInt(10 ** 12, 10 ** 13)}`;
}
