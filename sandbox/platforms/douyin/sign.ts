import { createHash, createHmac } from "node:crypto";

export const signMethods = ["md5", "hmac-sha256"] as const;
export type SignMethod = (typeof signMethods)[number];

/** System parameters that are signed, in the order they are; `param_json` is the raw body. */
const signed = ["app_key", "method", "param_json", "timestamp", "v"] as const;

/** Lower-case hex over secret + name and value of each signed parameter + secret. The body is taken as it was received. */
export function sign(query: URLSearchParams, body: string, secret: string, method: SignMethod): string {
	const text = signed.map((name) => name + (name === "param_json" ? body : (query.get(name) ?? ""))).join("");
	const whole = `${secret}${text}${secret}`;
	return method === "md5"
		? createHash("md5").update(whole).digest("hex")
		: createHmac("sha256", secret).update(whole).digest("hex");
}

/** The header `event-sign` of a message. */
export function eventSign(appKey: string, body: string, secret: string): string {
	return createHash("md5").update(`${appKey}${body}${secret}`).digest("hex");
}
