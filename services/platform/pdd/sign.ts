import { createHash } from "node:crypto";

/**
 * MD5 of secret + name1value1name2value2… + secret, names in byte order, upper-case hex. Raw UTF-8 values, those that
 * are empty included: their name is signed alone. Source: open platform, signing rules.
 */
export function sign(params: Readonly<Record<string, string>>, secret: string): string {
	const joined = Object.keys(params)
		.filter((name) => name !== "sign")
		.sort() // by code unit, never localeCompare; whole names, not name and value together
		.map((name) => name + params[name])
		.join("");
	return md5(secret + joined + secret).toUpperCase();
}

/** What opens the message server: Base64 of the lower-case hex text, not of the bytes. Source: SDKs of PMC. */
export const messageDigest = (clientId: string, timestampMs: string, secret: string): string =>
	Buffer.from(md5(clientId + timestampMs + secret)).toString("base64");

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
