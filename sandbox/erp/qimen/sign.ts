import { createHash } from "node:crypto";

/**
 * 奇门 signature: upper-case MD5 of secret + name and value of every URL parameter but `sign`, by name, not encoded, +
 * the body as received + secret.
 */
export function sign(params: Iterable<readonly [string, string]>, body: string, secret: string): string {
	const pairs = [...params].filter(([name]) => name !== "sign");
	pairs.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	const text = pairs.map(([name, value]) => name + value).join("");
	return createHash("md5").update(`${secret}${text}${body}${secret}`).digest("hex").toUpperCase();
}
