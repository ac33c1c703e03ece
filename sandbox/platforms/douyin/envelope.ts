import { randomBytes } from "node:crypto";
import { stringify } from "lossless-json";
import { beijing } from "../../beijing.ts";
import type { Answer } from "../../target.ts";
import type { DoudianError } from "./errors.ts";

/** A value of an answer; a bigint is written as a JSON number of all its digits. */
export type DoudianValue = string | number | bigint | boolean | DoudianValue[] | DoudianObject;
export type DoudianObject = { [name: string]: DoudianValue | undefined };

/** HTTP is 200 whatever happened; only `code` tells. */
export function success(data: DoudianObject | DoudianObject[], nowMs: number): Answer {
	return answer({ code: 10000, msg: "success", sub_code: "", sub_msg: "", data, log_id: logId(nowMs) });
}

export function failure({ code, message, subCode, subMsg }: DoudianError, nowMs: number): Answer {
	return answer({ code, msg: message, sub_code: subCode, sub_msg: subMsg, log_id: logId(nowMs) });
}

function answer(body: DoudianObject): Answer {
	return { status: 200, type: "application/json; charset=utf-8", body: stringify(body) ?? "" };
}

function logId(nowMs: number): string {
	return beijing(nowMs).replaceAll(/\D/g, "") + randomBytes(10).toString("hex").toUpperCase();
}
