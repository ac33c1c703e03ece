/** From any error to RFC 9457 problem details. What the hub did not raise on purpose shows nothing of its inside. */
import { type ErrorType, errorTypes, typeOf } from "../../config/errors.ts";
import { outageOf } from "../../config/outage.ts";
import { type FieldError, type Finding, fieldErrors, inWords, type Language } from "../../mixins/field-errors.ts";

export interface Problem {
	type: string; // urn:order-hub:<TYPE of config/errors.ts>
	title: string; // in the caller's language
	status: number;
	detail?: string;
	errors?: FieldError[];
	traceId: string; // the same in our logs and events
}

export interface ProblemAnswer {
	status: number;
	headers: Record<string, string>;
	problem: Problem;
}

/** What we look at; classes do not survive the broker. */
interface AnyError {
	name?: string;
	message?: string;
	type?: string | null;
	code?: unknown;
	data?: unknown;
}

/** `action`: the one the request called; bad parameters of calls further inside are our fault, not the caller's. */
export function problemOf(thrown: unknown, language: Language, traceId: string, action?: string): ProblemAnswer {
	const err = (thrown ?? {}) as AnyError;
	const type = errorTypeOf(err, action);
	const { status, en, [language]: title } = errorTypes[type];
	const problem: Problem = { type: `urn:order-hub:${type}`, title, status, traceId };
	if (typeOf(err) && status < 500 && err.message?.startsWith(`${en}: `))
		problem.detail = err.message.slice(en.length + 2);
	const errors = type === "INVALID" ? errorsOf(err) : [];
	if (errors.length) problem.errors = inWords(errors, language);
	return { status, headers: headersOf(type, status, err), problem };
}

/** Errors of moleculer-web (src/errors.js) and of its body parser -> ours. */
const foreign: Readonly<Record<string, ErrorType>> = {
	UNABLE_DECODE_PARAM: "BAD_URL",
	"entity.parse.failed": "BAD_BODY",
	"entity.too.large": "PAYLOAD_TOO_LARGE",
	"request.aborted": "BAD_BODY",
	"request.size.invalid": "BAD_BODY",
	"charset.unsupported": "UNSUPPORTED_MEDIA_TYPE",
	"encoding.unsupported": "UNSUPPORTED_MEDIA_TYPE",
};

function errorTypeOf(err: AnyError, action: string | undefined): ErrorType {
	const own = typeOf(err);
	if (own) return own;
	if (err.type === "VALIDATION_ERROR") {
		return findingsOf(err).every((finding) => finding.action === action) ? "INVALID" : "INTERNAL";
	}
	if (err.type && Object.hasOwn(foreign, err.type)) return foreign[err.type] ?? "INTERNAL";
	if (!err.type && err.code === 503) return "SERVICE_UNAVAILABLE"; // moleculer-web: no node offers the action now
	return outageOf(err) ?? "INTERNAL";
}

const findingsOf = ({ data }: AnyError): Finding[] => (Array.isArray(data) ? data : []);

/** Of the validator, or of a service that says `{errors}` or `{field}` in the error's data. */
function errorsOf(err: AnyError): FieldError[] {
	if (err.type === "VALIDATION_ERROR") return fieldErrors(findingsOf(err));
	const { errors, field } = (err.data ?? {}) as { errors?: FieldError[]; field?: unknown };
	if (Array.isArray(errors)) return errors;
	return typeof field === "string" ? [{ field, code: "wrong" }] : [];
}

function headersOf(type: ErrorType, status: number, { data }: AnyError): Record<string, string> {
	const headers: Record<string, string> = { "Content-Type": "application/problem+json; charset=utf-8" };
	const retryAfterSec = (data as { retryAfterSec?: unknown } | null | undefined)?.retryAfterSec;
	if (typeof retryAfterSec === "number") headers["Retry-After"] = String(Math.ceil(retryAfterSec));
	else if (errorTypes[type].repeat && (status === 503 || status === 429)) headers["Retry-After"] = "2";
	if (type === "UNAUTHENTICATED") headers["WWW-Authenticate"] = "Bearer";
	return headers;
}

/** The language of people's texts by the Accept-Language header; English where neither of ours is asked for. */
export function languageOf(header: string | undefined): Language {
	const wishes = (header ?? "").split(",").map((part) => {
		const [tag = "", ...options] = part.trim().toLowerCase().split(";");
		const weight = options.map((option) => /^\s*q=([\d.]+)$/.exec(option)?.[1]).find((q) => q !== undefined);
		return { language: tag.split("-")[0], weight: Number(weight ?? 1) };
	});
	const ours = wishes.filter(({ language, weight }) => (language === "zh" || language === "en") && weight > 0);
	return ours.sort((a, b) => b.weight - a.weight)[0]?.language === "zh" ? "zh" : "en";
}
