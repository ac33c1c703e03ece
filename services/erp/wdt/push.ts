/** The two pushes, of orders and of after-sales: one call brings in one document, which may have several rows. */
import type { ErpAnswer, Outcome } from "../driver.ts";
import type { ErpStep } from "../steps.ts";
import { callRequest, readAnswer, recordsOf, text, unreadable, wordsOf } from "./call.ts";

interface Push {
	method: string;
	args: readonly unknown[];
	rows: readonly unknown[]; // our numbers, by which refusals are told
	number: string; // of the document: pushes are answered with no number of the ERP's own, so it goes by ours
}

export const push = ({ method, args, rows, number }: Push): ErpStep<Outcome> => ({
	name: method,
	decisive: true,
	request: (connection, now) => callRequest(connection, method, args, now),
	read: (answer) => readPush(answer, new Set(rows.map(text)), number),
});

/**
 * Refusals have one code, 100, and tell the rest in words. These leave open whether anything was done: the API pages have
 * "超过每分钟最大调用频率限制,请稍后重试". No refusal says that a number is there already: then it is a change of it.
 */
const unclear = /稍后|超时|繁忙|系统异常|timeout/i;

/**
 * {chg_count, new_count, error_list: [{no, error}]}: status 0 says that the call was understood, no more. Of a batch some
 * rows may be in and others not, and those that are not stand in `error_list`.
 */
function readPush(answer: ErpAnswer, ours: ReadonlySet<string>, docNo: string): Outcome {
	const said = readAnswer(answer);
	if (said.status !== 0) return refusal(answer, wordsOf(said));
	const list = said.data.error_list;
	if (!Array.isArray(list)) throw unreadable("no error_list");
	const errors = recordsOf(list).map(({ no, error }) => ({ no: text(no), error: text(error) }));
	if (errors.length < list.length) throw unreadable("error_list");
	if (errors.length === 0) return { state: "OK", docNo };
	const words = errors.map(({ no, error }) => `${no} ${error}`.trim()).join("; ");
	const isOurs = errors.some(({ no }) => no === "" || ours.has(no));
	return isOurs ? refusal(answer, words) : { state: "IN_DOUBT", reason: words };
}

function refusal({ status }: ErpAnswer, reason: string): Outcome {
	return { state: status === 429 || unclear.test(reason) ? "IN_DOUBT" : "REJECTED", reason };
}
