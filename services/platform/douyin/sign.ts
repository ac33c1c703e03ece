import { createHash, createHmac } from "node:crypto";

export type SignMethod = "hmac-sha256" | "md5";

interface SignedCall {
	appKey: string;
	method: string; // "order.searchList"
	paramJson: string; // the body, byte for byte
	timestamp: string; // Unix seconds, or "2026-11-11 00:00:05"
}

/** The signature of a call of ours. The platform checks it against the body as it received it. */
export function sign(
	{ appKey, method, paramJson, timestamp }: SignedCall,
	secret: string,
	signMethod: SignMethod,
): string {
	const signed = `app_key${appKey}method${method}param_json${paramJson}timestamp${timestamp}v2`;
	return digest(secret + signed + secret, secret, signMethod);
}

/** The signature of a call of the platform to a service of ours (SPI). */
export function spiSign(
	{ appKey, paramJson, timestamp }: Omit<SignedCall, "method">,
	secret: string,
	signMethod: SignMethod,
): string {
	const signed = `app_key${appKey}param_json${paramJson}timestamp${timestamp}`;
	return digest(secret + signed + secret, secret, signMethod);
}

/** The header `event-sign` of a message, over the body's raw bytes. */
export function eventSign(appKey: string, body: Buffer, secret: string): string {
	return createHash("md5").update(appKey).update(body).update(secret).digest("hex");
}

function digest(text: string, secret: string, method: SignMethod): string {
	if (method === "md5") return createHash("md5").update(text).digest("hex");
	return createHmac("sha256", secret).update(text).digest("hex");
}
