import { createHash } from "node:crypto";

/**
 * Upper-case hex MD5 of secret + k1v1k2v2… + body + secret, keys in byte order, values not URL-encoded.
 * Source: 奇门 (Qimen), signing rules; the printed sample cannot be reproduced, so `qimen.test.ts` has vectors of our own.
 */
export function sign(params: Readonly<Record<string, string>>, body: string, secret: string): string {
	const pairs = Object.keys(params)
		.sort()
		.map((key) => key + params[key]);
	return createHash("md5")
		.update(`${secret}${pairs.join("")}${body}${secret}`)
		.digest("hex")
		.toUpperCase();
}
