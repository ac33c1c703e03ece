import { randomBytes } from "node:crypto";
import { stringify } from "lossless-json";
import type { Answer } from "../../target.ts";
import type { WxError } from "./errors.ts";

/** A value of an answer; a bigint is written as a JSON number of all its digits. */
export type WxValue = string | number | bigint | boolean | WxValue[] | { [name: string]: WxValue | undefined };
export type WxObject = { [name: string]: WxValue | undefined };

/** HTTP is 200 whatever happened; the payload stands beside the code. */
export const success = (payload: WxObject): Answer => answer({ errcode: 0, errmsg: "ok", ...payload });

/** The token's answer has no code. */
export const bare = (payload: WxObject): Answer => answer(payload);

export function failure({ errcode, message }: WxError, nowMs: number): Answer {
	const trace = `${Math.floor(nowMs / 1000).toString(16)}-${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}`;
	return answer({ errcode, errmsg: `${message} rid: ${trace}` });
}

function answer(body: WxObject): Answer {
	return { status: 200, type: "application/json; encoding=utf-8", body: stringify(body) ?? "" };
}
