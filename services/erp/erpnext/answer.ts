/** How Frappe answers: `{data}`, or an exception in words. Source: frappe/utils/response.py, frappe/exceptions.py. */
import { hubError } from "../../../config/errors.ts";
import type { ErpAnswer, Outcome } from "../driver.ts";

/** What was asked for, or why not. */
export type Said<T> = { data: T } | Refusal;

export interface Refusal {
	refusal: string; // the ERP's words
	/** Nothing was done. Else it may have been, now or by an earlier call of ours, or may be if asked again. */
	sure: boolean;
}

/** Clashes with somebody's or our own earlier call, and asking to come back later. */
const unsure = new Set([
	"DuplicateEntryError",
	"UniqueValidationError",
	"TimestampMismatchError",
	"DocumentLockedError",
	"QueryDeadlockError",
	"QueryTimeoutError",
	"RateLimitExceededError",
	"TooManyRequestsError",
	"SessionStopped",
	"InReadOnlyMode",
]);
/** ERPNext from version 14 refuses a customer's second order of one number, unless it is told to take it. */
const alreadyThere = /already exists against|已存在/;
const busy = new Set([408, 429]);

/**
 * Errors come with their HTTP status or inside HTTP 200; an HTTP 200 may carry warnings beside its data.
 * @throws ERP_UNREADABLE for what Frappe does not say: cut off, a proxy's page …
 */
export function read(answer: ErpAnswer): Said<unknown> {
	const body = parse(answer);
	const type = typeof body.exc_type === "string" ? body.exc_type : "";
	const failed = answer.status >= 400 || type !== "" || body.exception !== undefined;
	if (!failed && body.data !== undefined) return { data: body.data };
	const words = [type, wordsOf(body)].filter(Boolean).join(": ");
	if (!failed || !words) throw unreadable(answer);
	return { refusal: words, sure: !busy.has(answer.status) && !unsure.has(type) && !alreadyThere.test(words) };
}

/** A list of rows. @throws ERP_REFUSED with the ERP's words, ERP_UNREADABLE */
export function readRows<T>(answer: ErpAnswer, rowOf: (row: Record<string, unknown>) => T): T[] {
	const said = read(answer);
	if ("refusal" in said) throw hubError("ERP_REFUSED", said.refusal);
	if (!Array.isArray(said.data)) throw unreadable(answer);
	return said.data.map((row: unknown) => rowOf(Object(row) as Record<string, unknown>));
}

/** One document, which always has a name. @throws ERP_UNREADABLE */
export function readDocument(answer: ErpAnswer): Said<Record<string, unknown> & { name: string }> {
	const said = read(answer);
	if ("refusal" in said) return said;
	const document = Object(said.data) as Record<string, unknown>;
	if (typeof document.name !== "string" || !document.name) throw unreadable(answer);
	return { data: { ...document, name: document.name } };
}

/** A document is gone: HTTP 202, with one word or another. @throws ERP_UNREADABLE */
export const readRemoved = (answer: ErpAnswer): Said<unknown> =>
	answer.status === 202 ? { data: null } : read(answer);

/** What a refusal means for what should have been done. */
export const refused = ({ refusal, sure }: Refusal): Outcome => ({
	state: sure ? "REJECTED" : "IN_DOUBT",
	reason: refusal,
});

function parse(answer: ErpAnswer): Record<string, unknown> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(answer.body);
	} catch (err) {
		throw unreadable(answer, err);
	}
	return Object(parsed) as Record<string, unknown>;
}

/**
 * `_server_messages` is JSON of a list of JSON texts, each of them a message for the user, in HTML; `exception` is the
 * last line of the stack, after the name of its class.
 */
function wordsOf({
	_server_messages: messages,
	exception,
	message,
	_error_message: error,
}: Record<string, unknown>): string {
	const told = listIn(messages).map((text) => textOf(objectIn(text).message ?? text));
	if (told.some(Boolean)) return told.filter(Boolean).join("; ");
	if (typeof exception === "string" && exception) return textOf(exception.replace(/^[\w.]+: /, ""));
	return textOf(error ?? message);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.replace(/<[^>]*>/g, "").trim() : "");

function listIn(text: unknown): unknown[] {
	const parsed = jsonIn(text);
	return Array.isArray(parsed) ? parsed : [];
}

const objectIn = (text: unknown): Record<string, unknown> => Object(jsonIn(text)) as Record<string, unknown>;

/** `undefined` for what is no JSON: such messages are taken as they are. */
function jsonIn(text: unknown): unknown {
	if (typeof text !== "string") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function unreadable({ status, body }: ErpAnswer, cause?: unknown): Error {
	const error = hubError("ERP_UNREADABLE", `HTTP ${status}, ${body.length} characters`, { status });
	return Object.assign(error, { cause });
}
