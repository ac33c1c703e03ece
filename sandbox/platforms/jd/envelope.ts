import { stringify } from "lossless-json";
import type { Answer } from "../../target.ts";
import type { JdError, JdRefusal } from "./errors.ts";

/** A value of an answer; a bigint is written as a JSON number of all its digits. */
export type JdValue = string | number | bigint | boolean | null | JdValue[] | { [name: string]: JdValue | undefined };
export type JdObject = { [name: string]: JdValue | undefined };

/** HTTP is 200 whatever happened. "_responce" is the gateway's own spelling. */
export function success(method: string, payload: JdObject): Answer {
	return answer({ [`${method.replaceAll(".", "_")}_responce`]: { code: "0", ...payload } });
}

export function failure({ code, zh, en }: JdError): Answer {
	return answer({ error_response: { code: String(code), zh_desc: zh, en_desc: en } });
}

function answer(body: JdObject): Answer {
	return { status: 200, type: "application/json;charset=utf-8", body: stringify(body) ?? "" };
}

/** How each family of APIs says that it succeeded, or did not. */
export const said = {
	order: (refusal?: JdRefusal): JdObject => ({
		apiResult: {
			success: !refusal,
			englishErrCode: refusal ? "error" : "success",
			chineseErrCode: refusal?.zh ?? "成功",
			numberCode: refusal ? Number(refusal.code) : 0,
		},
	}),
	remark: (refusal?: JdRefusal): JdObject => ({
		api_jos_result: { success: !refusal, error_code: refusal?.code ?? "0", error_msg: refusal?.zh ?? "" },
	}),
	shipment: (refusal?: JdRefusal): JdObject => ({
		success: !refusal,
		errorCode: refusal?.code ?? "0",
		englishErrCode: refusal ? "error" : "success",
		chineseErrCode: refusal?.zh ?? "操作成功",
	}),
	plain: (refusal?: JdRefusal): JdObject => ({
		success: !refusal,
		errorCode: refusal?.code ?? "0",
		errorMsg: refusal?.zh ?? "",
	}),
	service: (refusal?: JdRefusal): JdObject => ({
		success: !refusal,
		code: refusal?.code ?? "0",
		msg: refusal?.zh ?? "成功",
	}),
	snake: (refusal?: JdRefusal): JdObject => ({
		is_success: !refusal,
		error_code: refusal?.code ?? "0",
		error_msg: refusal?.zh ?? "",
	}),
	waybill: (refusal?: JdRefusal): JdObject => ({
		statusCode: Number(refusal?.code ?? 0),
		statusMessage: refusal?.zh ?? "成功",
	}),
	returnType: (refusal?: JdRefusal): JdObject => ({
		code: Number(refusal?.code ?? 0),
		message: refusal?.zh ?? "成功",
	}),
	printing: (refusal?: JdRefusal): JdObject => ({ code: refusal?.code ?? "1", message: refusal?.zh ?? "成功" }),
} as const;
