/** What 奇门's answers say. `<flag>` tells yes from no; the reasons are in words. */
import { hubError } from "../../../config/errors.ts";
import type { ErpAnswer, Found, Outcome } from "../driver.ts";
import { listAt, readResponse, textAt } from "./xml.ts";

/**
 * The standard fixes no codes for refusals: warehouse systems tell them in words. A wrong guess costs a question more,
 * never a second document, for every system of this standard keeps the order code unique.
 */
const doneBefore = /已存在|已取消|重复|exists? already|already (exists?|cancell?ed)|cancell?ed already|duplicate/i;
const notThere = /不存在|未找到|查无|not exist|not found/i;
/** The gateway before the ERP was at fault or asks to slow down: nothing is said about the document. */
const ofGateway = /^isp\./;

/** `docNo`: the element with the warehouse's number; "" where it gives none and goes by ours. @throws ERP_UNREADABLE */
export function readTaken(answer: ErpAnswer, docNo: string): Outcome {
	const response = flagged(answer);
	if (textAt(response, "flag") === "success") return { state: "OK", docNo: textAt(response, docNo) };
	const words = refusal(response);
	const unclear = answer.status === 429 || ofGateway.test(words) || doneBefore.test(words);
	return { state: unclear ? "IN_DOUBT" : "REJECTED", reason: words };
}

/** Of orderprocess.query. @throws ERP_UNREADABLE */
export function readFound(answer: ErpAnswer): Found {
	const response = flagged(answer);
	if (textAt(response, "flag") === "success") {
		const order = response.orderProcess;
		const docNo = textAt(order, "orderId") || textAt(order, "orderCode");
		if (!docNo) throw hubError("ERP_UNREADABLE", "no orderCode");
		return { state: "FOUND", docNo };
	}
	const words = refusal(response);
	return notThere.test(words) ? { state: "NOT_FOUND" } : { state: "UNKNOWN", reason: words };
}

/** Of orderprocess.query, asked whether the order is cancelled. @throws ERP_UNREADABLE */
export function isCancelled(answer: ErpAnswer): Found {
	const found = readFound(answer);
	if (found.state !== "FOUND") return found;
	const processes = listAt(flagged(answer).orderProcess, "processes", "process");
	const cancelled = processes.some((each) => textAt(each, "processStatus") === "CANCELED");
	return cancelled ? found : { state: "NOT_FOUND" };
}

function flagged({ body }: ErpAnswer): Record<string, unknown> {
	const response = readResponse(body);
	const flag = textAt(response, "flag");
	if (!response || (flag !== "success" && flag !== "failure")) throw hubError("ERP_UNREADABLE");
	return response;
}

const refusal = (response: unknown): string =>
	[textAt(response, "code"), textAt(response, "message")].filter(Boolean).join(" ") || "flag failure, no words";
