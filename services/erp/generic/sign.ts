import { createHmac } from "node:crypto";

/** Hex HMAC-SHA256 of timestamp + line feed + body; the body of a GET is empty. `timestamp`: epoch seconds. */
export const sign = (timestamp: string, body: string, secret: string): string =>
	createHmac("sha256", secret).update(`${timestamp}\n${body}`).digest("hex");
