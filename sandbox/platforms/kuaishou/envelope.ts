import { randomUUID } from "node:crypto";
import { stringify } from "lossless-json";
import type { Answer } from "../../target.ts";
import type { KsError } from "./errors.ts";

/** A value of an answer; a bigint is written as a JSON number of all its digits. */
export type KsValue = string | number | bigint | boolean | null | KsValue[] | { [name: string]: KsValue | undefined };
export type KsObject = { [name: string]: KsValue | undefined };

/** What a method answers: what goes under `data`, or fields beside `result` where an API puts its result there. */
export type Payload = { data: KsValue } | { beside: KsObject };

/** HTTP is 200 whatever happened. Newer APIs say everything twice. */
export function success(payload: Payload): Answer {
	const told = { result: 1, error_msg: "SUCCESS", code: "1", msg: "SUCCESS", sub_code: null, sub_msg: null };
	return answer({ ...told, requestId: randomUUID(), ...("data" in payload ? payload : payload.beside) });
}

export function failure({ result, message }: KsError): Answer {
	return answer({ result, error_msg: message, code: String(result), msg: message, requestId: randomUUID() });
}

/** A JSON answer of any shape. */
export function answer(body: KsObject): Answer {
	return { status: 200, type: "application/json;charset=UTF-8", body: stringify(body) ?? "" };
}
