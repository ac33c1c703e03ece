import { createHash } from "node:crypto";

/** The signature a call must have: MD5 of secret, all parameters but `sign` and the body as "body", sorted, secret. */
export function sign(query: URLSearchParams, body: string, secret: string): string {
	const signed = [...query].filter(([name]) => name !== "sign");
	signed.push(["body", body]);
	signed.sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash("md5")
		.update(secret + signed.flat().join("") + secret)
		.digest("hex");
}
