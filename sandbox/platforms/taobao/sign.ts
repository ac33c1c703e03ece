import { createHash, createHmac } from "node:crypto";

export type SignMethod = "md5" | "hmac" | "hmac-sha256";

/**
 * TOP signature, upper-case hex, over name + value of all text parameters but `sign`, in byte order of the names, then
 * the raw text body when there is one. md5: secret + text + secret; hmac: HMAC-MD5; hmac-sha256: HMAC-SHA256.
 */
export function sign(params: ReadonlyMap<string, string>, secret: string, method: SignMethod, body = ""): string {
	const names = [...params.keys()].filter((name) => name !== "sign").sort(byBytes);
	const text = names.map((name) => name + params.get(name)).join("") + body;
	return digest(text, secret, method).toUpperCase();
}

function digest(text: string, secret: string, method: SignMethod): string {
	if (method === "md5") return createHash("md5").update(`${secret}${text}${secret}`).digest("hex");
	return createHmac(method === "hmac" ? "md5" : "sha256", secret)
		.update(text)
		.digest("hex");
}

function byBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** SDKs differ on whether empty parameters are signed; the gateway takes both. */
export function isSigned(params: ReadonlyMap<string, string>, secret: string, method: SignMethod, body = ""): boolean {
	const given = params.get("sign");
	if (given === sign(params, secret, method, body)) return true;
	const filled = new Map([...params].filter(([, value]) => value !== ""));
	return filled.size < params.size && given === sign(filled, secret, method, body);
}
