import { createHash } from "node:crypto";

type Params = Readonly<Record<string, string>>;

/**
 * The one rule of 京东's signatures: names and values in byte order of the names, between the secret and the secret,
 * MD5 to upper-case hex. What has no value is neither signed nor sent. For routerjson these are all parameters sent,
 * `360buy_param_json` included; for the cloud print gateway also `method` and `param_json`, which it is not sent.
 * Source: JOS documentation, signing rules.
 */
export function sign(params: Params, secret: string): string {
	const pairs = Object.keys(params)
		.filter((name) => name !== "sign" && params[name] !== "")
		.sort() // by code unit, never localeCompare: 3 < X < a
		.map((name) => name + params[name]);
	return createHash("md5")
		.update(secret + pairs.join("") + secret)
		.digest("hex")
		.toUpperCase();
}

/** A call of SP-API. Header and path parameters go by the names of the documentation, array values joined by commas. */
interface SpCall {
	headers: Params;
	query: Params;
	pathParams: Params;
	body: string;
}

/** Headers that SP-API is sent, but does not sign. */
const unsignedHeaders: ReadonlySet<string> = new Set(["X-JOS-Sign", "X-JOS-Request-Identity", "X-JOS-Sdk-Version"]);

/** The same over signed headers, query, path parameters and the body, unless that is empty or "{}". */
export function spSign({ headers, query, pathParams, body }: SpCall, secret: string): string {
	const signed = Object.entries(headers).filter(([name]) => !unsignedHeaders.has(name));
	return sign({ ...Object.fromEntries(signed), ...query, ...pathParams, body: body === "{}" ? "" : body }, secret);
}
