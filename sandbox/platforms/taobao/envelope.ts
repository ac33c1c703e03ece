import { randomUUID } from "node:crypto";
import { stringify } from "lossless-json";
import type { Answer } from "../../target.ts";
import type { TopError } from "./errors.ts";

/** A value of a TOP answer; a bigint is written as a JSON number of all its digits. */
export type TopValue = string | number | bigint | boolean | TopValue[] | { [name: string]: TopValue | undefined };
export type TopObject = { [name: string]: TopValue | undefined };

/** HTTP is 200 whatever happened; only the root key tells. "taobao.trade.get" answers under "trade_get_response". */
export function success(method: string, payload: TopObject): Answer {
	const root = `${method.replace(/^taobao\./, "").replaceAll(".", "_")}_response`;
	return top({ [root]: { ...payload, request_id: requestId() } });
}

export function failure({ code, message, subCode, subMsg }: TopError): Answer {
	const details = { code, msg: message, sub_code: subCode || undefined, sub_msg: subMsg || undefined };
	return top({ error_response: { ...details, request_id: requestId() } });
}

/** A list under its singular name; an empty one is left out, as the gateway does. */
export function list(item: string, values: TopValue[]): TopObject | undefined {
	return values.length > 0 ? { [item]: values } : undefined;
}

function top(body: TopObject): Answer {
	return { status: 200, type: "text/javascript;charset=UTF-8", body: stringify(body) ?? "" };
}

function requestId(): string {
	return randomUUID().replaceAll("-", "").slice(0, 13);
}
