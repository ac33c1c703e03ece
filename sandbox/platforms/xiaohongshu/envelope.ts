import { LosslessNumber, stringify } from "lossless-json";
import { yuan } from "../../money.ts";
import type { Answer } from "../../target.ts";
import type { XhsError } from "./errors.ts";

export type XhsValue =
	| string
	| number
	| boolean
	| null
	| LosslessNumber
	| readonly XhsValue[]
	| { readonly [name: string]: XhsValue | undefined };
export type XhsObject = { readonly [name: string]: XhsValue | undefined };

/** Newer methods tell their end by `code` and `msg`, the older by `error_code` and `error_msg`. */
const isNewer = (method: string): boolean => /^(afterSale|express)\.|V2$/.test(method);

/** The example answers of newer methods have the older names when all is well; waybills have not. */
export function success(method: string, data: XhsObject | null): Answer {
	const done = method.startsWith("express.") ? { code: 0, msg: "" } : { error_code: 0, error_msg: "" };
	return answer({ ...done, success: true, data });
}

export function failure(method: string, { code, message }: XhsError): Answer {
	const failed = isNewer(method) ? { code, msg: message } : { error_code: code, error_msg: message, data: null };
	return answer({ ...failed, success: false });
}

/** HTTP is 200 whatever happened. */
function answer(body: XhsObject): Answer {
	return { status: 200, type: "application/json;charset=utf-8", body: stringify(body) ?? "" };
}

/** Fen as a JSON number of yuan with both decimals: 14800 -> 148.00 */
export function yuanNumber(fen: number): LosslessNumber {
	return new LosslessNumber(yuan(fen));
}
