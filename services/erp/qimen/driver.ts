/**
 * 奇门 (Qimen), the standard between ERPs and warehouse systems. Source: Qimen API pages deliveryorder.create and
 * orderprocess.query. The document is the content of `<request>`: { deliveryOrder, orderLines: { orderLine: [] } }.
 */

import { toBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { Connection, ErpAnswer, ErpDriver, ErpRequest, Found, Outcome } from "../driver.ts";
import { missingFields } from "./required.ts";
import { sign } from "./sign.ts";
import { readResponse, textAt, writeRequest } from "./xml.ts";

export const qimen: ErpDriver = {
	dialect: "qimen",
	secretNames: ["appKey", "secret", "customerId"],
	settingNames: ["ownerCode", "senderName", "senderMobile", "senderProvince", "senderCity", "senderAddress"],

	numberOf(_kind, document) {
		const number = textAt(document, "deliveryOrder", "deliveryOrderCode");
		if (!number) throw hubError("INVALID", "deliveryOrder.deliveryOrderCode missing");
		return number;
	},

	sendRequest(connection, _kind, document, now) {
		const missing = missingFields(document);
		if (missing.length) throw hubError("INVALID", `${missing.join(", ")} missing`, { fields: missing });
		return envelope(connection, "taobao.qimen.deliveryorder.create", document, now);
	},

	findRequest(connection, _kind, number, now) {
		const { ownerCode, warehouseCode = "OTHER" } = connection.settings;
		const question = { orderCode: number, orderType: "JYCK", ownerCode, warehouseCode };
		return envelope(connection, "taobao.qimen.orderprocess.query", question, now);
	},

	readSend,
	readFound,
};

function envelope(connection: Connection, method: string, content: Record<string, unknown>, now: Date): ErpRequest {
	const body = writeRequest(content);
	const params: Record<string, string> = {
		method,
		timestamp: toBeijing(now),
		format: "xml",
		app_key: connection.secrets.appKey ?? "",
		v: "2.0",
		sign_method: "md5",
		customerId: connection.secrets.customerId ?? "",
	};
	const query = new URLSearchParams({ ...params, sign: sign(params, body, connection.secrets.secret ?? "") });
	const url = new URL(connection.url);
	url.search = query.toString();
	return { method: "POST", url: url.href, headers: { "content-type": "text/xml;charset=utf-8" }, body };
}

/**
 * The standard fixes no codes for refusals: warehouse systems tell them in words. A wrong guess costs a question more,
 * never a second document, for every system of this standard keeps the order code unique.
 */
const alreadyThere = /已存在|重复|exists? already|already exists?|duplicate/i;
const notThere = /不存在|未找到|查无|not exist|not found/i;
/** The gateway before the ERP was at fault or asks to slow down: nothing is said about the document. */
const ofGateway = /^isp\./;

function readSend({ status, body }: ErpAnswer): Outcome {
	const response = readResponse(body);
	const flag = textAt(response, "flag");
	if (flag === "success") {
		// A warehouse system that gives no number of its own goes by ours.
		return { state: "OK", docNo: textAt(response, "deliveryOrderId") || textAt(response, "deliveryOrderCode") };
	}
	if (flag !== "failure") return { state: "IN_DOUBT", reason: `HTTP ${status}, ANSWER_UNREADABLE` };
	const words = refusal(response);
	const unclear = status === 429 || ofGateway.test(words) || alreadyThere.test(words);
	return { state: unclear ? "IN_DOUBT" : "REJECTED", reason: words };
}

function readFound({ status, body }: ErpAnswer): Found {
	const response = readResponse(body);
	const flag = textAt(response, "flag");
	if (flag === "success") {
		const order = response?.orderProcess;
		const docNo = textAt(order, "orderId") || textAt(order, "orderCode");
		return docNo ? { state: "FOUND", docNo } : { state: "UNKNOWN", reason: "ANSWER_UNREADABLE" };
	}
	if (flag !== "failure") return { state: "UNKNOWN", reason: `HTTP ${status}, ANSWER_UNREADABLE` };
	const words = refusal(response);
	return notThere.test(words) ? { state: "NOT_FOUND" } : { state: "UNKNOWN", reason: words };
}

const refusal = (response: unknown): string =>
	[textAt(response, "code"), textAt(response, "message")].filter(Boolean).join(" ") || "flag failure, no words";
