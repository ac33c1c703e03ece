import type { Vector, VectorChecks } from "../vector.ts";
import { messageDigest, sign } from "./sign.ts";

export const pddChecks: VectorChecks = {
	"PDD md5: UPPER(HEX(MD5(secret + sorted key+value + secret)))": signed,
	"PDD PMC url digest: BASE64(lowercase HEX(MD5(client_id + timestamp_ms + secret)))": pmcDigest,
};

type Params = Readonly<Record<string, unknown>>;

interface RawCall {
	url: string;
	headers?: Record<string, string>;
	body?: string | null;
}

function signed({ params, request, secret }: Vector): string {
	const sent = params ? (params as Params) : paramsOf(request as RawCall);
	return sign(Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, textOf(value)])), secret ?? "");
}

/** A raw call: what the query and the body carry together. */
function paramsOf({ url, headers = {}, body }: RawCall): Params {
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
	const query = Object.fromEntries(new URL(url).searchParams);
	if (!body) return query;
	const sent = type.includes("json") ? flatJson(body) : Object.fromEntries(new URLSearchParams(body));
	return { ...query, ...sent };
}

/** Numbers keep the digits they were written with: those are what was signed. */
const flatJson = (body: string): Params =>
	JSON.parse(body, (_key, value: unknown, context?: { source?: string }) =>
		typeof value === "number" ? (context?.source ?? String(value)) : value,
	) as Params;

const textOf = (value: unknown): string =>
	typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");

function pmcDigest({ params, secret }: Vector): string {
	const { client_id, timestamp } = params as Params;
	return messageDigest(textOf(client_id), textOf(timestamp), secret ?? "");
}
