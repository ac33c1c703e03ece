/** What 金蝶云星空 answers: always HTTP 200, errors too. Source: WebAPI documentation, ResponseStatus. */
import { hubError } from "../../../config/errors.ts";
import type { ErpAnswer, Outcome } from "../driver.ts";

/** The answer to a call that does something. */
export interface Said {
	ok: boolean;
	msgCode: number;
	words: string; // of the errors
	bill: { id: number; number: string } | undefined; // the first that it was done to
	returned: Record<string, unknown> | undefined; // the fields asked back
}

export type Cell = string | number | boolean | null;

/** The session is lost, another call holds the bill, too many calls: nothing is said about the document. */
const unclear = new Set([1, 13, 14]);
/** Kingdee has no code for it. A wrong guess costs a question more, never a second document. */
const alreadyThere = /已存在|已经存在|重复|唯一|已被使用|已经被使用/;
const lostWords = "会话信息已丢失";

export function readSaid(answer: ErpAnswer): Said {
	const result = resultIn(parse(answer));
	const status = asRecord(result?.ResponseStatus);
	if (typeof status.IsSuccess !== "boolean") throw unreadable();
	const [bill] = listOf(status.SuccessEntitys).map(asRecord);
	const [returned] = listOf(result?.NeedReturnData).map(asRecord);
	return {
		ok: status.IsSuccess,
		msgCode: Number(status.MsgCode ?? 0),
		words: wordsOf(status),
		bill: bill && { id: Number(bill.Id), number: textOf(bill.Number) },
		returned,
	};
}

/** What came of a call that brings a document in. */
export function outcomeOf({ ok, msgCode, words, bill }: Said): Outcome {
	if (ok && bill?.number) return { state: "OK", docNo: bill.number };
	if (ok) return { state: "IN_DOUBT", reason: "ANSWER_UNREADABLE: no bill number" };
	// Errors beside a bill that it was done to: stored, and then something failed.
	const open = bill !== undefined || unclear.has(msgCode) || alreadyThere.test(words);
	return { state: open ? "IN_DOUBT" : "REJECTED", reason: words };
}

/** A refusal of the moment, which has nothing to do with the bill. */
export const saysNothing = ({ msgCode }: Said): boolean => unclear.has(msgCode);

/** @throws ERP_REFUSED for errors: then nothing is known of the rows */
export function readRows(answer: ErpAnswer, columns: number): Cell[][] {
	const parsed = parse(answer);
	const result = resultIn(parsed);
	if (result) throw hubError("ERP_REFUSED", wordsOf(asRecord(result.ResponseStatus)));
	const isRow = (row: unknown): row is Cell[] => Array.isArray(row) && row.length === columns;
	if (answer.status !== 200 || !Array.isArray(parsed) || !parsed.every(isRow)) throw unreadable();
	return parsed;
}

/** The words come inside HTTP 200, as an error of a call, of a query, or as plain text. */
export function isSessionLost(answer: ErpAnswer): boolean {
	if (!answer.body.includes(lostWords)) return false;
	const parsed = jsonIn(answer.body);
	if (parsed === undefined) return answer.body.length < 500;
	const status = asRecord(resultIn(parsed)?.ResponseStatus);
	return status.IsSuccess === false && wordsOf(status).includes(lostWords);
}

/** Cut off, a proxy's page … */
export const unreadable = (): Error => hubError("ERP_UNREADABLE");

export function parse(answer: ErpAnswer): unknown {
	const parsed = jsonIn(answer.body);
	if (parsed === undefined) throw unreadable();
	return parsed;
}

/** A text cell; Kingdee keeps an empty one as a blank. */
export const textOf = (cell: unknown): string => (typeof cell === "string" ? cell.trim() : "");

export const asRecord = (value: unknown): Record<string, unknown> =>
	typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** `{Result}`, in a query's answer inside one or two lists. */
function resultIn(parsed: unknown): Record<string, unknown> | undefined {
	const [first] = [parsed].flat(2);
	const { Result: result } = asRecord(first);
	return result === undefined ? undefined : asRecord(result);
}

function wordsOf({ Errors: errors, ErrorCode: code }: Record<string, unknown>): string {
	const words = listOf(errors).map((error) => {
		const { FieldName: field, Message: message } = asRecord(error);
		return [textOf(field), textOf(message)].filter(Boolean).join(": ");
	});
	return words.filter(Boolean).join("; ") || `ErrorCode ${code ?? "none"}, no words`;
}

function jsonIn(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined; // said by the caller, with the status
	}
}
