import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export const signMethods = ["MD5", "HMAC_SHA256"] as const;
export type SignMethod = (typeof signMethods)[number];

/** The only parameters that are signed. */
const signedNames = new Set(["access_token", "appkey", "method", "param", "signMethod", "timestamp", "version"]);

/** `k=v&k=v…&signSecret=…` in byte order of the names, values as they came; MD5 in hex or HMAC-SHA256 in Base64. */
export function sign(params: ReadonlyMap<string, string>, signSecret: string, method: SignMethod): string {
	const pairs = [...params].filter(([name]) => signedNames.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
	const base = `${pairs.map(([name, value]) => `${name}=${value}`).join("&")}&signSecret=${signSecret}`;
	if (method === "MD5") return createHash("md5").update(base, "utf8").digest("hex");
	return createHmac("sha256", signSecret).update(base, "utf8").digest("base64");
}

export function isSigned(params: ReadonlyMap<string, string>, signSecret: string, method: SignMethod): boolean {
	const given = Buffer.from(params.get("sign") ?? "");
	const right = Buffer.from(sign(params, signSecret, method));
	return given.length === right.length && timingSafeEqual(given, right);
}
