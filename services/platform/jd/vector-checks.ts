import type { Vector, VectorChecks } from "../vector.ts";
import { sign, spSign } from "./sign.ts";

const cloudPrint =
	"JDL cloud print md5: UPPER(HEX(MD5(secret + sorted key+value + secret))) with method and param_json signed but not sent as query";

export const jdChecks: VectorChecks = {
	"JD routerjson md5: UPPER(HEX(MD5(secret + sorted key+value + secret)))": routerjson,
	[cloudPrint]: routerjson,
	"JD SP-API md5: UPPER(HEX(MD5(secret + sorted(X-JOS headers + query + path + body) + secret)))": spApi,
};

type Texts = Record<string, string>;

function routerjson({ params, request, secret }: Vector): string {
	return sign(params ? (params as Texts) : unionOf(request as { url: string; body?: string | null }), secret ?? "");
}

/** A raw call: the platform verifies over the parameters of query and form body together. */
function unionOf({ url, body }: { url: string; body?: string | null }): Texts {
	return Object.fromEntries([...new URL(url).searchParams, ...new URLSearchParams(body ?? "")]);
}

function spApi({ params, request, secret }: Vector): string {
	if (params) return sign(params as Texts, secret ?? "");
	const call = request as { headers: Texts; query: Record<string, unknown>; path_params: Texts; body: string | null };
	const query = Object.entries(call.query).map(([name, value]) => [name, String(value)]); // an array: joined by commas
	const { headers, path_params: pathParams } = call;
	return spSign({ headers, query: Object.fromEntries(query), pathParams, body: call.body ?? "" }, secret ?? "");
}
