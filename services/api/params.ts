/** From an HTTP request to the parameters of an action. */
import type { ActionParams } from "moleculer";
import type { IncomingRequest } from "moleculer-web";
import { hubError } from "../../config/errors.ts";
import type { Route } from "../../config/roles.ts";
import type { FieldError } from "../../mixins/field-errors.ts";
import { hasBody } from "./request.ts";

const maxDepth = 32;
const maxTextLength = 1_000; // of one value in the address, unless its rule allows a longer one

/** As moleculer-web leaves it with `mergeParams: false`. */
interface Parts {
	body: unknown;
	query: Record<string, unknown>;
	params?: Record<string, string>;
}

/**
 * One flat object: the path's parameters, and the query of a GET or the body of any other method. Values of a query
 * get the type the action's rules ask for; whether they are right these rules decide.
 * @throws BAD_BODY, UNSUPPORTED_MEDIA_TYPE, INVALID
 */
export function paramsOf(route: Route, req: IncomingRequest): Record<string, unknown> {
	const { body, query, params: path = {} } = req.$params as Parts;
	const reads = route.method === "GET";
	if (!reads && body === undefined && hasBody(req)) throw hubError("UNSUPPORTED_MEDIA_TYPE");
	if (Array.isArray(body)) throw hubError("BAD_BODY", "a JSON object is expected");
	if (deeperThan(body, maxDepth)) throw hubError("BAD_BODY", `more than ${maxDepth} levels`);

	const rules = (req.$action.params ?? {}) as ActionParams;
	const ruleOf = (name: string): unknown => (Object.hasOwn(rules, name) ? rules[name] : undefined);
	const given = reads ? query : withoutNulls((body ?? {}) as Record<string, unknown>, ruleOf);
	const misplaced = [
		...Object.keys(reads ? {} : query), // what changes something takes its values from the body alone
		...Object.keys(given).filter((name) => Object.hasOwn(path, name)),
	];
	if (misplaced.length) throw invalid(misplaced.map((field) => ({ field, code: "unknown" })));
	const tooLong = Object.entries({ ...query, ...path })
		.map(([field, value]) => ({ field, length: lengthOf(value), expected: maxLengthOf(ruleOf(field)) }))
		.filter(({ length, expected }) => length > expected);
	if (tooLong.length) throw invalid(tooLong.map(({ field, expected }) => ({ field, code: "tooLong", expected })));
	const notDates = Object.entries(given).filter(([name, value]) => typeOf(ruleOf(name)) === "date" && !isDate(value));
	if (notDates.length) throw invalid(notDates.map(([field]) => ({ field, code: "notDate" })));
	if (!reads) return { ...given, ...path };
	const typed = Object.entries(given).map(([name, value]) => [name, fromText(value, ruleOf(name))]);
	return { ...Object.fromEntries(typed), ...path };
}

/** A null is a value where the rule says so; elsewhere the validator would let it through as if it were left out. */
function withoutNulls(body: Record<string, unknown>, ruleOf: (name: string) => unknown): Record<string, unknown> {
	const isLeftOut = (name: string): boolean => {
		const rule = ruleOf(name) as { nullable?: boolean } | string | undefined;
		return rule !== undefined && (typeof rule === "string" ? !/\|nullable\b/.test(rule) : !rule.nullable);
	};
	return Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== null || !isLeftOut(name)));
}

const invalid = (errors: FieldError[]) => hubError("INVALID", errors.map(({ field }) => field).join(", "), { errors });

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.join() : String(value)).length;

/** Without recursion: what it guards against would break a recursive one too. */
function deeperThan(value: unknown, levels: number): boolean {
	let level = [value];
	for (let depth = 0; depth <= levels; depth += 1) {
		level = level.flatMap((each) => (each && typeof each === "object" ? Object.values(each) : []));
		if (!level.length) return false;
	}
	return true;
}

/** The type a validator rule asks for: "number|min:0" and {type: "number"} are both "number". */
function typeOf(rule: unknown): string | undefined {
	if (typeof rule === "string") return rule.split("|")[0];
	if (Array.isArray(rule)) return typeOf(rule[0]);
	return (rule as { type?: string } | undefined)?.type;
}

/** Numbers pasted by the hundred are one long text. */
function maxLengthOf(rule: unknown): number {
	const max = typeof rule === "string" && typeOf(rule) === "string" ? /\|max:(\d+)/.exec(rule)?.[1] : undefined;
	return Math.max(maxTextLength, Number(max ?? 0));
}

function fromText(value: unknown, rule: unknown): unknown {
	const type = typeOf(rule);
	if (type === "array" || type?.endsWith("[]")) {
		const items = type === "array" ? (rule as { items?: unknown }).items : type.slice(0, -2);
		return [value].flat().map((each) => fromText(each, items));
	}
	if (typeof value !== "string") return value;
	if (type === "number" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value)) return Number(value);
	if (type === "boolean" && /^(true|false)$/.test(value)) return value === "true";
	return value;
}

const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * An ISO 8601 date (UTC midnight), or time with its zone; `null` where the rule allows it. The validator would read
 * "5" as a date too. It stays text: between processes dates are text, and the action's rule converts it.
 */
const isDate = (value: unknown): boolean =>
	value === null || (typeof value === "string" && isoDate.test(value) && !Number.isNaN(Date.parse(value)));
