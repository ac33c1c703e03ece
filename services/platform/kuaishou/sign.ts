import { createHash, createHmac } from "node:crypto";

export type SignMethod = "MD5" | "HMAC_SHA256";

/** What is signed of a call, and nothing else; in byte order. */
const signed = ["access_token", "appkey", "method", "param", "signMethod", "timestamp", "version"] as const;

/**
 * The signature of a call: `k=v` of those parameters, joined by `&`, then
 * `&signSecret=`. Values as they are, not URL-encoded; an empty one is signed, a missing one is not.
 * MD5: lower-case hex. HMAC_SHA256: Base64, keyed with the sign secret, which is not the app's secret.
 * Source: open platform documentation, signing; four SDKs agree.
 */
export function sign(
	params: Readonly<Record<string, string | null | undefined>>,
	signSecret: string,
	method: SignMethod,
): string {
	const present = signed.filter((name) => params[name] !== undefined && params[name] !== null);
	const pairs = present.map((name) => `${name}=${params[name]}`);
	const base = [...pairs, `signSecret=${signSecret}`].join("&");
	return method === "MD5"
		? createHash("md5").update(base).digest("hex")
		: createHmac("sha256", signSecret).update(base).digest("base64");
}
